"""The searchable plan: vectors and words of every clause, sentence and part, in one folder that describes itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder, Encoded, Progress
from index.errors import PlanError
from index.lexical import LexicalIndex
from index.plan import Plan
from index.spans import Entry, Level, levels
from index.tokens import TokenVectors
from index.vectors import VectorIndex

DENSE_RANKINGS = ("clause", "sentence", "part")
LATE_RANKINGS = ("clause pieces", "sentence pieces")
LEXICAL_RANKINGS = ("clause words", "sentence words")
ALL_RANKINGS = DENSE_RANKINGS + LATE_RANKINGS + LEXICAL_RANKINGS
_DEPTH = 100


@dataclass(frozen=True)
class Hit:
    """A clause found.

    Attributes:
        row: its row in the index.
        score: fused score, higher is better; comparable within one search only.
    """

    row: int
    score: float


class PlanIndex:
    """One or more plans, made searchable.

    Attributes:
        plans: the plans, in the order given.
        entries: every clause with its plan; the row of an entry is the clause's number in the index.
        levels: spans by size: clause, sentence, part.
        vectors: FAISS index by size, rows as in `levels`.
        words: BM25 index of the clauses and of the sentences.
        tokens: vectors of the pieces of every sentence.
        model: name of the embedding model.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        vectors: dict[str, VectorIndex],
        words: dict[str, LexicalIndex],
        tokens: TokenVectors,
        model: str,
    ) -> None:
        self.plans = tuple(plans)
        self.entries = tuple(Entry(plan, clause) for plan in plans for clause in plan.clauses)
        self.levels: dict[str, Level] = levels(self.entries)
        self.vectors, self.words, self.tokens, self.model = vectors, words, tokens, model

    @classmethod
    def build(cls, plans: Sequence[Plan], embedder: Embedder, progress: Progress | None = None) -> PlanIndex:
        """Embed `plans`.

        Args:
            plans: at least one clause among them.
            embedder: turns texts into vectors.
            progress: told after each batch how many spans are done, of how many.

        Raises:
            PlanError: there is no clause.
        """
        index = cls(plans, {}, {}, TokenVectors.of([]), embedder.name)
        if not index.entries:
            raise PlanError(expected="a plan with text", got="no clause at all", next_step="check the plan's file")
        total = sum(len(level.texts) for level in index.levels.values())
        done = 0

        def report(count: int, _of: int) -> None:
            if progress:
                progress(done + count, total)

        for name, level in index.levels.items():
            if name == "sentence":
                encoded = embedder.encode_tokens(level.texts, query=False, progress=report)
                index.tokens = TokenVectors.of([one.tokens for one in encoded])
                vectors = np.stack([one.vector for one in encoded])
            else:
                vectors = embedder.encode_documents(level.texts, report)
            index.vectors[name] = VectorIndex.build(vectors)
            done += len(level.texts)
        index.words = {name: LexicalIndex.build(index.levels[name].texts) for name in ("clause", "sentence")}
        return index

    def rankings(self, text: str, encoded: Encoded) -> dict[str, npt.NDArray[np.float32]]:
        """Return the scores of all clauses for a question, by ranking.

        A clause is scored by its own vector, its best sentence and its best part (cosine), by how near it, and its best
        sentence, come to the question's pieces (late interaction), by its own words and by the words of its best sentence
        (BM25). A ranking without any score above its floor is left out: it says nothing.

        Args:
            text: the question, for the words.
            encoded: its vector and those of its pieces.
        """
        found: dict[str, npt.NDArray[np.float32]] = {}
        for name in DENSE_RANKINGS:
            scores, rows = self.vectors[name].search(encoded.vector, max(_DEPTH, self.vectors[name].count // 4))
            found[name] = self._by_clause(scores, self.levels[name].owners[rows], floor=-1.0)
        if len(encoded.tokens):
            owners = self.levels["sentence"].owners
            matches = self.tokens.all_matches(encoded.tokens)
            of_clause = np.full((len(self.entries), matches.shape[1]), -1.0, np.float32)
            np.maximum.at(of_clause, owners, matches)
            found["clause pieces"] = of_clause.mean(axis=1)
            found["sentence pieces"] = self._by_clause(matches.mean(axis=1), owners, floor=-1.0)
        for name in ("clause", "sentence"):
            scores = self.words[name].scores(text)
            if scores.any():
                found[f"{name} words"] = self._by_clause(scores, self.levels[name].owners, floor=0.0)
        return found

    def _by_clause(
        self, scores: npt.NDArray[np.float32], owners: npt.NDArray[np.int64], floor: float
    ) -> npt.NDArray[np.float32]:
        best = np.full(len(self.entries), floor, np.float32)
        np.maximum.at(best, owners, scores)
        return best

    def search(self, text: str, encoded: Encoded, k: int, using: Sequence[str] = ALL_RANKINGS) -> list[Hit]:
        """Return the `k` best clauses, best first.

        Args:
            text: the question.
            encoded: its vector and those of its pieces.
            k: how many, at least 1.
            using: which rankings are fused.
        """
        return self.best(self.rankings(text, encoded), k, using)

    @staticmethod
    def best(rankings: dict[str, npt.NDArray[np.float32]], k: int, using: Sequence[str] = ALL_RANKINGS) -> list[Hit]:
        """Return the `k` best clauses by some of the `rankings`, best first."""
        fused = standard_score_fusion([rankings[name] for name in using if name in rankings])
        order = np.argsort(-fused, kind="stable")[:k]
        return [Hit(int(row), float(fused[row])) for row in order]


def standard_score_fusion(rankings: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float64]:
    """Return the fused score of each item: the sum over rankings of its score, each ranking with mean 0 and deviation 1.

    A ranking in which all are the same adds nothing.

    Source: CombSUM of Fox & Shaw, TREC-2, 1994, with the zero-mean, unit-variance scores of Montague & Aslam, CIKM 2001.
    """
    fused = np.zeros(len(rankings[0]) if rankings else 0)
    for scores in rankings:
        spread = float(scores.std())
        if spread > 1e-9:
            fused += (scores - scores.mean()) / spread
    return fused
