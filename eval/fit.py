"""`python -m eval.fit`: fit the weights of the evidence scorer and of the gate on the `tune` split and on other plans.

Writes `qa/calibration.json` with what it was fitted on, and `qa/calibration.npy`: how a question sounds that a plan
answers, a logistic model over the question's vector, fitted on the questions with and without an answer that the model
was adapted with. Where it is a feature on a plan's own questions, it was fitted without that plan. The scorer's weights
maximise the probability (softmax over the retrieved sentences) of the sentences that hold a wanted fact in a clause that
is relevant, and of the sentence that answers each pair about a plan that the model was not adapted with: those are many
more and in everyday words, where the words of the sentence count for less. The gate is a logistic model
of whether the evidence carries an answer, fitted on the questions that the rules before it (a value of the asked kind,
a year, a place) let pass. A third says whether an answer from one clause needs a second (`qa.second`), fitted on the
questions with an answer. All are regularised by the squared weights and scored here by five-fold cross-validation.
"""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from scipy.optimize import minimize

from eval.other_plans import HELD_OUT, OtherPlan, other_plans
from eval.questions import OWN_QUESTIONS, Case, of_split, read_questions
from eval.wording import folded
from eval.writing import write_atomically
from index.embedder import Embedder
from qa import Answerer, Question, Settings
from qa.answerer import NEEDED
from qa.asked import Kind
from qa.evidence import ABSOLUTE, CALIBRATION, FEATURES, Calibration, standardised
from qa.gate import GATE_FEATURES, gate_features, refusal_reason
from qa.requests import is_no_question
from qa.search import Compared as Evidenced
from qa.second import SECOND_FEATURES, second

Array = npt.NDArray[np.float64]
_ALONE = Settings(mode="extractive", disabled=frozenset({"second"}))
"""Answers without the second clause, whose model is fitted here."""
_CONTENT = {Kind.FACT, Kind.LIST, Kind.MEASURE}
_FOLDS = 5
_SMOOTHED = 21
_INVENTED = 1.5
"""Refusals of a question that has an answer, for which one invented answer counts."""
_RANK_PENALTY, _GATE_PENALTY, _MANNER_PENALTY = 0.02, 0.02, 1e-3


@dataclass(frozen=True)
class Ranked:
    """A question's retrieved sentences.

    Attributes:
        features: float64 (sentences, features), standardised.
        wanted: bool (sentences,), True where a wanted fact stands.
    """

    features: Array
    wanted: npt.NDArray[np.bool_]


def ranking_case(answerer: Answerer, compared: Evidenced, case: Case) -> Ranked | None:
    """Return the sentences of a question with their features, None where none of them holds a wanted fact."""
    rows = np.array(sorted(one.row for one in compared.evidence))
    level = answerer.index.levels["sentence"]
    relevant = set(case.relevant or ())
    facts = [folded(alternative) for fact in case.facts or () for alternative in fact]
    wanted = []
    for row in rows:
        entry = answerer.index.entries[level.owners[row]]
        text = folded(level.spans[row].of(entry.plan.source))
        wanted.append(entry.clause.id in relevant and any(fact in text for fact in facts))
    return _ranked(answerer, compared, rows, np.array(wanted))


def ranking_pairs(answerer: Answerer, plan: OtherPlan) -> Iterator[Ranked]:
    """Yield the sentences of each of a plan's questions with a known sentence, where that one is among them."""
    for question, right in plan.pairs:
        compared = answerer.compare(Question(question))
        rows = np.array(sorted(one.row for one in compared.evidence))
        if case := _ranked(answerer, compared, rows, rows == right):
            yield case


def _ranked(answerer: Answerer, compared: Evidenced, rows: npt.NDArray[np.int64], wanted: npt.NDArray[np.bool_]) -> Ranked | None:
    if not wanted.any():
        return None
    raw = answerer.scorer.features(compared.query, rows, compared.favoured)
    columns = [raw[name] if name in ABSOLUTE else standardised(raw[name]) for name in FEATURES]
    return Ranked(np.stack(columns, axis=1), wanted)


def fit_ranking(cases: Sequence[Ranked], pairs: Sequence[Ranked]) -> Array:
    """Return weights (features,) that put a wanted sentence first; all pairs together count as much as all cases."""
    known = [(case, 1 / len(some)) for some in (cases, pairs) for case in some]

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = 0.0, np.zeros(len(weights))
        for case, share in known:
            scores = case.features @ weights
            scores = np.exp(scores - scores.max())
            wanted = np.where(case.wanted, scores, 0.0)
            total -= share * float(np.log(wanted.sum() / scores.sum() + 1e-12))
            slope += share * ((scores / scores.sum() - wanted / (wanted.sum() + 1e-12)) @ case.features)
        return total + 2 * _RANK_PENALTY * float(weights @ weights), slope + 4 * _RANK_PENALTY * weights

    features = known[0][0].features.shape[1]
    bounds = [(0, None)] * features
    return np.asarray(minimize(loss, np.full(features, 0.3), jac=True, method="L-BFGS-B", bounds=bounds).x)


