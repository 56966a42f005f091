"""The ladder of a section as a value: 三 → (一) → 2 → (3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import total_ordering

from index.numerals import HAN_DIGITS, han, ordinal


class Style(Enum):
    """How a rung of the ladder is written. The value holds `{}` where the ordinal stands."""

    BOOK = "第{}编"
    VOLUME = "第{}篇"
    PART = "第{}部分"
    CHAPTER = "第{}章"
    SECTION = "第{}节"
    ARTICLE = "第{}条"
    HAN = "{}"
    HAN_BRACKETS = "({})"
    ARABIC = "{}#"
    ARABIC_BRACKETS = "({}#)"
    CIRCLED = "{}○"
    DECIMAL = "{}##"
    BOX = "专栏{}#"
    PARAGRAPH = "段{}#"
    NAMED = ""


_ARABIC_STYLES = {Style.ARABIC, Style.ARABIC_BRACKETS, Style.CIRCLED, Style.DECIMAL, Style.BOX, Style.PARAGRAPH}
OFFICIAL_LADDER = (Style.HAN, Style.HAN_BRACKETS, Style.ARABIC, Style.ARABIC_BRACKETS)
"""一、 → (一) → 1. → (1): the order in which Chinese official documents number (GB/T 9704-2012, 7.3.3)."""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder.

    Attributes:
        style: how it is written.
        ordinal: its number, from 1; for a named rung its place among the named ones.
        name: what is written instead of a number (前言, 导读:…); empty otherwise.
    """

    style: Style
    ordinal: int
    name: str = ""

    @property
    def id(self) -> str:
        """The rung as an id writes it: half-width, without blanks, 、 and full stops."""
        if self.style is Style.NAMED:
            return self.name
        if self.style is Style.CIRCLED:
            return chr(0x2460 + self.ordinal - 1) if self.ordinal <= 20 else f"({self.ordinal})"
        written = str(self.ordinal) if self.style in _ARABIC_STYLES else han(self.ordinal)
        return str(self.style.value).replace("#", "").format(written)

    @property
    def label(self) -> str:
        """The rung as a document prints it."""
        return self.id + {Style.HAN: "、", Style.ARABIC: "."}.get(self.style, "")


@total_ordering
@dataclass(frozen=True, eq=True)
class SectionNumber:
    """Where a clause stands in its plan.

    Attributes:
        rungs: from the top of the ladder down, at least one.
    """

    rungs: tuple[Rung, ...]

    @property
    def id(self) -> str:
        """Compact form, as answers cite it: `三(一)2(3)`."""
        return self._join([rung.id for rung in self.rungs])

    @property
    def label(self) -> str:
        """Printed form: `三、(一)2.(3)`; a single rung too keeps its mark: `三、`."""
        return self._join([rung.label for rung in self.rungs])

    def _join(self, parts: list[str]) -> str:
        joined = ""
        for rung, part, above in zip(self.rungs, parts, (None, *self.rungs), strict=False):
            if rung.style is Style.DECIMAL and above is not None and above.style in (Style.ARABIC, Style.DECIMAL):
                joined = joined.rstrip(".") + "."
            joined += part
        return joined

    @property
    def ordinals(self) -> tuple[int, ...]:
        """The numbers of the rungs, from the top."""
        return tuple(rung.ordinal for rung in self.rungs)

    @property
    def is_numbered(self) -> bool:
        """False where the document gives the passage no number of its own (前言, 导读:…)."""
        return self.rungs[-1].style not in (Style.NAMED, Style.PARAGRAPH)

    @property
    def parent(self) -> SectionNumber | None:
        """One rung up, or None at the top."""
        return SectionNumber(self.rungs[:-1]) if len(self.rungs) > 1 else None

    @property
    def next(self) -> SectionNumber:
        """The number that follows on the same rung, whether or not the plan has it."""
        return self._moved(1)

    @property
    def previous(self) -> SectionNumber | None:
        """The number that comes before on the same rung; None before the first."""
        return self._moved(-1) if self.rungs[-1].ordinal > 1 else None

    def _moved(self, step: int) -> SectionNumber:
        last = self.rungs[-1]
        return SectionNumber((*self.rungs[:-1], Rung(last.style, last.ordinal + step, last.name)))

    def child(self, rung: Rung) -> SectionNumber:
        """Return the number one rung below this one."""
        return SectionNumber((*self.rungs, rung))

    def __lt__(self, other: SectionNumber) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[tuple[bool, int], ...]:
        return tuple((rung.style is not Style.NAMED, rung.ordinal) for rung in self.rungs)

    def __str__(self) -> str:
        return self.id

    @classmethod
    def parse(cls, text: str) -> SectionNumber:
        """Read a section number as people write it.

        Takes `三(一)2(3)`, `三、(一)2.(3)`, full-width brackets and digits, blanks, `第三章第二节一(二)`. Notations that
        name rungs by place only, `第二部分第三节第4条` and `2.3.4`, become rungs of the official ladder.

        Raises:
            ValueError: `text` is no section number.
        """
        rungs = parse_rungs(text)
        if not rungs:
            raise ValueError(f"expected a section number such as 三(一)2(3), got {text!r}")
        return cls(rungs)


