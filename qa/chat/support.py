"""Whether clauses bear out the meaning of a sentence: likeness of vectors and shared words, weighed by a fitted model.

`python -m qa.chat.fit` fits the weights and says on what.
"""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder, Vectors
from index.sentences import Span, parts
from index.store import PlanIndex
from qa.chat.planted import is_command
from qa.wording import content_terms

FEATURES = ("cosine", "lead", "weakest cosine", "pairs", "weakest pairs", "words")
"""Cosine with the nearest sentence of the clauses; how far it stands above the nearest of all other clauses; cosine of the
part between commas that is least like any part of the clauses; share of the character pairs that the clauses and their
headings hold, over all and in the part that has the least; share of the content words that they hold."""
CALIBRATION = Path(__file__).with_name("support.json")
_FRAME = re.compile(
    r"^(?:(?:根据|按照|依据)?(?:本|该|这份|上述|《[^》]*》)?(?:规划|条款|原文)(?:中|内容)?(?:还|也|明确)?(?:提出|指出|明确|要求|写明|显示|规定|部署|安排|强调)?(?:了|的是)?[,,::]?)+|"
    r"^(?:此外|另外|同时|其中|因此|具体来说|总体上|目标是|即)[,,::]?"
)
_HAN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.%+]+")


@dataclass(frozen=True)
class Evidence:
    """The honest sentences of one clause.

    Attributes:
        owner: row of the clause in the index.
        rows: rows of its sentences in the index.
        part_rows: rows of the parts of those sentences.
        spans: their places in the plan's source.
        text: those sentences, one after another.
        headings: titles from the top, and the plan's own.
    """

    owner: int
    rows: tuple[int, ...]
    part_rows: tuple[int, ...]
    spans: tuple[Span, ...]
    text: str
    headings: str


@dataclass(frozen=True)
class Told:
    """A sentence ready to be compared.

    Attributes:
        text: without words that only say where it comes from.
        pieces: its parts between commas, those of a word or two left out.
        vectors: float32 (1 + pieces, dimension), of length 1: the sentence, then its parts.
    """

    text: str
    pieces: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True)
class SupportCalibration:
    """Fitted weights.

    Attributes:
        weights: of `FEATURES`, with `bias`.
        threshold: probability from which a sentence counts as borne out, in [0, 1].
        fitted_on: plan, model, pairs, date and what the fit accepts.
    """

    weights: dict[str, float]
    threshold: float
    fitted_on: dict[str, object]

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> SupportCalibration:
        """Read the stored calibration."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(stored["weights"], stored["threshold"], stored["fitted_on"])

    def probability(self, features: dict[str, float]) -> float:
        """Return how likely the clauses bear the sentence out, in [0, 1]."""
        logit = self.weights["bias"] + sum(self.weights[name] * features[name] for name in FEATURES)
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


class SupportScorer:
    """Compares sentences with clauses of one index."""

    def __init__(self, index: PlanIndex, embedder: Embedder, lock: threading.Lock | None = None) -> None:
        self.index, self.embedder = index, embedder
        self._lock = lock or threading.Lock()
        self._known: dict[int, Evidence] = {}

    def evidence(self, owner: int) -> Evidence:
        """Return what may be cited of the clause in row `owner`: its sentences that speak to people."""
        if owner not in self._known:
            level, entry = self.index.levels["sentence"], self.index.entries[owner]
            source = entry.plan.source
            rows = [int(row) for row in level.of_clause(owner) if not is_command(level.spans[row].of(source))]
            spans = tuple(level.spans[row] for row in rows)
            pieces = self.index.levels["part"]
            inside = [
                int(row) for row in pieces.of_clause(owner)
                if any(span.start <= pieces.spans[row].start and pieces.spans[row].end <= span.end for span in spans)
            ]  # fmt: skip
            text = "\n".join(span.of(source) for span in spans)
            headings = " ".join([entry.plan.title, *entry.clause.breadcrumb])
            self._known[owner] = Evidence(owner, tuple(rows), tuple(inside), spans, text, headings)
        return self._known[owner]

    def told(self, texts: Sequence[str]) -> list[Told]:
        """Return the sentences with their vectors, all from one run of the model."""
        plain = [without_frame(text) for text in texts]
        pieces = [tuple(p for piece in parts(t, Span(0, len(t))) if len(p := piece.of(t)) > 3) for t in plain]
        with self._lock:
            vectors = self.embedder.encode_documents(
                [one for t, ps in zip(plain, pieces, strict=True) for one in (t, *ps)]
            )
        found: list[Told] = []
        first = 0
        for text, own in zip(plain, pieces, strict=True):
            found.append(Told(text, own, vectors[first : first + 1 + len(own)]))
            first += 1 + len(own)
        return found

    def cosines(self, told: Told, evidence: Evidence) -> npt.NDArray[np.float32]:
        """Return the cosine of each sentence of the evidence, float32 (sentences,)."""
        rows = np.array(evidence.rows, np.int64)
        return np.asarray(self.index.vectors["sentence"].vectors[rows] @ told.vectors[0], np.float32)

    def features(self, told: Told, evidence: Sequence[Evidence]) -> dict[str, float]:
        """Return the value of each of `FEATURES`, each higher for better support.

        Args:
            told: a sentence.
            evidence: of the clauses that it cites, taken together.
        """
        stands = " ".join(f"{one.headings} {one.text}" for one in evidence).lower()
        shares = [share for piece in told.pieces if (share := pair_share(piece, stands)) is not None]
        words = [term.text for term in content_terms(told.text)]
        whole = pair_share(told.text, stands) or 0.0
        cosine, other = self._near_and_far(told, evidence)
        return {
            "cosine": cosine,
            "lead": cosine - other,
            "weakest cosine": self._weakest_cosine(told, evidence, cosine),
            "pairs": whole,
            "weakest pairs": min(shares, default=whole),
            "words": sum(word in stands for word in words) / len(words) if words else whole,
        }

    def _near_and_far(self, told: Told, evidence: Sequence[Evidence]) -> tuple[float, float]:
        """Return the cosine of the nearest sentence of the evidence, and of all other clauses."""
        cosines = self.index.vectors["sentence"].vectors @ told.vectors[0]
        own = np.array([row for one in evidence for row in one.rows], np.int64)
        owners = np.array([one.owner for one in evidence], np.int64)
        far = cosines[~np.isin(self.index.levels["sentence"].owners, owners)]
        return float(cosines[own].max()) if len(own) else 0.0, float(far.max()) if len(far) else 0.0

    def _weakest_cosine(self, told: Told, evidence: Sequence[Evidence], whole: float) -> float:
        rows = np.array([row for one in evidence for row in one.part_rows], np.int64)
        if not len(rows) or not told.pieces:
            return whole
        return float((told.vectors[1:] @ self.index.vectors["part"].vectors[rows].T).max(axis=1).min())


def without_frame(text: str) -> str:
    """Return `text` without words that only say where it comes from (根据规划,…)."""
    return _FRAME.sub("", text.strip()) or text


def pair_share(text: str, stands: str) -> float | None:
    """Return the share, in [0, 1], of the character pairs and Latin runs of `text` that stand in `stands`; None without any."""
    found = [unit for run in _HAN.findall(text.lower()) for unit in _units(run)]
    return sum(unit in stands for unit in found) / len(found) if found else None


def _units(run: str) -> list[str]:
    return [run] if run[0] < "\u3400" or len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
