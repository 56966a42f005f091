"""The answers to the parts of one message as one answer, nothing said twice."""

from __future__ import annotations

from qa.answer import Answer, Question, Statement, Status


def joined(question: Question, sides: list[Answer], unstated: list[Statement]) -> Answer:
    """Return the answers to the parts of a question as one, and after them which parts the plan does not answer."""
    statements = [*_once([statement for side in sides for statement in side.statements]), *unstated]
    retrieved = {one.clause.id: one for side in reversed(sides) for one in side.retrieved}
    status: Status = "corrected" if any(side.status == "corrected" for side in sides) else "grounded"
    short = "、".join(side.short_answer for side in sides if side.short_answer)
    details = {"probability": max(side.details.get("probability", 1.0) for side in sides)}
    return Answer(
        question, tuple(statements), status, short_answer=short, retrieved=tuple(retrieved.values()), details=details
    )


def is_told(answer: Answer, told: tuple[str, ...]) -> bool:
    """True where an answer quotes nothing but what stands in the quotes `told` before."""
    quotes = [citation.plain.rstrip("。") for citation in answer.citations]
    return bool(quotes) and all(any(quote in earlier for earlier in told) for quote in quotes)


def _once(statements: list[Statement]) -> list[Statement]:
    """Return the statements without those whose quotes stand within what another one quotes."""
    spans = [(one.section, one.start, one.end) for statement in statements for one in statement.citations]

    def within(section: str, start: int, end: int) -> bool:
        return any(s == section and a <= start and end <= b and (a, b) != (start, end) for s, a, b in spans)

    unsaid = [s for s in statements if not s.citations or not all(within(one.section, one.start, one.end) for one in s.citations)]
    return list(dict.fromkeys(unsaid))
