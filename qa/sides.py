"""What is and what shall be, side by side, each from the sections of its role."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.store import PlanIndex
from qa.answer import Statement
from qa.asked import Asked, quoted_name
from qa.evidence import Evidence, LinearScorer, Query, gather
from qa.frames import Frames
from qa.gate import typed, years_asked, years_of
from qa.reader import MEASURE_REACH, Draft, ExtractiveReader, main_sentences, quoted
from qa.scope import role_sections
from qa.values import Wants, holds

_ROLE_REACH = 2.0
"""How far below the best sentence of all the best one of a role may stand."""
_TITLED = 0.5
"""Share of the question's words in a heading from which its clause is told, and not the lead above it."""
_SIDE_LIMIT = 200
"""Characters that are told of what is, and of what shall be, where both are asked for."""


class SidesReader:
    """Answers questions that ask for the state of a thing and for its goal or its tasks."""

    def __init__(self, index: PlanIndex, scorer: LinearScorer, reader: ExtractiveReader) -> None:
        self.index, self.plan, self.scorer, self.reader = index, index.plans[0], scorer, reader

    def read(self, asked: Asked, query: Query, evidence: list[Evidence], frames: Frames) -> Draft | None:
        """Return a draft with a frame before each side, None where what is asked stands in no section of a role."""
        years = years_asked(asked.text, self.plan.title)
        quoted_in = quoted_name(asked.text)
        name = quoted_in if any(quoted_in in clause.plain for clause in self.plan.clauses) else ""
        statements: list[Statement] = []
        owners: set[int] = set()
        short: list[str] = []
        for role in asked.facets:
            if role == "task" and len(short) == len(asked.facets) - 1:
                break  # the goal's value is told
            frame = frames.role(role)
            rows = self._rows(role)
            clauses = [self.index.entries[row].clause for row in rows]
            if name and not any(name in clause.plain for clause in clauses):
                return None  # the name stands in sections of no role
            shares = self.scorer.title_match(query.text, np.array(rows, np.int64))
            titled = [row for row, share in zip(rows, shares, strict=True) if share >= _TITLED]
            side = gather(self.index, self.scorer, query, titled or rows, ()) if rows else []
            if not side:
                return None
            side = [one for one in side if role == "goal" and years & years_of(one)] or side
            owners |= set(rows)
            if role == "goal" and asked.wants is not Wants.ANYTHING:  # a number may be set as a goal or with a task
                rows += [row for row in self._rows("task") if row not in rows]
            if held := self._value(asked, query, rows):
                read = self.reader.read(asked, [held], query.encoded.vector, frames, held)
                statements += [Statement(frame), *read.statements]
                short += [read.short_answer] if read.short_answer else []
                owners |= set(rows)
                continue
            told = main_sentences(side, _SIDE_LIMIT, 99.0 if titled else MEASURE_REACH)
            if len(told) == 1:
                told_one = self.reader.read(replace(asked, wants=Wants.ANYTHING), side, query.encoded.vector, frames)
                statements += [Statement(frame), *told_one.statements]
            else:
                statements += [Statement(frame), *(quoted(one, one.span) for one in told)]
        inside = [one.score for one in evidence if one.owner in owners]
        if not inside or max(inside) < evidence[0].score - _ROLE_REACH:
            return None  # what is asked stands in a section of no role (a preamble, a quoted passage)
        return Draft(statements, "、".join(short) if len(short) > 1 else "")

    def _rows(self, role: str) -> list[int]:
        """Return the rows of the clauses in the sections of a role."""
        ids = {section.id for top in role_sections(self.plan, role) for section in self.plan.under(top.id)}
        return [row for row, entry in enumerate(self.index.entries) if entry.clause.id in ids]

    def _value(self, asked: Asked, query: Query, rows: list[int]) -> Evidence | None:
        """Return the sentence of these clauses with the number, date or the like that is asked for, if that is."""
        if asked.wants is Wants.ANYTHING:
            return None
        side = gather(self.index, self.scorer, query, rows, ())
        years = years_asked(asked.text, self.plan.title)
        side = sorted(side, key=lambda one: side[0].score - one.score > _ROLE_REACH or not years & years_of(one))  # of that year, if it is as near
        if holds(asked.wants, side[0].text, asked.unit):
            return side[0]
        held = typed(asked, query, side, self.scorer)
        return held.evidence if held else None
