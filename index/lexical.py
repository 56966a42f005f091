"""BM25 over characters and character pairs: no word list needed, and better than words on Chinese questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:[.+%][a-z0-9]*)*")


def terms(text: str) -> list[str]:
    """Return what is counted: each Han character, each pair of neighbours, each Latin or digit run in lower case."""
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0] >= "\u3400":
            found += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
        else:
            found.append(run)
    return found


class LexicalIndex:
    """BM25 (Robertson & Zaragoza 2009, k1 = 1.5, b = 0.75, as bm25s computes it) over a list of texts."""

    def __init__(self, scorer: bm25s.BM25, count: int) -> None:
        self._scorer, self.count = scorer, count

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Return the index over `texts`, in order."""
        scorer = bm25s.BM25()
        corpus = [terms(text) or ["\0"] for text in texts]
        scorer.index(corpus, show_progress=False)
        return cls(scorer, len(texts))

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Return BM25 of every text for the question `text`: float32 (count,), 0 where no term is shared."""
        known = [term for term in terms(text) if term in self._scorer.vocab_dict]
        if not known:
            return np.zeros(self.count, np.float32)
        return np.asarray(self._scorer.get_scores(known), np.float32)

    def save(self, folder: Path) -> None:
        """Write it as JSON and npy files."""
        self._scorer.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, count: int) -> LexicalIndex:
        """Read what `save` wrote over `count` texts."""
        return cls(bm25s.BM25.load(str(folder)), count)
