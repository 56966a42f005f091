"""`python -m eval.fit`: fit the weights of the evidence scorer and of the gate on the `tune` split.

Writes `qa/calibration.json` with what it was fitted on. The scorer's weights maximise the probability (softmax over the
retrieved sentences) of the sentences that hold a wanted fact in a clause that is relevant. The gate is a logistic model
of whether the evidence carries an answer, fitted on the questions that the rules before it (a value of the asked kind,
a year, a place) let pass. Both are regularised by the squared weights; both are scored here by five-fold
cross-validation.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer
from scipy.optimize import minimize

from eval.wording import folded
from qa import Answerer, Question, Settings, Turn
from qa.answerer import Compared
from qa.asked import Kind
from qa.evidence import CALIBRATION, FEATURES, Calibration, gather, standardised
from qa.gate import GATE_FEATURES, gate_features, is_foreign, refusal_reason
from qa.requests import is_no_question

Array = npt.NDArray[np.float64]
_CONTENT = {Kind.FACT, Kind.LIST, Kind.MEASURE}
_FOLDS = 5
_RANK_PENALTY, _GATE_PENALTY = 0.02, 0.02


@dataclass(frozen=True)
class Ranked:
    """A question's retrieved sentences.

    Attributes:
        features: float64 (sentences, features), standardised.
        wanted: bool (sentences,), True where a wanted fact stands.
    """

    features: Array
    wanted: npt.NDArray[np.bool_]


def ranking_case(answerer: Answerer, compared: Compared, case: dict[str, Any]) -> Ranked | None:
    """Return the sentences of a question with their features, None where none of them holds a wanted fact."""
    rows = np.array(sorted(one.row for one in compared.evidence))
    raw = answerer.scorer.features(compared.query, rows, compared.favoured)
    columns = [raw[name] if name == "headings" else standardised(raw[name]) for name in FEATURES]
    level = answerer.index.levels["sentence"]
    relevant = set(case["relevant"])
    facts = [folded(alternative) for fact in case["facts"] for alternative in fact]
    wanted = []
    for row in rows:
        entry = answerer.index.entries[level.owners[row]]
        text = folded(level.spans[row].of(entry.plan.source))
        wanted.append(entry.clause.id in relevant and any(fact in text for fact in facts))
    return Ranked(np.stack(columns, axis=1), np.array(wanted)) if any(wanted) else None


def fit_ranking(cases: list[Ranked]) -> Array:
    """Return weights (features,) that put a wanted sentence first."""

    def loss(weights: Array) -> float:
        total = 0.0
        for case in cases:
            scores = case.features @ weights
            scores = np.exp(scores - scores.max())
            total -= float(np.log(scores[case.wanted].sum() / scores.sum() + 1e-12))
        return total / len(cases) + _RANK_PENALTY * float(weights @ weights)

    return np.asarray(minimize(loss, np.full(len(FEATURES), 0.3), method="L-BFGS-B", bounds=[(0, None)] * len(FEATURES)).x)


def fit_gate(features: Array, answerable: Array, weight: Array) -> Array:
    """Return weights (features + 1,), the bias last, of a logistic model."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])

    def loss(weights: Array) -> float:
        logit = scaled @ weights
        losses = np.logaddexp(0, np.where(answerable > 0.5, -logit, logit))
        return float((losses * weight).sum() / weight.sum() + _GATE_PENALTY * (weights[:-1] @ weights[:-1]))

    found = np.asarray(minimize(loss, np.zeros(scaled.shape[1]), method="L-BFGS-B").x)
    raw = found[:-1] / spread
    return np.append(raw, found[-1] - float(raw @ mean))


def _held_out(count: int, predict: Callable[[npt.NDArray[np.int64], npt.NDArray[np.int64]], Array]) -> Array:
    """Return the prediction for each of `count` cases by a model that did not see it."""
    order = np.random.default_rng(0).permutation(count)
    found = np.zeros(count)
    for fold in range(_FOLDS):
        held = order[fold::_FOLDS]
        found[held] = predict(np.setdiff1d(order, held), held)
    return found


