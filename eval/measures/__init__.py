"""The measures: each takes a case and its answer, and gives a score, or None where the case cannot be scored on it.

A figure of a run is a statistic (mean, median, 95th percentile) over the cases that have a score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.measures import citation, correct, refusal, retrieval, wording
from eval.measures.interval import Statistic, mean, median, percentile_95
from eval.questions import Case
from index.plan import Plan
from qa.answer import Answer


@dataclass(frozen=True)
class Measure:
    """One judgement on an answer.

    Attributes:
        name: as reports write it.
        title: for people.
        score: the judgement on one case.
        statistic: from the scores of many cases to one figure.
        unit: of the figure; a share lies in [0, 1] and higher is better, characters and milliseconds are better low.
        gated: whether the regression gate holds it.
    """

    name: str
    title: str
    score: Callable[[Case, Answer, Sequence[Plan]], float | None]
    statistic: Statistic = mean
    unit: str = "share"
    gated: bool = True

    @property
    def higher_is_better(self) -> bool:
        """Which direction is better."""
        return self.unit == "share"


def latency(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return the time from question to answer in milliseconds."""
    return answer.elapsed_ms


MEASURES = (
    Measure("correct", "全对", correct.correct),
    Measure("answered_right", "可答题全对", correct.answered_right),
    Measure("facts_met", "事实齐全", wording.facts_met),
    Measure("facts_share", "事实比例", wording.facts_share),
    Measure("nothing_forbidden", "无禁用语", wording.nothing_forbidden),
    Measure("status_right", "状态正确", correct.status_right),
    Measure("citation_precision", "引用精确率", citation.citation_precision),
    Measure("citation_recall", "引用召回率", citation.citation_recall),
    Measure("quotes_verbatim", "引文逐字", citation.quotes_verbatim),
    Measure("refusal_precision", "拒答精确率", refusal.refusal_precision),
    Measure("refusal_recall", "拒答召回率", refusal.refusal_recall),
    Measure("premise_handled", "错误前提纠正", refusal.premise_handled),
    Measure("correction_precision", "纠正精确率", refusal.correction_precision),
    Measure("recall@1", "检索召回@1", retrieval.RecallAtK(1)),
    Measure("recall@3", "检索召回@3", retrieval.RecallAtK(3)),
    Measure("recall@5", "检索召回@5", retrieval.RecallAtK(5)),
    Measure("mrr", "检索 MRR", retrieval.reciprocal_rank_of),
    Measure("ndcg@10", "检索 nDCG@10", retrieval.ndcg_at_10_of),
    Measure("characters", "字数中位", wording.characters, median, "characters"),
    Measure("latency_ms", "毫秒中位", latency, median, "milliseconds", gated=False),
    Measure("latency_ms_p95", "毫秒 p95", latency, percentile_95, "milliseconds", gated=False),
)  # fmt: skip