def fit_logistic(features: Array, answerable: Array) -> Array:
    """Return weights (features + 1,), the bias last, of a logistic model."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])

    def loss(weights: Array) -> float:
        logit = scaled @ weights
        losses = np.logaddexp(0, np.where(answerable > 0.5, -logit, logit))
        return float(losses.mean() + _GATE_PENALTY * (weights[:-1] @ weights[:-1]))

    found = np.asarray(minimize(loss, np.zeros(scaled.shape[1]), method="L-BFGS-B").x)
    raw = found[:-1] / spread
    return np.append(raw, found[-1] - float(raw @ mean))


def fit_manner(vectors: Array, answerable: Array) -> Array:
    """Return weights (dimension + 1,), the bias last, of a logistic model over vectors; both classes count the same."""
    known = np.column_stack([vectors, np.ones(len(vectors))])
    share = np.where(answerable > 0.5, 0.5 / answerable.sum(), 0.5 / (1 - answerable).sum())

    def loss(weights: Array) -> tuple[float, Array]:
        logit = known @ weights
        off = share * (1 / (1 + np.exp(-logit)) - answerable)
        losses = share * np.logaddexp(0, np.where(answerable > 0.5, -logit, logit))
        held = np.append(weights[:-1], 0.0)
        return float(losses.sum() + _MANNER_PENALTY * held @ held), known.T @ off + 2 * _MANNER_PENALTY * held

    return np.asarray(minimize(loss, np.zeros(known.shape[1]), jac=True, method="L-BFGS-B").x)


def manners(embedder: Embedder, plans: Sequence[OtherPlan]) -> dict[str, Array]:
    """Return the weights of how a question sounds: for each plan with cases those fitted without it, and `""` for all."""
    teaching = [plan for plan in plans if plan.pairs]
    texts = [[question for question, _ in plan.pairs] + list(plan.unanswerable) for plan in teaching]
    vectors = [embedder.encode_queries(of_plan).astype(np.float64) for of_plan in texts]
    labels = [np.array([1.0] * len(plan.pairs) + [0.0] * len(plan.unanswerable)) for plan in teaching]

    def without(name: str) -> Array:
        kept = [place for place, plan in enumerate(teaching) if plan.name != name]
        return fit_manner(np.concatenate([vectors[i] for i in kept]), np.concatenate([labels[i] for i in kept]))

    return {name: without(name) for name in ("", *(plan.name for plan in plans if plan.cases))}


def _held_out(count: int, predict: Callable[[npt.NDArray[np.int64], npt.NDArray[np.int64]], Array]) -> Array:
    """Return the prediction for each of `count` cases by a model that did not see it."""
    order = np.random.default_rng(0).permutation(count)
    found = np.zeros(count)
    for fold in range(_FOLDS):
        held = order[fold::_FOLDS]
        found[held] = predict(np.setdiff1d(order, held), held)
    return found


def _threshold(probability: Array, answerable: Array) -> float:
    """Return the threshold with the least harm, smoothed over its neighbourhood; an invented answer counts for more than a refusal.

    The curve is flat and jumps by single cases; the mean of the harm within 0.05 on either side is what is least.

    Args:
        probability: of being answerable, held out.
        answerable: 1 or 0.
    """
    candidates = np.linspace(0.05, 0.95, 181)  # 0.005 apart
    harm = np.where(answerable > 0.5, 1.0, _INVENTED)
    errors = np.array([harm[(probability < candidate) == (answerable > 0.5)].sum() for candidate in candidates])
    around = np.convolve(errors, np.ones(_SMOOTHED) / _SMOOTHED, mode="valid")
    return float(candidates[int(np.argmin(around)) + _SMOOTHED // 2])


@dataclass(frozen=True)
class Compared:
    """A case of one plan, the evidence that its answerer finds, and the name of that plan's folder, empty for our own."""

    case: Case
    answerer: Answerer
    found: Evidenced
    plan: str = ""


@dataclass(frozen=True)
class Gated:
    """What the gate's model is fitted on.

    Attributes:
        features: float64 (cases, features).
        answerable: float64 (cases,), 1 or 0.
        caught: refusals that the rules before the model got right.
        wronged: those that they got wrong.
    """

    features: Array
    answerable: Array
    caught: int
    wronged: int


