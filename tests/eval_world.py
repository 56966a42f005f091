"""A plan of four short clauses under two headings, and an answerer whose answers are written down beforehand."""

from __future__ import annotations

from index.plan import Clause, Plan, Section
from index.section import SectionNumber
from qa.answer import Answer, Citation, Question, Retrieved, Statement, Status

_LINES = (
    ("一", "现有基础", ""),
    ("一(一)", "网络", "建成基站超3万个,居全省首位。"),
    ("一(二)", "机柜", "在用机柜超4万架。"),
    ("二", "重点任务", ""),
    ("二(一)", "水务", "建设智慧水务,推进一张网。"),
    ("二(二)", "港口", "建设智慧港口。"),
)


def _plan() -> Plan:
    source, sections = "", []
    children = {top: tuple(one for one, _, _ in _LINES if one != top and one.startswith(top)) for top in ("一", "二")}
    for written, title, body in _LINES:
        number = SectionNumber.parse(written)
        start = len(source)
        source += number.label + title
        end = len(source)
        clause = None
        if body:
            source += "。" + body
            above = "现有基础" if written[0] == "一" else "重点任务"
            clause = Clause(number, title, (above, title), source[start:], start, len(source), end + 1)
        parent = None if len(written) == 1 else written[0]
        below, depth = children.get(written, ()), 0 if parent is None else 1
        sections.append(Section(number, title, depth, start, end, parent, below, clause))
        source += "\n"
    return Plan("小规划", source, tuple(sections))


PLAN = _plan()


def cite(section: str, quote: str) -> Citation:
    """Return the citation of `quote` at its first place in the plan."""
    start = PLAN.source.index(quote)
    return Citation.of(PLAN, section, start, start + len(quote))


def answer(
    *said: tuple[str, Citation] | str, status: Status = "grounded", retrieved: tuple[str, ...] = (), asked: str = ""
) -> Answer:
    """Return an answer with those statements, each with or without a citation."""
    statements = tuple(Statement(one) if isinstance(one, str) else Statement(one[0], (one[1],)) for one in said)
    found = []
    for place, section_id in enumerate(retrieved):
        clause = PLAN.clause(section_id)
        assert clause is not None
        found.append(Retrieved(PLAN, clause, 1 / (place + 1)))
    return Answer(Question(asked), statements, status, retrieved=tuple(found))


class WrittenAnswers:
    """An answerer that looks its answers up: it stands in for the real one, which is measured elsewhere."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.plans = (PLAN,)
        self.answers = answers

    def answer(self, question: Question) -> Answer:
        """Return what is written for that text, a refusal where nothing is."""
        found = self.answers.get(question.text, answer(status="refused"))
        return Answer(question, found.statements, found.status, retrieved=found.retrieved)
