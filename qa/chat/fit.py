"""`python -m qa.chat.fit`: fit how much likeness and how many shared words make a sentence borne out.

True pairs are sentences of the plan told in other words, with their own clause, and questions with their answer and the
clause that holds it; false pairs are the same with the wrong clause that comes nearest, and sentences of which one part
is taken from elsewhere. Threshold: the lowest that lets through at most one false pair in twenty.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer

from index.reading import read_text
from index.sentences import parts
from qa.answerer import Answerer
from qa.chat.support import CALIBRATION, FEATURES, SupportCalibration, SupportScorer
from qa.settings import Settings

_MOST_FALSE = 0.05
_OTHER_WORDS = (
    ("加快", "加速"), ("推进", "推动"), ("提升", "提高"), ("完善", "健全"), ("建设", "建立"), ("开展", "进行"), ("促进", "推动"),
    ("打造", "建成"), ("构建", "建立"), ("加强", "强化"), ("实现", "做到"), ("探索", "尝试"), ("深化", "深入推进"), ("全面", "全方位"),
    ("推广", "普及"), ("优化", "改进"), ("支持", "扶持"), ("培育", "培养"), ("领域", "方面"), ("覆盖", "涵盖"), ("建成", "建好"),
)  # fmt: skip
_FRAMES = ("", "规划提出,", "根据规划,", "青岛", "青岛市将", "规划要求")


@dataclass(frozen=True)
class Pair:
    """A sentence with a clause.

    Attributes:
        text: the sentence.
        owner: row of the clause.
        true: whether the clause bears it out.
        half: 0 or 1: which half of the clauses it comes from.
    """

    text: str
    owner: int
    true: bool
    half: int


def pairs(answerer: Answerer, questions: list[dict[str, Any]], seed: int = 7) -> list[Pair]:
    """Return the pairs to fit on, the same for the same plan, questions and seed."""
    chance = random.Random(seed)
    told = [*_told(answerer, chance), *_asked(answerer, questions)]
    encoded = answerer.embedder.encode_tokens([text for text, _ in told], query=True)
    found: list[Pair] = []
    for (text, owner), one_encoded in zip(told, encoded, strict=True):
        half = owner % 2
        found.append(Pair(text, owner, True, half))
        near = [one.row for one in answerer.search.retriever.retrieve(text, 4, one_encoded) if one.row != owner]
        found += [Pair(text, row, False, half) for row in near[:1]]
        other = told[chance.randrange(len(told))]
        if other[1] != owner and (mixed := _mixed(text, other[0], chance)):
            found.append(Pair(mixed, owner, False, half))
    return found


def _told(answerer: Answerer, chance: random.Random) -> Iterator[tuple[str, int]]:
    level = answerer.index.levels["sentence"]
    for row, span in enumerate(level.spans):
        owner = int(level.owners[row])
        source = answerer.index.entries[owner].plan.source
        pieces = [piece.of(source) for piece in parts(source, span)]
        for _ in range(2):
            first = chance.randrange(len(pieces)) if pieces else 0
            text = ",".join(pieces[first : first + chance.randint(1, 3)])
            for word, other in _OTHER_WORDS:
                if chance.random() < 0.7:
                    text = text.replace(word, other)
            if len(text) >= 8:
                yield f"{chance.choice(_FRAMES)}{text}。", owner


def _asked(answerer: Answerer, questions: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Yield a question without its words of asking, with the answer: a sentence in a person's own words."""
    rows = {entry.clause.id: row for row, entry in enumerate(answerer.index.entries)}
    for one in questions:
        asks = one["category"] in ("fact", "list", "measure", "everyday", "yesno") and not one["history"]
        if asks and one["facts"] and len(one["relevant"]) == 1 and one["relevant"][0] in rows:
            said = "、".join(alternatives[0] for alternatives in one["facts"])
            yield f"{one['question'].rstrip('?？。')},{said}。", rows[one["relevant"][0]]


