"""Vectors of the pieces of every sentence, for late interaction: each piece of a question finds its nearest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.embedder import Vectors


class TokenVectors:
    """Piece vectors of many sentences, one after another.

    Attributes:
        matrix: float16 (pieces of all sentences, dimension), rows of length 1.
        offsets: int64 (sentences + 1,); sentence i owns the rows offsets[i] to offsets[i + 1].
    """

    def __init__(self, matrix: npt.NDArray[np.float16], offsets: npt.NDArray[np.int64]) -> None:
        self.matrix, self.offsets = matrix, offsets

    @classmethod
    def of(cls, sentences: Sequence[Vectors]) -> TokenVectors:
        """Return the store of `sentences`, each float32 (pieces, dimension)."""
        offsets = np.cumsum([0, *(len(rows) for rows in sentences)], dtype=np.int64)
        matrix = np.concatenate(sentences) if len(sentences) else np.empty((0, 0))
        return cls(matrix.astype(np.float16), offsets)

    def best_match(self, question: Vectors, sentences: npt.NDArray[np.int64]) -> Vectors:
        """Return, for each sentence, how near its nearest piece comes to each piece of the question.

        Args:
            question: float32 (q, dimension), rows of length 1.
            sentences: rows of the sentences, int64 (s,), at least one.

        Returns:
            float32 (s, q) of cosines in [-1, 1]. Their mean over the question is MaxSim of Khattab & Zaharia,
            ColBERT, SIGIR 2020.
        """
        rows = [np.arange(self.offsets[i], self.offsets[i + 1]) for i in sentences]
        lengths = np.array([len(row) for row in rows])
        cosines = self._single[np.concatenate(rows)] @ question.T
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return np.maximum.reduceat(cosines, starts, axis=0)

    def all_matches(self, question: Vectors) -> Vectors:
        """Return what `best_match` does for every sentence, float32 (sentences, q)."""
        return np.maximum.reduceat(self._single @ question.T, self.offsets[:-1], axis=0)

    @cached_property
    def _single(self) -> npt.NDArray[np.float32]:
        return self.matrix.astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write it as two npy files."""
        np.save(folder / "pieces.npy", self.matrix, allow_pickle=False)
        np.save(folder / "piece-offsets.npy", self.offsets, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> TokenVectors:
        """Read what `save` wrote."""
        matrix = np.load(folder / "pieces.npy", allow_pickle=False)
        return cls(matrix, np.load(folder / "piece-offsets.npy", allow_pickle=False))
