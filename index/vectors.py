"""Vectors that can be searched. The only file that knows FAISS."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.embedder import Vectors


class VectorIndex:
    """Exact search by inner product, which is cosine similarity for vectors of length 1.

    Attributes:
        vectors: float32 (count, dimension), the rows as stored.
    """

    def __init__(self, flat: faiss.Index) -> None:
        self._flat = flat
        self.vectors: Vectors = flat.reconstruct_n(0, flat.ntotal) if flat.ntotal else np.empty((0, flat.d), np.float32)

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """Return the index over float32 (count, dimension)."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, np.float32))
        return cls(flat)

    @property
    def count(self) -> int:
        """How many vectors it holds."""
        return int(self._flat.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._flat.d)

    def search(self, query: Vectors, k: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Return the `k` rows nearest to `query` (dimension,): cosines in [-1, 1], best first, and row numbers."""
        if not self.count:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        scores, rows = self._flat.search(query.reshape(1, -1), min(k, self.count))
        return scores[0], rows[0]

    def save(self, path: Path) -> None:
        """Write it in FAISS's own format."""
        faiss.write_index(self._flat, str(path))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read what `save` wrote.

        Raises:
            RuntimeError: the file is no FAISS index.
        """
        return cls(faiss.read_index(str(path)))
