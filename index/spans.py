"""The three sizes in which a plan is made searchable: clause, sentence, part of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.plan import Clause, Plan
from index.sentences import Span, parts, sentences


@dataclass(frozen=True)
class Entry:
    """A clause and the plan that it stands in."""

    plan: Plan
    clause: Clause


@dataclass(frozen=True)
class Level:
    """All spans of one size, over all clauses.

    Attributes:
        name: clause, sentence or part.
        spans: places in the source of the owner's plan.
        owners: int64 (len(spans),), the row of the clause that each stands in.
        texts: what is embedded for each: a sentence with its clause's title before it, which says what it is about.
    """

    name: str
    spans: tuple[Span, ...]
    owners: npt.NDArray[np.int64]
    texts: tuple[str, ...]

    def of_clause(self, row: int) -> npt.NDArray[np.int64]:
        """Return the rows of the spans in clause `row`, in order."""
        return np.flatnonzero(self.owners == row)


def levels(entries: Sequence[Entry]) -> dict[str, Level]:
    """Return the three levels over `entries`."""
    clauses: list[tuple[int, Span, str]] = []
    whole: list[tuple[int, Span, str]] = []
    pieces: list[tuple[int, Span, str]] = []
    for row, entry in enumerate(entries):
        source, clause = entry.plan.source, entry.clause
        clauses.append((row, Span(clause.start, clause.end), " ".join([*clause.breadcrumb[:-1], clause.text])))
        for sentence in sentences(source, clause.body_start, clause.end):
            text = sentence.of(source)
            whole.append((row, sentence, f"{clause.title}:{text}" if clause.title else text))
            pieces += [(row, part, part.of(source)) for part in parts(source, sentence)]
    return {name: _level(name, rows) for name, rows in (("clause", clauses), ("sentence", whole), ("part", pieces))}


def _level(name: str, rows: list[tuple[int, Span, str]]) -> Level:
    owners = np.array([owner for owner, _, _ in rows], np.int64)
    return Level(name, tuple(span for _, span, _ in rows), owners, tuple(text for _, _, text in rows))
