"""Is the whole answer right?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.measures.citation import citation_recall
from eval.measures.wording import facts_met, nothing_forbidden
from eval.questions import Case
from index.plan import Plan
from qa.answer import Answer


def status_right(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return 1 if the status is the case's, else 0; where only `answerable` is known, refusing or not is compared."""
    if case.status is not None:
        return float(answer.status == case.status)
    return None if case.answerable is None else float(answer.abstained != case.answerable)


def correct(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return 1 if facts, wording, citations and status are all right, else 0.

    All facts are met, nothing forbidden is said, every relevant section is cited with a verbatim quote, and the status
    is the case's. What is not known of a case is not asked; None where nothing is known.
    """
    parts = [part(case, answer, plans) for part in (facts_met, nothing_forbidden, citation_recall, status_right)]
    known = [part for part in parts if part is not None]
    return float(all(part == 1 for part in known)) if known else None


def answered_right(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return `correct` of a case that the plan answers; None for the others."""
    return correct(case, answer, plans) if case.answerable else None