_NUMERAL = rf"(?:[0-9]{{1,3}}|[{HAN_DIGITS}]{{1,5}})"
_STEP = re.compile(
    rf"第(?P<worded>{_NUMERAL})(?P<word>部分|小点|小项|小节|个|大点|[编篇章节条款项点目])(?:方面|要点)?"
    rf"|\((?P<bracketed>{_NUMERAL})\)"
    rf"|(?P<half>{_NUMERAL})\)"
    rf"|(?P<han>[{HAN_DIGITS}]{{1,5}})"
    rf"|(?P<arabic>[0-9]{{1,3}})"
)
_WORD_STYLES = {"编": Style.BOOK, "篇": Style.VOLUME, "章": Style.CHAPTER, "节": Style.SECTION, "条": Style.ARTICLE}
_SEPARATORS = " \t\u3000\xa0、.,,。．·-—–的/"


def parse_rungs(text: str) -> tuple[Rung, ...]:
    """Return the rungs that the whole of `text` writes, or an empty tuple if it is no section number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    steps: list[tuple[str, int]] = []
    position = 0
    while position < len(plain):
        if plain[position] in _SEPARATORS:
            position += 1
            continue
        match = _STEP.match(plain, position)
        if not match:
            return ()
        kind = match["word"] or match.lastgroup or ""
        value = next(match[group] for group in ("worded", "bracketed", "half", "han", "arabic") if match[group])
        try:
            steps.append((("han_" if kind in ("bracketed", "half") and not value.isdecimal() else "") + kind, ordinal(value)))
        except ValueError:
            return ()
        position = match.end()
    if not steps or len(steps) > 8 or any(value < 1 for _, value in steps):
        return ()
    return _styled(steps)


def _styled(steps: list[tuple[str, int]]) -> tuple[Rung, ...]:
    kinds = [kind for kind, _ in steps]
    worded = kinds[0] in _WORD_STYLES
    by_place = kinds[0] in ("部分", "点", "大点", "项", "个", "款", "目") or all(kind == "arabic" for kind in kinds)
    if by_place and len(steps) <= len(OFFICIAL_LADDER):
        return tuple(Rung(style, value) for style, (_, value) in zip(OFFICIAL_LADDER, steps, strict=False))
    styles = {
        "han": Style.HAN, "han_bracketed": Style.HAN_BRACKETS, "han_half": Style.HAN_BRACKETS,
        "arabic": Style.ARABIC, "bracketed": Style.ARABIC_BRACKETS, "half": Style.ARABIC_BRACKETS,
    }  # fmt: skip
    rungs: list[Rung] = []
    for kind, value in steps:
        if worded and kind in _WORD_STYLES:
            style = _WORD_STYLES[kind]
        elif kind in styles:
            style = styles[kind]
        else:
            below = OFFICIAL_LADDER.index(rungs[-1].style) + 1 if rungs and rungs[-1].style in OFFICIAL_LADDER else 0
            style = OFFICIAL_LADDER[min(below, len(OFFICIAL_LADDER) - 1)]
        rungs.append(Rung(style, value))
    return tuple(rungs)
