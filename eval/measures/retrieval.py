"""Is what must be cited among the clauses that were found, and how high?

All three are scored only where every relevant section is a clause (a bare heading cannot be retrieved) and where
something was retrieved (an answer from the outline alone runs no retrieval). Acceptable sections earn nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from eval.questions import Case
from index.plan import Plan
from qa.answer import Answer


def recall_at_k(relevant: Sequence[str], ranked: Sequence[str], k: int) -> float:
    """Return |relevant ∩ first k| / |relevant|, in [0, 1]; `relevant` is not empty.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), section 8.3-8.4.
    """
    return len(set(relevant) & set(ranked[:k])) / len(set(relevant))


def reciprocal_rank(relevant: Sequence[str], ranked: Sequence[str]) -> float:
    """Return 1 / rank of the first relevant id, ranks from 1; 0 if none is there. Its mean is MRR.

    Source: Voorhees, The TREC-8 Question Answering Track Report (1999).
    """
    return next((1 / rank for rank, found in enumerate(ranked, 1) if found in relevant), 0.0)


def ndcg_at_k(relevant: Sequence[str], ranked: Sequence[str], k: int) -> float:
    """Return DCG@k / ideal DCG@k with gain 1 for a relevant id, in [0, 1]; DCG@k = Σ gain(rank) / log2(rank + 1).

    Source: Järvelin, Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002.
    """
    gained = sum(1 / math.log2(rank + 1) for rank, found in enumerate(ranked[:k], 1) if found in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(set(relevant)), k) + 1))
    return gained / ideal


def _ranking(case: Case, answer: Answer, plans: Sequence[Plan]) -> tuple[str, ...]:
    retrievable = case.relevant and all(any(plan.clause(one) for plan in plans) for one in case.relevant)
    return tuple(dict.fromkeys(found.clause.id for found in answer.retrieved)) if retrievable else ()


@dataclass(frozen=True)
class RecallAtK:
    """`recall_at_k` of a case."""

    k: int

    def __call__(self, case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
        """Return the recall in [0, 1], or None where it cannot be scored."""
        ranked = _ranking(case, answer, plans)
        return recall_at_k(case.relevant or (), ranked, self.k) if ranked else None


def reciprocal_rank_of(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return `reciprocal_rank` of a case, or None where it cannot be scored."""
    ranked = _ranking(case, answer, plans)
    return reciprocal_rank(case.relevant or (), ranked) if ranked else None


def ndcg_at_10_of(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return `ndcg_at_k` of a case for k = 10, or None where it cannot be scored."""
    ranked = _ranking(case, answer, plans)
    return ndcg_at_k(case.relevant or (), ranked, 10) if ranked else None