def _threshold(probability: Array, answerable: Array, caught: int, wronged: int) -> float:
    """Return the threshold with the best F1 of refusing, in the middle of the best stretch.

    Args:
        probability: of being answerable, held out.
        answerable: 1 or 0.
        caught: refusals that the rules before the model got right.
        wronged: those that they got wrong.
    """
    candidates = np.linspace(0.05, 0.95, 181)
    wanted = caught + float((answerable < 0.5).sum())
    scores = []
    for candidate in candidates:
        refused = probability < candidate
        right = caught + float((refused & (answerable < 0.5)).sum())
        scores.append(2 * right / (caught + wronged + float(refused.sum()) + wanted))
    best = candidates[np.array(scores) >= max(scores) - 1e-9]
    return float(best[len(best) // 2])


def _parting(cases: list[tuple[float, bool]]) -> float:
    """Return the value that leaves the fewest wrong cases above it and right ones below; the lowest of ties."""
    values = sorted(value for value, _ in cases)
    middles = [(low + high) / 2 for low, high in pairwise(values)]
    errors = {m: sum((value >= m) != answerable for value, answerable in cases) for m in middles}
    return min(errors, key=lambda m: (errors[m], m)) if errors else 0.0


def fit(
    questions: Annotated[Path, typer.Option(help="Questions with the field split.")] = Path("eval/questions.jsonl"),
    out: Annotated[Path, typer.Option(help="Where the calibration goes.")] = CALIBRATION,
) -> None:
    """Fit scorer and gate on the tune split and write the calibration."""
    cases = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if case["split"] == "tune"]
    answerer = Answerer.open(Settings(mode="extractive"))
    compared = [(case, answerer.compare(_question(case))) for case in cases]
    content = [(case, found) for case, found in compared if found.asked.kind in _CONTENT and found.evidence]

    answered = [(case, found) for case, found in content if case["answerable"] and case["facts"]]
    ranked = [one for case, found in answered if (one := ranking_case(answerer, found, case))]
    weights = fit_ranking(ranked)
    first = _held_out(len(ranked), lambda train, held: _firsts([ranked[i] for i in train], [ranked[i] for i in held]))
    typer.echo(f"ranking: n={len(ranked)}, sentence@1 {first.mean():.3f} held out; {_named(FEATURES, weights)}")

    answerer.scorer.weights = dict(zip(FEATURES, map(float, weights), strict=True))
    rows, labels, caught, wronged = [], [], 0, 0
    foreign: list[tuple[float, bool]] = []
    for case, found in compared:
        if is_no_question(answerer.plan, found.asked.text):
            caught, wronged = caught + (not case["answerable"]), wronged + case["answerable"]
            continue
        if found.asked.kind not in _CONTENT or not found.evidence:
            continue
        again = gather(answerer.index, answerer.scorer, found.query, [one.owner for one in found.evidence], found.favoured)
        if refusal_reason(found.asked, again) is not None:
            caught, wronged = caught + (not case["answerable"]), wronged + case["answerable"]
            continue
        features = gate_features(found.asked, found.query, again, answerer.scorer)
        if is_foreign(found.asked, again[0]):
            carried = again[0].clause.id in {*case["relevant"], *case["acceptable"]}
            foreign.append((features["pieces"], carried))
        rows.append([features[name] for name in GATE_FEATURES])
        labels.append(float(case["answerable"]))
    x, y = np.array(rows), np.array(labels)
    gate = fit_gate(x, y, np.ones(len(x)))

    def predict(train: npt.NDArray[np.int64], held: npt.NDArray[np.int64]) -> Array:
        model = fit_gate(x[train], y[train], np.ones(len(train)))
        return np.asarray(1 / (1 + np.exp(-(x[held] @ model[:-1] + model[-1]))))

    probability = _held_out(len(x), predict)
    threshold = _threshold(probability, y, caught, wronged)
    refused = probability < threshold
    right = caught + float((refused & (y < 0.5)).sum())
    typer.echo(
        f"gate: rules refuse {caught} rightly and {wronged} wrongly; model n={len(x)}; threshold {threshold:.3f}; held out: "
        f"precision {right / (caught + wronged + refused.sum()):.3f}, recall {right / (caught + (y < 0.5).sum()):.3f}; "
        f"{_named(GATE_FEATURES, gate[:-1])}, bias {gate[-1]:.2f}"
    )
    from qa.__main__ import write_atomically

    fitted_on = {
        "questions": len(cases), "split": "tune", "ranking_cases": len(ranked), "gate_cases": len(x),
        "sentence_at_1_held_out": round(float(first.mean()), 4), "model": answerer.embedder.name,
        "date": datetime.date.today().isoformat(), "command": "python -m eval.fit",
    }  # fmt: skip
    calibration = {
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)},
        "gate": {name: round(float(v), 4) for name, v in zip((*GATE_FEATURES, "bias"), gate, strict=True)},
        "threshold": round(threshold, 4),
        "foreign": round(_parting(foreign), 4),
        "fitted_on": fitted_on,
    }
    write_atomically(out, json.dumps(calibration, ensure_ascii=False, indent=2) + "\n")
    Calibration.load(out)


def _question(case: dict[str, Any]) -> Question:
    return Question(case["question"], tuple(Turn(turn["role"], turn["content"]) for turn in case["history"]), case["id"])


def _firsts(train: list[Ranked], held: list[Ranked]) -> Array:
    weights = fit_ranking(train)
    return np.array([float(case.wanted[int(np.argmax(case.features @ weights))]) for case in held])


def _named(names: tuple[str, ...], values: Array) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in zip(names, values, strict=True))


if __name__ == "__main__":
    typer.run(fit)
