"""Which lines of a document begin a section, and on which rung of the ladder."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.numerals import HAN_DIGITS, ordinal
from index.section import Rung, Style

_HAN = rf"[{HAN_DIGITS}]{{1,4}}"
_ANY = rf"(?:[0-9０-９]{{1,3}}|{_HAN})"
_GAP = r"[ \t\u3000\xa0]*"
# Order matters: the first pattern that matches wins. Group 1 is the ordinal.
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (Style.BOOK, rf"第{_GAP}({_ANY}){_GAP}编(?![制写])"),
        (Style.VOLUME, rf"第{_GAP}({_ANY}){_GAP}篇(?!章)"),
        (Style.PART, rf"第{_GAP}({_ANY}){_GAP}部分"),
        (Style.CHAPTER, rf"第{_GAP}({_ANY}){_GAP}章"),
        (Style.SECTION, rf"第{_GAP}({_ANY}){_GAP}节"),
        (Style.ARTICLE, rf"第{_GAP}({_ANY}){_GAP}条(?![第款、和至之的规])"),
        (Style.BOX, rf"专栏{_GAP}({_ANY})"),
        (Style.HAN, rf"({_HAN}){_GAP}[、.．]"),
        (Style.HAN_BRACKETS, rf"[(（]?{_GAP}({_HAN}){_GAP}[)）](?![、,,至和-])"),
        (Style.DECIMAL, r"([0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,4})(?![0-9０-９.．%％万亿倍个元])"),
        (Style.ARABIC, r"([0-9０-９]{1,3})(?:[.．](?![0-9０-９])|、(?![0-9０-９]{2,}))"),
        (Style.ARABIC_BRACKETS, rf"[(（]?{_GAP}([0-9０-９]{{1,2}}){_GAP}[)）](?![、,,至和-])"),
        (Style.CIRCLED, r"([\u2460-\u2473])"),
    )
)
_BARE_ARABIC = re.compile(r"([0-9０-９]{1,2})[ \t\u3000\xa0]+(?=[\u4e00-\u9fff])")
_STRONG = {Style.BOOK, Style.VOLUME, Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.HAN, Style.BOX,
           Style.HAN_BRACKETS}  # fmt: skip
"""Marks that begin a section even where the number before is missing; the others must go on from the one before."""
_AFTER_MARK = re.compile(r"[ \t\u3000\xa0、.．::]*")


@dataclass(frozen=True)
class Mark:
    """What stands at the beginning of a line that may begin a section.

    Attributes:
        style: the rung's style.
        ordinals: its number; several for `1.2.3`.
        length: characters of the line that the mark takes, blanks after it included.
    """

    style: Style
    ordinals: tuple[int, ...]
    length: int


def read_mark(line: str, *, bare_arabic: bool = False) -> Mark | None:
    """Return the mark at the beginning of `line`, or None.

    Args:
        line: without leading blanks.
        bare_arabic: take `1 总则` as a heading, as documents numbered 1, 1.1, 1.1.1 write it.
    """
    for style, pattern in _PATTERNS:
        if match := pattern.match(line):
            return _mark(style, match, line)
    if bare_arabic and (match := _BARE_ARABIC.match(line)):
        return _mark(Style.ARABIC, match, line)
    return None


def _mark(style: Style, match: re.Match[str], line: str) -> Mark | None:
    try:
        ordinals = tuple(ordinal(part) for part in re.split("[.．]", match[1]))
    except ValueError:
        return None
    after = _AFTER_MARK.match(line, match.end())
    return Mark(style, ordinals, after.end() if after else match.end())


class Ladder:
    """Where the next section hangs: the rungs that are open, from the top down."""

    def __init__(self) -> None:
        self.open: list[Rung] = []
        self._last: dict[Style, int] = {}

    def place(self, mark: Mark) -> tuple[Rung, ...] | None:
        """Open the section that `mark` begins and return its rungs, or None where the mark cannot begin one.

        A style that is open is taken up again there; a new one hangs below the deepest open rung. A weak mark (`2.`,
        `(2)`, `1.2`) has to be the first of its rung or go on from the one before, so that a number at the beginning of
        a paragraph is not taken for a heading.
        """
        if mark.style is Style.DECIMAL:
            return self._place_decimal(mark.ordinals)
        (number,) = mark.ordinals
        styles = [rung.style for rung in self.open]
        level = styles.index(mark.style) if mark.style in styles else len(styles)
        if mark.style is Style.BOX:
            level = next((i for i, style in enumerate(styles) if style is Style.BOX), len(styles))
        before = self.open[level].ordinal if level < len(styles) else 0
        if mark.style not in _STRONG and not (number == before + 1 or (level < len(styles) and number == before + 2)):
            return None
        self.open[level:] = [Rung(mark.style, number)]
        return tuple(self.open)

    def _place_decimal(self, ordinals: tuple[int, ...]) -> tuple[Rung, ...] | None:
        first = next((i for i, rung in enumerate(self.open) if rung.style in (Style.ARABIC, Style.DECIMAL)), None)
        if first is None:
            if ordinals[-1] != 1:
                return None
            self.open += [Rung(Style.DECIMAL, number) for number in ordinals]
            return tuple(self.open)
        path = [rung.ordinal for rung in self.open[first:]]
        depth = len(ordinals)
        if list(ordinals[:-1]) != path[: depth - 1]:
            return None
        before = path[depth - 1] if len(path) >= depth else 0
        if ordinals[-1] != before + 1:
            return None
        self.open[first + depth - 1 :] = [Rung(Style.DECIMAL, ordinals[-1])]
        return tuple(self.open)

    def name(self, name: str, place: int) -> tuple[Rung, ...]:
        """Close all rungs and open a named one at the top."""
        self.open = [Rung(Style.NAMED, place, name)]
        return tuple(self.open)
