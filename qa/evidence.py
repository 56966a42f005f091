"""How well each sentence of the retrieved clauses answers a question.

All scoring of evidence stands behind `EvidenceScorer`, so that a trained reader can take the place of the linear one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.embedder import Encoded
from index.plan import Clause, Plan
from index.sentences import Span
from index.store import PlanIndex
from qa.wording import content_terms, is_asking

Scores = npt.NDArray[np.float64]
FEATURES = ("sentence", "part", "clause", "sentence words", "pieces", "headings")
"""What the linear scorer weighs: cosine of the sentence, of its best part and of its clause, BM25 of the sentence,
late interaction of the question's pieces, and whether a section that the question names holds it."""
ABSOLUTE = ("headings",)
"""Features that are not standardised."""
CALIBRATION = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True)
class Evidence:
    """A sentence that may answer.

    Attributes:
        row: its row among the index's sentences.
        owner: row of its clause.
        plan: the plan.
        clause: the clause that it stands in.
        span: its place in the plan's source.
        score: higher is better; comparable within one question only.
    """

    row: int
    owner: int
    plan: Plan
    clause: Clause
    span: Span
    score: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.plan.plain)


@dataclass(frozen=True)
class Query:
    """A question ready to be compared with sentences.

    Attributes:
        text: what is compared, normalised.
        encoded: its vector and the vectors of its pieces.
    """

    text: str
    encoded: Encoded


class EvidenceScorer(Protocol):
    """Scores sentences for a question."""

    def score(self, query: Query, rows: npt.NDArray[np.int64], favoured: Sequence[int]) -> Scores:
        """Return float64 (len(rows),), higher is better.

        Args:
            query: the question.
            rows: rows of the sentences in the index, at least one.
            favoured: rows of the clauses that the question's own words point to (a heading named, a role).
        """


