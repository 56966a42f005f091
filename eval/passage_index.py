"""The index over a public set's passages: embedded once, kept in the user's cache, cut where passages are withheld."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

import numpy as np
import platformdirs

from eval.passages import PassageSet
from index.embedder import Embedder, Progress
from index.errors import PlanError
from index.folder import load_index, save_index
from index.lexical import LexicalIndex
from index.store import PlanIndex
from index.tokens import TokenVectors
from index.vectors import VectorIndex


def passage_index(
    passages: PassageSet, embedder: Embedder, progress: Progress | None = None, folder: Path | None = None
) -> PlanIndex:
    """Return the index over all passages, from the cache if it was made before.

    Args:
        passages: the set.
        embedder: turns texts into vectors.
        progress: told how many texts are embedded, of how many.
        folder: where such indexes are kept; default: the user's cache.
    """
    plan = passages.plan()
    key = hashlib.sha256(f"{plan.sha256} {embedder.name}".encode()).hexdigest()[:12]
    place = (folder or platformdirs.user_cache_path("planqa") / "eval") / f"{passages.name}-{key}"
    try:
        return load_index(place, model=embedder.name, plans=[plan])
    except PlanError:
        index = PlanIndex.build([plan], embedder, progress)
        save_index(index, place)
        return index


def without(index: PlanIndex, passages: PassageSet, withheld: Collection[int]) -> PlanIndex:
    """Return the index without some passages, the same as if it had been built so; nothing is embedded anew.

    Args:
        index: over all passages.
        passages: the set.
        withheld: numbers of the passages to leave out.
    """
    rows = np.array([number - 1 for number in withheld], np.int64)
    kept = {name: np.flatnonzero(~np.isin(level.owners, rows)) for name, level in index.levels.items()}
    offsets, matrix = index.tokens.offsets, index.tokens.matrix
    return PlanIndex(
        [passages.plan(without=withheld)],
        {name: VectorIndex.build(vectors.vectors[kept[name]]) for name, vectors in index.vectors.items()},
        {name: LexicalIndex.build([index.levels[name].texts[i] for i in kept[name]]) for name in index.words},
        TokenVectors.of([matrix[offsets[i] : offsets[i + 1]].astype(np.float32) for i in kept["sentence"]]),
        index.model,
    )