def gated(compared: Sequence[Compared], manner: dict[str, Array]) -> Gated:
    """Return the gate's features of every question that the rules before its model let pass."""
    rows, labels, caught, wronged = [], [], 0, 0
    for one in compared:
        answerer, case, found = one.answerer, one.case, one.found
        carries = bool(case.answerable)
        asked = found.asked
        refused = is_no_question(answerer.plan, asked.text)
        if not refused and (asked.kind not in _CONTENT or not found.evidence):
            continue
        if refused or refusal_reason(asked, found.query, found.evidence, answerer.scorer) is not None:
            caught, wronged = caught + (not carries), wronged + carries
            continue
        features = gate_features(asked, found.query, found.evidence, answerer.scorer, manner[one.plan])
        rows.append([features[name] for name in GATE_FEATURES])
        labels.append(float(carries))
    return Gated(np.array(rows), np.array(labels), caught, wronged)


def needs_second(compared: Sequence[Compared]) -> tuple[Array, Array]:
    """Return the features of the second clause of every answer from one, float64 (cases, features), and 1.0 where it has a fact that was lacking."""
    rows, labels = [], []
    for one in compared:
        answer = one.answerer.answer(one.case.question)
        sections = {citation.section for citation in answer.citations}
        if answer.status != "grounded" or len(sections) != 1:
            continue
        quotes = [citation.quote for citation in answer.citations]
        found = second(one.found.asked, one.found.query, one.found.evidence, quotes, answer.details.get("probability", 1.0), one.answerer.scorer, follows=bool(one.case.question.history))
        if found is not None:
            rows.append([found.features[name] for name in SECOND_FEATURES])
            told = folded(answer.text)
            lacking = [fact for fact in one.case.facts or () if not any(folded(words) in told for words in fact)]
            has = any(folded(words) in folded(found.evidence.text) for fact in lacking for words in fact)
            labels.append(float(has and found.evidence.clause.id in (one.case.relevant or ())))
    return np.array(rows), np.array(labels)


def fit(
    questions: Annotated[Path, typer.Option(help="Questions with the field split.")] = OWN_QUESTIONS,
    out: Annotated[Path, typer.Option(help="Where the calibration goes.")] = CALIBRATION,
    without: Annotated[str, typer.Option(help="Fit the ranking without this feature, say how it does and write nothing.")] = "",
) -> None:
    """Fit scorer and gate on the tune split and on the questions about other plans, and write the calibration."""
    if without and without not in FEATURES:
        raise typer.BadParameter(f"expected one of {', '.join(FEATURES)}; got {without}", param_hint="--without")
    plans = other_plans()
    compared = list(_all_compared(of_split(read_questions(questions), "tune"), plans))
    cases = [case for one in compared if _has_answer(one) and (case := ranking_case(one.answerer, one.found, one.case))]
    pairs = list(_all_pairs(compared[0].answerer.embedder, plans))
    if without:
        place = FEATURES.index(without)
        cases, pairs = ([replace(one, features=np.delete(one.features, place, axis=1)) for one in some] for some in (cases, pairs))
    weights = fit_ranking(cases, pairs)
    first = _held_out(len(cases) + len(pairs), lambda train, held: _firsts(cases, pairs, train, held))
    of_cases, of_pairs = float(first[: len(cases)].mean()), float(first[len(cases) :].mean())
    typer.echo(
        f"ranking: sentence@1 held out {of_cases:.3f} of {len(cases)} cases, {of_pairs:.3f} of {len(pairs)} pairs; {_named(tuple(name for name in FEATURES if name != without), weights)}"
    )
    if without:
        return

    compared = list(_compared_again(compared, dict(zip(FEATURES, map(float, weights), strict=True))))
    manner = manners(compared[0].answerer.embedder, plans)
    known = gated(compared, manner)
    x, y = known.features, known.answerable
    gate = fit_logistic(x, y)

    probability = _held_out(len(x), lambda train, held: _predicted(x[train], y[train], x[held]))
    threshold = _threshold(probability, y)
    refused = probability < threshold
    right = known.caught + float((refused & (y < 0.5)).sum())
    precision = right / (known.caught + known.wronged + refused.sum())
    recall = right / (known.caught + (y < 0.5).sum())
    typer.echo(
        f"gate: rules refuse {known.caught} rightly and {known.wronged} wrongly; model n={len(x)}; "
        f"threshold {threshold:.3f}; held out: precision {precision:.3f}, recall {recall:.3f}; "
        f"{_named(GATE_FEATURES, gate[:-1])}, bias {gate[-1]:.2f}"
    )
    for one in compared:
        one.answerer.calibration = replace(one.answerer.calibration, gate=_by_name((*GATE_FEATURES, "bias"), gate), threshold=threshold, manner=manner[one.plan])
    needing, needed = needs_second([one for one in compared if _has_answer(one)])
    needs = fit_logistic(needing, needed)
    chance = _held_out(len(needing), lambda train, held: _predicted(needing[train], needed[train], needing[held]))
    added = chance >= NEEDED
    typer.echo(
        f"second clause: n={len(needing)}, needed {int(needed.sum())}; held out, added {int(added.sum())}, "
        f"{int(needed[added].sum())} of them rightly; {_named(SECOND_FEATURES, needs[:-1])}, bias {needs[-1]:.2f}"
    )
    fitted_on = {
        "questions": len(compared), "plans": len({one.answerer.plan.sha256 for one in compared}), "split": "tune",
        "ranking_cases": len(cases), "sentence_at_1_held_out": round(of_cases, 4),
        "ranking_pairs": len(pairs), "sentence_at_1_of_pairs_held_out": round(of_pairs, 4), "gate_cases": len(x),
        "refusal_precision_held_out": round(float(precision), 4), "refusal_recall_held_out": round(float(recall), 4),
        "second_cases": len(needing), "second_added_held_out": int(added.sum()), "second_rightly_held_out": int(needed[added].sum()),
        "model": compared[0].answerer.embedder.name, "date": datetime.date.today().isoformat(),
        "command": "python -m eval.fit",
    }  # fmt: skip
    calibration = {
        "weights": _by_name(FEATURES, weights),
        "gate": _by_name((*GATE_FEATURES, "bias"), gate),
        "threshold": round(threshold, 4),
        "second": _by_name((*SECOND_FEATURES, "bias"), needs),
        "fitted_on": fitted_on,
    }
    stored = io.BytesIO()
    np.save(stored, manner[""].astype(np.float32))
    write_atomically(out.with_suffix(".npy"), stored.getvalue())
    write_atomically(out, (json.dumps(calibration, ensure_ascii=False, indent=2) + "\n").encode())
    Calibration.load(out)