@dataclass(frozen=True)
class Calibration:
    """Weights and thresholds, each fitted by `python -m eval.fit` on the `tune` split.

    Attributes:
        weights: of `FEATURES`.
        gate: weights of the gate's features, with `bias`.
        threshold: probability from which an answer is given, in [0, 1].
        manner: weights, float64 (dimension + 1,), bias last, of how a question sounds (`qa.gate.GATE_FEATURES`).
        second: weights of `qa.second.SECOND_FEATURES`, with `bias`.
        fitted_on: questions, date, model.
    """

    weights: dict[str, float]
    gate: dict[str, float]
    threshold: float
    fitted_on: dict[str, object]
    manner: npt.NDArray[np.float64]
    second: dict[str, float]

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> Calibration:
        """Read the stored calibration: `path`, and the array of the same name beside it."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        manner = np.load(path.with_suffix(".npy"), allow_pickle=False).astype(np.float64)
        return cls(stored["weights"], stored["gate"], stored["threshold"], stored["fitted_on"], manner, stored["second"])


class LinearScorer:
    """A weighted sum of standardised similarities.

    Each feature is standardised over the sentences that are compared, so that none needs a scale of its own.
    """

    def __init__(self, index: PlanIndex, weights: dict[str, float], disabled: frozenset[str] = frozenset()) -> None:
        self.index = index
        self.weights = {name: 0.0 if name in disabled else weights.get(name, 0.0) for name in FEATURES}
        self._rarities: dict[str, float] = {}

    @cached_property
    def _parts_of(self) -> list[npt.NDArray[np.int64]]:
        """Rows of the parts of each sentence, by the sentence's row."""
        sentences, parts = self.index.levels["sentence"], self.index.levels["part"]
        rows: list[list[int]] = [[] for _ in sentences.spans]
        row = 0
        for part, (owner, span) in enumerate(zip(parts.owners, parts.spans, strict=True)):
            while sentences.owners[row] != owner or sentences.spans[row].end < span.end:
                row += 1
            rows[row].append(part)
        return [np.array(found, np.int64) for found in rows]

    def features(self, query: Query, rows: npt.NDArray[np.int64], favoured: Sequence[int]) -> dict[str, Scores]:
        """Return the raw value of each feature for each sentence, float64 (len(rows),)."""
        index, vector = self.index, query.encoded.vector
        owners = index.levels["sentence"].owners[rows]
        sentence = index.vectors["sentence"].vectors[rows] @ vector
        parts = [self._parts_of[row] for row in rows]
        part = np.array([(index.vectors["part"].vectors[p] @ vector).max() if len(p) else -1.0 for p in parts])
        found = {
            "sentence": sentence,
            "part": np.where(part < 0, sentence, part),
            "clause": index.vectors["clause"].vectors[owners] @ vector,
            "sentence words": index.words["sentence"].scores(query.text)[rows],
            "pieces": self.piece_match(query.encoded, rows),
            "headings": np.isin(owners, np.array(favoured, np.int64)),
        }
        return {name: np.asarray(values, np.float64) for name, values in found.items()}

    def score(self, query: Query, rows: npt.NDArray[np.int64], favoured: Sequence[int]) -> Scores:
        """Return float64 (len(rows),), higher is better."""
        total = np.zeros(len(rows))
        for name, values in self.features(query, rows, favoured).items():
            total += self.weights[name] * (values if name in ABSOLUTE else standardised(values))
        return total

    def parts(self, query: Query, one: Evidence) -> list[tuple[Span, float]]:
        """Return the parts of a sentence with their cosines to the question; the sentence itself where it has none."""
        rows = self._parts_of[one.row]
        if not len(rows):
            return [(one.span, float(self.index.vectors["sentence"].vectors[one.row] @ query.encoded.vector))]
        cosines = self.index.vectors["part"].vectors[rows] @ query.encoded.vector
        return [(self.index.levels["part"].spans[row], float(c)) for row, c in zip(rows, cosines, strict=True)]

    def title_match(self, text: str, owners: npt.NDArray[np.int64]) -> Scores:
        """Return the share, by rarity, of the content words of `text` known to the plan that stand in each owner's heading."""
        known = [term.text for term in content_terms(text) if any(term.text in sentence for sentence in self.texts)]
        weights = {word: self.rarity(word) for word in known}
        total = sum(weights.values()) or 1.0
        shares = {
            owner: sum(w for word, w in weights.items() if word in self.index.entries[owner].clause.title.lower()) / total
            for owner in set(owners.tolist())
        }
        return np.array([shares[owner] for owner in owners.tolist()])

    def piece_match(self, encoded: Encoded, rows: npt.NDArray[np.int64]) -> Scores:
        """Return the mean, weighted by rarity, of how near each sentence comes to each piece of the question."""
        weights = self.piece_weights(encoded)
        if not len(weights):
            return np.zeros(len(rows))
        return np.asarray(self.index.tokens.best_match(encoded.tokens, rows) @ weights / weights.sum(), np.float64)

    def covered(self, query: Query, sentences: Sequence[Evidence]) -> Scores:
        """Return how near each sentence comes to each piece of the question, float64 (sentences, pieces), in [-1, 1]."""
        rows = np.array([one.row for one in sentences], np.int64)
        return np.asarray(self.index.tokens.best_match(query.encoded.tokens, rows), np.float64)

    def word_match(self, query: Query, words: Sequence[str], clause: int) -> dict[str, float]:
        """Return how near a clause comes to each word of the question: mean cosine of the word's pieces, in [-1, 1].

        Args:
            query: the question.
            words: of the question, in its order.
            clause: row of the clause.
        """
        rows = np.flatnonzero(self.index.levels["sentence"].owners == clause)
        best = self.index.tokens.best_match(query.encoded.tokens, rows).max(axis=0)
        text, at, places = query.text.lower(), 0, []
        for piece in query.encoded.pieces:
            found = text.find(piece.strip().lower(), at)
            at = found + len(piece.strip()) if found >= 0 else at
            places.append((found, at))
        matches, at = {}, 0
        for word in words:
            start = text.find(word.lower(), at)
            if start < 0:
                continue
            at = start + len(word)
            inside = [best[i] for i, (first, last) in enumerate(places) if 0 <= first < at and last > start]
            if inside:
                matches[word] = float(np.mean(inside))
        return matches

    def piece_weights(self, encoded: Encoded) -> Scores:
        """Return the weight of each piece: its rarity among the sentences.

        Words of asking and the words of the plan's own title (青岛, 规划), which every clause is about, weigh next to nothing.
        """
        titles = " ".join(plan.title for plan in self.index.plans)
        empty = [is_asking(piece) or (len(piece) > 1 and piece in titles) for piece in encoded.pieces]
        return np.array([1e-6 if no else self.rarity(piece) for no, piece in zip(empty, encoded.pieces, strict=True)])

    @cached_property
    def texts(self) -> list[str]:
        """The index's sentences in lower case, by row."""
        return [text.lower() for text in self.index.levels["sentence"].texts]

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of `word` over the sentences, as BM25 counts it; above 0."""
        word = word.lower()
        if word not in self._rarities:
            frequency = sum(word in text for text in self.texts)
            self._rarities[word] = math.log(1 + (len(self.texts) - frequency + 0.5) / (frequency + 0.5))
        return self._rarities[word]


def standardised(values: Scores) -> Scores:
    """Return `values` with mean 0 and standard deviation 1; zeros where all are the same."""
    spread = float(values.std())
    return np.zeros_like(values) if spread < 1e-9 else (values - values.mean()) / spread


def gather(
    index: PlanIndex, scorer: EvidenceScorer, query: Query, clauses: Sequence[int], favoured: Sequence[int]
) -> list[Evidence]:
    """Return the sentences of the clauses with the rows `clauses`, best first."""
    level = index.levels["sentence"]
    rows = np.flatnonzero(np.isin(level.owners, np.array(clauses, np.int64)))
    if not len(rows):
        return []
    scores = scorer.score(query, rows, favoured)
    evidence = []
    for row, score in zip(rows, scores, strict=True):
        entry = index.entries[level.owners[row]]
        evidence.append(
            Evidence(int(row), int(level.owners[row]), entry.plan, entry.clause, level.spans[row], float(score))
        )
    return sorted(evidence, key=lambda one: -one.score)