def _mixed(text: str, other: str, chance: random.Random) -> str:
    """Return `text` with one part replaced by a part of `other`; empty where there is only one."""
    own, strange = text.rstrip("。").split(","), [piece for piece in other.rstrip("。").split(",") if len(piece) >= 6]
    if len(own) < 2 or not strange:
        return ""
    own[chance.randrange(1, len(own))] = chance.choice(strange)
    return ",".join(own) + "。"


def fit_logistic(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], ridge: float = 1e-2
) -> npt.NDArray[np.float64]:
    """Return the weights (features + 1,), bias last, of a logistic model, by Newton's method.

    Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., 4.4.1; weights but the bias are
    shrunk by `ridge`.
    """
    design = np.hstack([x, np.ones((len(x), 1))])
    shrink = ridge * np.diag([1.0] * x.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        step = np.linalg.solve(
            (design * (p * (1 - p))[:, None]).T @ design + shrink, design.T @ (y - p) - shrink @ weights
        )
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _threshold(probabilities: npt.NDArray[np.float64], true: npt.NDArray[np.bool_]) -> float:
    return float(np.quantile(probabilities[~true], 1 - _MOST_FALSE))


def _calibration(x: npt.NDArray[np.float64], true: npt.NDArray[np.bool_]) -> SupportCalibration:
    """Fit with weights that are not below 0: more likeness never counts against a sentence."""
    used = list(range(len(FEATURES)))
    while (fitted := fit_logistic(x[:, used], true.astype(np.float64)))[:-1].min() < 0:
        used.pop(int(np.argmin(fitted[:-1])))
    weights = dict.fromkeys(FEATURES, 0.0) | {
        FEATURES[i]: round(float(w), 3) for i, w in zip(used, fitted[:-1], strict=True)
    }
    weights["bias"] = round(float(fitted[-1]), 3)
    rough = SupportCalibration(weights, 0.5, {})
    return SupportCalibration(weights, round(_threshold(_probabilities(rough, x), true), 3), {})


def _probabilities(calibration: SupportCalibration, x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.array([calibration.probability(dict(zip(FEATURES, row, strict=True))) for row in x])


def _accepted(
    calibration: SupportCalibration, x: npt.NDArray[np.float64], true: npt.NDArray[np.bool_]
) -> tuple[float, float]:
    passed = _probabilities(calibration, x) >= calibration.threshold
    return float(passed[true].mean()), float(passed[~true].mean())


def fit(
    questions: Annotated[Path | None, typer.Option(help="Question file; its tune split is used.")] = None,
    out: Annotated[Path, typer.Option(help="Where the calibration goes.")] = CALIBRATION,
) -> None:
    """Fit, check on the half of the clauses that was left out, and write the calibration."""
    answerer = Answerer.open(Settings(mode="extractive"))
    lines = [json.loads(line) for line in read_text(questions, "questions").splitlines() if line.strip()] if questions else []
    asked = [line for line in lines if line.get("split", "tune") == "tune"]  # the test split is for measuring only
    found = pairs(answerer, asked)
    scorer = SupportScorer(answerer.index, answerer.embedder)
    texts = list(dict.fromkeys(pair.text for pair in found))
    told = dict(zip(texts, scorer.told(texts), strict=True))
    x = np.array([list(scorer.features(told[pair.text], [scorer.evidence(pair.owner)]).values()) for pair in found])
    true, half = np.array([p.true for p in found]), np.array([p.half for p in found])
    held = [_accepted(_calibration(x[half != h], true[half != h]), x[half == h], true[half == h]) for h in (0, 1)]
    chosen = _calibration(x, true)
    report = {
        "plan": answerer.plan.sha256, "model": answerer.index.model, "true pairs": int(true.sum()), "false pairs": int((~true).sum()),
        "with questions": len(asked), "date": datetime.date.today().isoformat(),
        "true accepted, other half": round(float(np.mean([one[0] for one in held])), 3),
        "false accepted, other half": round(float(np.mean([one[1] for one in held])), 3),
    }  # fmt: skip
    stored = {"weights": chosen.weights, "threshold": chosen.threshold, "fitted_on": report}
    out.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    typer.echo(json.dumps(stored, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    typer.run(fit)
