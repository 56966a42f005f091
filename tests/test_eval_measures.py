"""Each measure against fractions worked out by hand."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from eval_world import PLAN, answer, cite

from eval.measures.citation import citation_precision, citation_recall, is_verbatim, quotes_verbatim
from eval.measures.correct import answered_right, correct, status_right
from eval.measures.interval import estimate, mean, median, paired_estimate, percentile_95
from eval.measures.refusal import correction_precision, premise_handled, refusal_precision, refusal_recall
from eval.measures.retrieval import RecallAtK, ndcg_at_k, recall_at_k, reciprocal_rank
from eval.measures.wording import characters, facts_met, facts_share, nothing_forbidden
from eval.questions import Case
from qa.answer import Citation, Question

STATIONS = "建成基站超3万个"
PLANS = (PLAN,)


def case(**known: object) -> Case:
    return Case("1", Question("有多少基站?"), **known)  # type: ignore[arg-type]


def test_recall_counts_the_relevant_among_the_first_k() -> None:
    assert recall_at_k(["a", "b"], ["a", "x", "b"], 1) == 1 / 2
    assert recall_at_k(["a", "b"], ["a", "x", "b"], 3) == 2 / 2


def test_reciprocal_rank_looks_at_the_first_relevant_only() -> None:
    assert reciprocal_rank(["b", "c"], ["x", "y", "b", "c"]) == 1 / 3
    assert reciprocal_rank(["b"], ["x"]) == 0


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 + 1 / math.log2(3)
    assert ndcg_at_k(["a", "b"], ["x", "a", "y", "b"], 10) == pytest.approx(gained / ideal)
    assert ndcg_at_k(["a", "b"], ["a", "b"], 10) == 1


def test_retrieval_measures_agree_with_trec_eval() -> None:
    trec = pytest.importorskip("pytrec_eval")
    draw = random.Random(7)
    documents = [f"d{number}" for number in range(30)]
    relevant = {f"q{number}": draw.sample(documents, draw.randint(1, 4)) for number in range(25)}
    ranked = {query: draw.sample(documents, 12) for query in relevant}
    judge = trec.RelevanceEvaluator(
        {query: dict.fromkeys(found, 1) for query, found in relevant.items()},
        {"recall_1", "recall_5", "recip_rank", "ndcg_cut_10"},
    )
    judged = judge.evaluate(
        {query: {one: float(len(found) - place) for place, one in enumerate(found)} for query, found in ranked.items()}
    )
    for query, scores in judged.items():
        assert recall_at_k(relevant[query], ranked[query], 1) == pytest.approx(scores["recall_1"])
        assert recall_at_k(relevant[query], ranked[query], 5) == pytest.approx(scores["recall_5"])
        assert reciprocal_rank(relevant[query], ranked[query]) == pytest.approx(scores["recip_rank"])
        assert ndcg_at_k(relevant[query], ranked[query], 10) == pytest.approx(scores["ndcg_cut_10"])


def test_retrieval_is_not_scored_for_a_bare_heading_nor_where_nothing_was_retrieved() -> None:
    recall = RecallAtK(1)
    found = answer(retrieved=("一(二)", "一(一)"))
    assert recall(case(relevant=("一(一)",)), found, PLANS) == 0
    assert RecallAtK(2)(case(relevant=("一(一)",)), found, PLANS) == 1
    assert recall(case(relevant=("一",)), found, PLANS) is None
    assert recall(case(relevant=("一(一)",)), answer(), PLANS) is None
    assert recall(case(), found, PLANS) is None


def test_a_fact_needs_one_alternative_in_any_width_and_with_any_blanks() -> None:
    said = answer(("「超 ３ 万个」", cite("一(一)", STATIONS)), "居全省首位")
    assert facts_share(case(facts=(("3万", "三万"), ("4万",))), said, PLANS) == 1 / 2
    assert facts_met(case(facts=(("3万", "三万"), ("4万",))), said, PLANS) == 0
    assert facts_met(case(facts=(("三万", "3万"), ("首位",))), said, PLANS) == 1
    assert facts_met(case(facts=()), said, PLANS) is None


def test_neither_a_citation_mark_nor_a_join_of_two_statements_is_answer_text() -> None:
    said = answer(("基站很多", cite("一(一)", STATIONS)), "机柜也多")
    assert said.text.startswith("基站很多[一(一)]")
    assert facts_met(case(facts=(("一(一)",),)), said, PLANS) == 0
    assert facts_met(case(facts=(("很多机柜",),)), said, PLANS) == 0
    assert characters(case(), said, PLANS) == len("基站很多\n机柜也多") == 9
    assert characters(case(), answer("不知道", status="refused"), PLANS) is None


def test_forbidden_strings() -> None:
    assert nothing_forbidden(case(forbidden=("4 万",)), answer("超4万架"), PLANS) == 0
    assert nothing_forbidden(case(forbidden=("5万",)), answer("超4万架"), PLANS) == 1
    assert nothing_forbidden(case(forbidden=()), answer("超4万架"), PLANS) is None


def test_a_citation_is_verbatim_only_at_its_place_and_in_its_section() -> None:
    right = cite("一(一)", STATIONS)
    assert is_verbatim(right, PLANS)
    assert is_verbatim(cite("一", "现有基础"), PLANS)
    assert is_verbatim(cite("一", STATIONS), PLANS)
    assert not is_verbatim(cite("一(二)", STATIONS), PLANS)
    assert not is_verbatim(cite("九", STATIONS), PLANS)
    moved = Citation(right.section, right.label, right.breadcrumb, right.quote, right.start + 1, right.end + 1)
    assert not is_verbatim(moved, PLANS)
    elsewhere = Citation(right.section, right.label, right.breadcrumb, right.quote, right.start, right.end, "别的规划")
    assert not is_verbatim(elsewhere, PLANS)


def test_citation_precision_and_recall() -> None:
    wanted = case(relevant=("一(一)", "二(一)"), acceptable=("二(二)",))
    said = answer(
        ("甲", cite("一(一)", STATIONS)), ("乙", cite("二(二)", "智慧港口")), ("丙", cite("一(二)", "机柜")), "规划如上"
    )
    assert citation_precision(wanted, said, PLANS) == 2 / 3
    assert citation_recall(wanted, said, PLANS) == 1 / 2
    assert quotes_verbatim(wanted, said, PLANS) == 1
    wrongly_placed = answer(("甲", cite("一(一)", "在用机柜")))
    assert citation_precision(wanted, wrongly_placed, PLANS) == 0
    assert citation_recall(wanted, wrongly_placed, PLANS) == 0
    assert quotes_verbatim(wanted, wrongly_placed, PLANS) == 0


def test_citations_that_cannot_be_scored() -> None:
    refused = answer("规划未载", status="refused")
    assert citation_precision(case(relevant=("一(一)",)), refused, PLANS) is None
    assert citation_recall(case(relevant=("一(一)",)), refused, PLANS) == 0
    said = answer(("甲", cite("一(一)", STATIONS)))
    assert citation_precision(case(relevant=()), said, PLANS) is None
    assert citation_recall(case(), said, PLANS) is None
    assert quotes_verbatim(case(), answer("甲"), PLANS) is None


def test_refusal_is_scored_where_it_counts() -> None:
    said, refused = answer("甲"), answer(status="refused")
    assert refusal_precision(case(answerable=True), said, PLANS) is None
    assert refusal_precision(case(answerable=True), refused, PLANS) == 0
    assert refusal_precision(case(answerable=False), refused, PLANS) == 1
    assert refusal_recall(case(answerable=True), refused, PLANS) is None
    assert refusal_recall(case(answerable=False), said, PLANS) == 0
    assert refusal_recall(case(answerable=False), refused, PLANS) == 1
    assert refusal_precision(case(), refused, PLANS) is None


def test_a_false_premise_is_handled_by_the_status_and_the_facts() -> None:
    wanted = case(status="corrected", facts=(("首位",),))
    assert premise_handled(wanted, answer("居全省首位", status="corrected"), PLANS) == 1
    assert premise_handled(wanted, answer("居全省首位"), PLANS) == 0
    assert premise_handled(wanted, answer("不是第三", status="corrected"), PLANS) == 0
    assert premise_handled(case(status="grounded"), answer("是"), PLANS) is None
    assert correction_precision(case(status="grounded"), answer("不是", status="corrected"), PLANS) == 0
    assert correction_precision(wanted, answer("是"), PLANS) is None


def test_correct_asks_for_everything_that_is_known() -> None:
    wanted = case(answerable=True, relevant=("一(一)",), facts=(("3万",),), forbidden=("4万",), status="grounded")
    right = answer(("「超3万个」", cite("一(一)", STATIONS)))
    assert correct(wanted, right, PLANS) == answered_right(wanted, right, PLANS) == 1
    assert correct(wanted, answer(("「超3万个」", cite("一(二)", "机柜"))), PLANS) == 0
    assert correct(wanted, answer(("超3万,不是4万", cite("一(一)", STATIONS))), PLANS) == 0
    assert correct(wanted, answer(("「超3万个」", cite("一(一)", STATIONS)), status="corrected"), PLANS) == 0
    assert correct(case(), right, PLANS) is None
    assert correct(case(facts=(("3万",),)), right, PLANS) == 1
    assert answered_right(case(answerable=False), right, PLANS) is None


def test_status_is_compared_by_refusal_alone_where_no_status_is_known() -> None:
    corrected = answer("甲", status="corrected")
    assert status_right(case(answerable=True), corrected, PLANS) == 1
    assert status_right(case(answerable=False), corrected, PLANS) == 0
    assert status_right(case(), corrected, PLANS) is None


def test_an_interval_holds_its_figure_and_comes_out_the_same_twice() -> None:
    scores = [1.0] * 8 + [0.0] * 2
    figure = estimate(scores, mean, seed=3)
    assert (figure.value, figure.n) == (0.8, 10)
    # the mean of ten draws of a coin with p = 0.8: 2.5 % of them are below 0.5 or 0.6, and 10.7 % are 1
    assert figure.low in (0.5, 0.6)
    assert figure.high == 1.0
    assert estimate(scores, mean, seed=3) == figure
    assert estimate([1.0, 1.0], mean, seed=3).half_width == 0


def test_median_and_95th_percentile() -> None:
    scores = [10.0, 20.0, 30.0, 40.0, 1000.0]
    assert estimate(scores, median, seed=1).value == 30
    assert estimate(scores, percentile_95, seed=1).value == pytest.approx(40 + 0.8 * 960)


def test_a_paired_interval_is_narrower_than_that_of_two_runs_apart() -> None:
    old = list(np.random.default_rng(1).uniform(size=200))
    new = [score + 0.1 for score in old]
    change = paired_estimate(old, new, mean, seed=1)
    assert change.value == pytest.approx(0.1)
    assert change.low == pytest.approx(0.1)
    assert change.high == pytest.approx(0.1)
