"""A plan as values: its clauses in order, its outline, and how a section is found in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from index.section import SectionNumber, parse_rungs
from index.width import half_width


@dataclass(frozen=True)
class Clause:
    """The smallest text that is cited.

    Attributes:
        number: where it stands.
        title: its heading without the number; empty where it has none.
        breadcrumb: the titles from the top down to its own.
        text: verbatim; `plan.source[start:end] == text`.
        start: first character in the plan's source (characters, not bytes, from 0).
        end: one past its last character.
        body_start: where the body begins in the source, past a number and heading that run into it.
    """

    number: SectionNumber
    title: str
    breadcrumb: tuple[str, ...]
    text: str
    start: int
    end: int
    body_start: int

    @property
    def id(self) -> str:
        """Compact section number, unique in the plan."""
        return self.number.id

    @property
    def label(self) -> str:
        """Section number as printed."""
        return self.number.label

    @cached_property
    def plain(self) -> str:
        """The text as patterns read it (`Plan.plain`)."""
        return half_width(self.text)


@dataclass(frozen=True)
class Section:
    """A node of the outline: a heading, a clause, or both.

    Attributes:
        number: where it stands.
        title: heading without the number.
        depth: 0 at the top.
        start: first character of the heading in the source.
        end: one past the heading's last character (its title's, where the body runs on).
        parent: the section above, None at the top.
        children: ids of the sections below, in order.
        clause: its own text, None for a bare heading.
    """

    number: SectionNumber
    title: str
    depth: int
    start: int
    end: int
    parent: str | None
    children: tuple[str, ...]
    clause: Clause | None

    @property
    def id(self) -> str:
        """Compact section number, unique in the plan."""
        return self.number.id


@dataclass(frozen=True)
class Plan:
    """One official document.

    Attributes:
        title: the document's name, without 《》.
        source: the text as it was given, every character.
        sections: the outline in document order; the tree is in `parent` and `children`.
        body_start: where the document itself begins; what stands before is front matter of the page.
        warnings: what a reader should know about how it was read, one line each.
    """

    title: str
    source: str
    sections: tuple[Section, ...]
    body_start: int = 0
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in document order."""
        return tuple(section.clause for section in self.sections if section.clause)

    @cached_property
    def plain(self) -> str:
        """The source as patterns read it: half-width, as questions are made; places are those of `source`."""
        return half_width(self.source)

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the source, as UTF-8, in hexadecimal."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    @cached_property
    def _by_id(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    def section(self, section_id: str) -> Section | None:
        """Return the section with that id, or None."""
        return self._by_id.get(section_id)

    def clause(self, section_id: str) -> Clause | None:
        """Return the clause with that id, or None where there is none or the section is a bare heading."""
        section = self._by_id.get(section_id)
        return section.clause if section else None

    def children(self, section_id: str | None) -> tuple[Section, ...]:
        """Return the sections right below `section_id`; those at the top for None."""
        if section_id is None:
            return tuple(section for section in self.sections if section.parent is None)
        section = self._by_id.get(section_id)
        return tuple(self._by_id[child] for child in section.children) if section else ()

    def under(self, section_id: str) -> tuple[Section, ...]:
        """Return the section and all below it, in document order; empty if there is no such section."""
        section = self._by_id.get(section_id)
        if section is None:
            return ()
        return (section, *(below for child in section.children for below in self.under(child)))

    def breadcrumb(self, section_id: str) -> tuple[str, ...]:
        """Return the titles from the top down to the section's own; sections without a title are left out."""
        section = self._by_id[section_id]
        above = self.breadcrumb(section.parent) if section.parent else ()
        return (*above, section.title) if section.title else above

    def find(self, written: str) -> Section | None:
        """Return the section that a person means by `written`, in any notation; None where the plan has none.

        The id itself wins; then the rungs as written; then the ordinals taken down the outline (`2.3.4` is the fourth
        of the third of the second).
        """
        if found := self._by_id.get(written.strip()):
            return found
        rungs = parse_rungs(written)
        if not rungs:
            return None
        return self._by_id.get(SectionNumber(rungs).id) or self._by_place([rung.ordinal for rung in rungs])

    def _by_place(self, ordinals: list[int]) -> Section | None:
        below = self.children(None)
        found: Section | None = None
        for wanted in ordinals:
            numbered = [section for section in below if section.number.is_numbered]
            found = next((section for section in numbered if section.number.rungs[-1].ordinal == wanted), None)
            if found is None:
                return None
            below = self.children(found.id)
        return found
