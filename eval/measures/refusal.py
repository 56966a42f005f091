"""Is refused what the plan does not answer, and is a false premise set right?

Precision and recall are means over the cases that have a score: a case outside a measure's denominator gets None.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.measures.wording import facts_met
from eval.questions import Case
from index.plan import Plan
from qa.answer import Answer


def refusal_precision(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return, for a refused case, 1 if the plan does not answer it, else 0; the mean is right refusals / refusals.

    Source: precision and recall as in van Rijsbergen, Information Retrieval (1979), chapter 7, `refused` being found
    and `not answerable` being relevant.
    """
    return None if case.answerable is None or not answer.abstained else float(not case.answerable)


def refusal_recall(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return, for a case that the plan does not answer, 1 if refused, else 0; its mean is right refusals / such."""
    return None if case.answerable is not False else float(answer.abstained)


def premise_handled(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return, for a case with a false premise, 1 if the answer corrects it and says every fact, else 0."""
    if case.status != "corrected":
        return None
    return float(answer.status == "corrected" and facts_met(case, answer, plans) != 0)


def correction_precision(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return, for an answer that corrects the question, 1 if its premise is false, else 0."""
    return None if case.status is None or answer.status != "corrected" else float(case.status == "corrected")
