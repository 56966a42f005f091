"""Questions that the loaded plan answers: examples to begin with, and what to ask next.

They are made from the plan itself. Once the answerer is there each is tried, and only those that are answered from the
clause they were made from are offered as follow-ups.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.errors import PlanError
from index.plan import Plan, Section
from page.asking import Answers
from page.record import Record
from qa.answer import Answer, Citation, Question

Kind = Literal["fact", "measure", "structure", "lookup"]
_FIGURE = re.compile(
    r"(?:^|[,，。;；、])(?P<what>[\u4e00-\u9fffA-Za-z0-9]{4,14}?)(?:超过|超|达到|达|近)[0-9][0-9.]*(?:[%％]|[万亿]?[\u4e00-\u9fff])"
)
log = logging.getLogger("planqa.page")


@dataclass(frozen=True)
class Suggestion:
    """A question in Chinese, the section that answers it, and the same in English."""

    kind: Kind
    text: str
    section: str
    english: str


def candidates(plan: Plan) -> list[Suggestion]:
    """Return questions made from the plan's outline and figures, in document order."""
    found: list[Suggestion] = []
    for section in plan.sections:
        if section.start >= plan.body_start:
            found += _of_section(plan, section)
    return found


def _of_section(plan: Plan, section: Section) -> Iterable[Suggestion]:
    body = plan.source[section.clause.body_start : section.clause.end] if section.clause else ""
    for figure in _FIGURE.finditer(body):
        yield Suggestion("fact", f"{figure['what']}达到多少?", section.id, f"How many {figure['what']}?")
    named = 4 <= len(section.title) <= 24
    if section.children and named and len(section.children) > 1:
        yield Suggestion("structure", f"“{section.title}”包括哪几条?", section.id, f"What stands under {section.id}?")
    elif section.clause and named and section.number.is_numbered:
        yield Suggestion("measure", f"“{section.title}”有哪些内容?", section.id, f"What does the plan say about “{section.title}”?")
    if section.clause and section.number.is_numbered:
        yield Suggestion("lookup", f"{section.id}说了什么?", section.id, f"What does {section.id} say?")


def examples(plan: Plan) -> list[Suggestion]:
    """Return one or two questions of each kind, spread over the plan."""
    by_kind: dict[str, list[Suggestion]] = {}
    for one in candidates(plan):
        by_kind.setdefault(one.kind, []).append(one)
    chosen: list[Suggestion] = []
    for kind, place in (("fact", 0.0), ("measure", 0.7), ("structure", 0.5), ("lookup", 0.9)):
        if found := by_kind.get(kind):
            chosen.append(found[int(place * len(found))])
    return chosen


class FollowUps:
    """What to ask after an answer: known to be answered from the clause that it names."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Suggestion, frozenset[Citation]]] = {}
        self._plan: Plan | None = None

    def learn(self, answerer: Answers) -> None:
        """Try every candidate on the answerer and remember those that it answers; runs after loading, in its thread."""
        plan = self._plan = answerer.plans[0]
        for one in candidates(plan):
            try:
                answer = answerer.answer(Question(one.text))
            except PlanError:
                continue
            if answer.mode != "extractive":  # trying costs a language model's time and money: offer nothing instead
                return
            if _answers(answer, one):
                self._known[one.section, one.kind] = one, frozenset(answer.citations)
            time.sleep(0.02)  # those who ask go first
        log.info("suggestions", extra={"event": "suggestions", "known": len(self._known)})

    def after(self, answer: Answer, asked: Sequence[Record], most: int = 3) -> tuple[str, ...]:
        """Return up to `most` questions near what was cited, or near what was found where nothing was cited.

        Those that would only show the same quotes again are left out.
        """
        if self._plan is None:
            return ()
        seen = {answer.question.text, *(record.question for record in asked)}
        shown = frozenset(answer.citations)
        near = [citation.section for citation in answer.citations] or [
            found.clause.id for found in answer.retrieved[:3]
        ]
        chosen: dict[str, None] = {}
        for section_id in dict.fromkeys(_around(self._plan, near)):
            for kind in ("fact", "measure", "structure"):
                one, told = self._known.get((section_id, kind), (None, frozenset()))
                if one and one.text not in seen and not told <= shown and len(chosen) < most:
                    chosen[one.text] = None
        return tuple(chosen)


def _around(plan: Plan, section_ids: Sequence[str]) -> Iterable[str]:
    """Give the sections themselves, then their neighbours, then what stands above."""
    yield from section_ids
    for section_id in section_ids[:2]:
        section = plan.section(section_id)
        siblings = [one.id for one in plan.children(section.parent)] if section else []
        place = siblings.index(section_id) if section_id in siblings else 0
        yield from siblings[place + 1 : place + 3]
        if section and section.parent:
            yield section.parent


def _answers(answer: Answer, one: Suggestion) -> bool:
    cited = {citation.section for citation in answer.citations}
    return answer.status == "grounded" and any(c == one.section or c.startswith(one.section) for c in cited)