def _has_answer(one: Compared) -> bool:
    """True for a question that clauses answer with known facts."""
    return bool(one.found.asked.kind in _CONTENT and one.found.evidence and one.case.answerable and one.case.facts)


def _compared_again(compared: Sequence[Compared], weights: dict[str, float]) -> Iterator[Compared]:
    """Yield the cases with their evidence ranked by the new weights."""
    for one in compared:
        one.answerer.scorer.weights = weights
        yield replace(one, found=one.answerer.compare(one.case.question))


def _all_compared(own: Sequence[Case], plans: Sequence[OtherPlan]) -> Iterator[Compared]:
    """Yield the cases about the plan that is served and about those that the model was not adapted with, each with its evidence.

    On the plans that it was adapted with its likenesses are higher than they will be on a plan that it has not seen.
    """
    served = Answerer.open(_ALONE)
    yield from (Compared(case, served, served.compare(case.question)) for case in own)
    for other in plans:
        if other.cases and other.name in HELD_OUT:
            answerer = Answerer.over(other.plan, served.embedder, _ALONE)
            yield from (Compared(case, answerer, answerer.compare(case.question), other.name) for case in other.cases)


def _all_pairs(embedder: Embedder, plans: Sequence[OtherPlan]) -> Iterator[Ranked]:
    """Yield the pairs about the plans that the model was not adapted with: what it learned would look better than it is."""
    for plan in plans:
        if plan.name in HELD_OUT:
            yield from ranking_pairs(Answerer.over(plan.plan, embedder, _ALONE), plan)


def _firsts(cases: list[Ranked], pairs: list[Ranked], train: npt.NDArray[np.int64], held: npt.NDArray[np.int64]) -> Array:
    """Return 1 for each held place whose wanted sentence comes first by weights fitted on the places `train`; pairs stand after the cases."""
    own, rest = train[train < len(cases)], train[train >= len(cases)] - len(cases)
    weights = fit_ranking([cases[i] for i in own], [pairs[i] for i in rest])
    both = cases + pairs
    return np.array([float(both[i].wanted[int(np.argmax(both[i].features @ weights))]) for i in held])


def _predicted(x: Array, y: Array, held: Array) -> Array:
    """Return the probability of each row of `held` by a model fitted on the rows `x` with labels `y`."""
    model = fit_logistic(x, y)
    return np.asarray(1 / (1 + np.exp(-(held @ model[:-1] + model[-1]))))


def _by_name(names: tuple[str, ...], values: Array) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def _named(names: tuple[str, ...], values: Array) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in zip(names, values, strict=True))


if __name__ == "__main__":
    typer.run(fit)
