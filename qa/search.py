"""From a question as understood to the evidence for it: clauses retrieved, their sentences scored, best first."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.embedder import Embedder
from index.retriever import Retrieved, Retriever
from index.store import PlanIndex
from qa.answer import Statement
from qa.asked import Asked
from qa.evidence import Evidence, LinearScorer, Query, gather
from qa.gate import YEAR_NAMED, years_asked, years_of
from qa.history import Resolved
from qa.scope import role_sections
from qa.values import COUNTED_NAME, Wants, holds

_CANDIDATES = 14
"""Clauses whose sentences are compared with the question."""
_NAME = re.compile(r"[“\"「『《]([^”\"」』》]{2,30})[”\"」』》]|(?<![A-Za-z])([A-Za-z][A-Za-z0-9+-]+)(?![A-Za-z])")
"""What is called by its own name: words in quotes, letters among characters."""
_SELDOM = 3
"""Sentences that have a name, at most, for it to tell them from the others."""
_NAMED = 3.0
"""What it counts that a sentence has a name of the question that few have."""
_NEAR = 1.5
"""What it counts that a sentence stands in a clause cited last, for a question that leaves something out."""
_ROLE = 1.5
"""What it counts that a sentence stands in a section of the one role that is asked for."""
BESIDE = 1.5
"""What it counts that a sentence stands in a section beside those cited last, where the same is asked of another topic."""


@dataclass(frozen=True)
class Compared:
    """A question and the evidence for it, before anything is decided.

    Attributes:
        asked: the question as understood.
        query: what was compared.
        favoured: rows of the clauses that its own words point to.
        evidence: sentences of the retrieved clauses, best first.
        ranked: the clauses in the order of their best sentence.
    """

    asked: Asked
    query: Query
    favoured: list[int]
    evidence: list[Evidence]
    ranked: tuple[Retrieved, ...]


class EvidenceSearch:
    """Finds the sentences that may answer. One object serves many threads."""

    def __init__(self, index: PlanIndex, embedder: Embedder, scorer: LinearScorer, disabled: frozenset[str], encoding: threading.Lock) -> None:
        """Search `index`; `encoding` is held while the model runs."""
        self.index, self.embedder, self.scorer, self.disabled = index, embedder, scorer, disabled
        self.plan = index.plans[0]
        self.retriever = Retriever(index, embedder)
        self._encoding = encoding
        self._encode = lru_cache(maxsize=8)(self._encode_once)  # the parts of one question, and the whole, are compared more than once

    def compare(self, asked: Asked, resolved: Resolved) -> Compared:
        """Return the evidence for a question."""
        query = self._encode(asked.focus)
        found = self.retriever.retrieve(asked.focus, _CANDIDATES, query.encoded)
        favoured = self._favoured(asked, resolved)
        rows = list(dict.fromkeys([one.row for one in found] + favoured[:_CANDIDATES]))
        if favoured and ((resolved.leaning and not asked.facets) or (asked.scope and self._holds(asked, favoured))):
            rows = favoured
        evidence = gather(self.index, self.scorer, query, rows, favoured)
        evidence = [one for one in evidence if not any(quote.rstrip("。") in one.text for quote in resolved.told)]
        years = years_asked(asked.text, self.plan.title)
        of_role = {below.id for role in asked.facets for top in role_sections(self.plan, role) for below in self.plan.under(top.id)}
        near = [i for i in resolved.near if i in of_role or not asked.facets]  # what is and what shall be stand in different clauses
        names = self._names(asked)
        within = of_role if len(asked.facets) == 1 else set()

        def lifted(one: Evidence) -> Evidence:
            place = one.clause.id
            of_place = _NEAR * (place in near) + BESIDE * (place in resolved.beside) + _ROLE * (place in within)
            return replace(one, score=one.score + YEAR_NAMED * bool(years and years & years_of(one)) + _NAMED * (one.row in names) + of_place)

        evidence = sorted(map(lifted, evidence), key=lambda one: -one.score)
        return Compared(asked, query, favoured, evidence, self._ranked(evidence))

    def with_cited(self, ranked: tuple[Retrieved, ...], statements: Sequence[Statement]) -> tuple[Retrieved, ...]:
        """Return the clauses retrieved, with those that `statements` cite and were not."""
        cited = {citation.section for statement in statements for citation in statement.citations}
        known = {one.clause.id for one in ranked}
        rows = [(row, entry) for row, entry in enumerate(self.index.entries) if entry.clause.id in cited - known]
        return ranked + tuple(Retrieved(self.plan, entry.clause, 0.0, row) for row, entry in rows)

    def _encode_once(self, text: str) -> Query:
        with self._encoding:
            return Query(text, self.embedder.encode_tokens([text], query=True)[0])

    def _names(self, asked: Asked) -> set[int]:
        """Return the rows of the sentences that have a name of the question which few have (“千兆城市”, UCS)."""
        if asked.english or "names" in self.disabled:
            return set()
        found = [(match[1] or match[2]).lower() for match in _NAME.finditer(asked.text)] + COUNTED_NAME.findall(asked.text)
        whole = [re.compile(rf"{re.escape(name)}(?![^“”]+”)") for name in found]  # “空天地海” is no “空天地”
        exact = [{row for row, text in enumerate(self.scorer.texts) if name in text and pattern.search(text)} for name, pattern in zip(found, whole, strict=True)]
        having = [rows or {row for row, text in enumerate(self.scorer.texts) if name in text} for name, rows in zip(found, exact, strict=True)]
        return {row for rows in having if len(rows) <= _SELDOM for row in rows}

    def _holds(self, asked: Asked, rows: Sequence[int]) -> bool:
        """True where one of the clauses holds a thing of the kind asked for; where none does, it may stand in another."""
        return asked.wants is Wants.ANYTHING or any(holds(asked.wants, self.index.entries[row].clause.plain, asked.unit) for row in rows)

    def _favoured(self, asked: Asked, resolved: Resolved) -> list[int]:
        """Return the rows of the clauses that the question's own words point to."""
        if "headings" in self.disabled:
            return []
        roots = list(asked.scope) + ([] if asked.facets else list(resolved.near))
        if not roots and len(asked.facets) == 1:
            roots = [section.id for section in role_sections(self.plan, asked.facets[0])]
        ids = {section.id for root in roots for section in self.plan.under(root)}
        return [row for row, entry in enumerate(self.index.entries) if entry.clause.id in ids]

    def _ranked(self, evidence: list[Evidence]) -> tuple[Retrieved, ...]:
        """Return the clauses in the order of their best sentence."""
        best: dict[int, float] = {}
        for one in evidence:
            best.setdefault(one.owner, one.score)
        entries = self.index.entries
        return tuple(Retrieved(entries[row].plan, entries[row].clause, score, row) for row, score in best.items())
