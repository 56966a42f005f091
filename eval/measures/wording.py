"""Does the answer say what it must, nothing that it must not, and how long is it?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.questions import Case
from eval.wording import answer_text, folded, folded_answer
from index.plan import Plan
from qa.answer import Answer


def facts_share(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return met facts / facts, in [0, 1]; a fact is met if one of its alternatives stands in the answer.

    Full and half width, and blanks, make no difference; citation marks are no part of the answer. None without facts.
    """
    if not case.facts:
        return None
    said = folded_answer(answer)
    return sum(any(folded(one) in said for one in alternatives) for alternatives in case.facts) / len(case.facts)


def facts_met(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return 1 if every fact is met, else 0; None without facts."""
    share = facts_share(case, answer, plans)
    return None if share is None else float(share == 1)


def nothing_forbidden(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return 1 if no forbidden string stands in the answer, else 0; None where nothing is forbidden."""
    if not case.forbidden:
        return None
    said = folded_answer(answer)
    return float(not any(folded(one) in said for one in case.forbidden))


def characters(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return the length of the answer in characters (Unicode code points, blanks too), without citation marks.

    None for a refusal: how short it is says nothing of how well it answers.
    """
    return None if answer.abstained else float(len(answer_text(answer)))
