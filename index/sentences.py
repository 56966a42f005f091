"""Sentences and the parts between commas, with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]+$")
_OPENING, _CLOSING = "“‘「『(（《【", "”’」』)）》】"


@dataclass(frozen=True)
class Span:
    """A piece of a text: `text[start:end]`, characters from 0."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the span."""
        return text[self.start : self.end]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of `text[start:end]` in order, without blanks around and without empty ones."""
    stop = len(text) if end is None else end
    spans: list[Span] = []
    first = start
    for match in _SENTENCE.finditer(text, start, stop):
        open_brackets = sum((sign in "(（") - (sign in ")）") for sign in text[first : match.end()])
        if open_brackets > 0 and text[match.end() - 1] in ";；" and match.end() < stop:
            continue  # a semicolon within brackets ends nothing
        spans.append(_trim(text, first, match.end()))
        first = match.end()
    return [span for span in spans if span.end > span.start]


def parts(text: str, sentence: Span) -> list[Span]:
    """Return the parts of a sentence between commas, the final stop left out; commas inside brackets do not split."""
    spans: list[Span] = []
    depth, first = 0, sentence.start
    for place in range(sentence.start, sentence.end):
        sign = text[place]
        depth += (sign in _OPENING) - (sign in _CLOSING and depth > 0)
        if sign in ",,，:：" and depth == 0 and not _inside_number(text, place):
            spans.append(_trim(text, first, place))
            first = place + 1
    spans.append(_trim(text, first, sentence.end))
    ends = "。！？!?；;"
    spans = [Span(s.start, s.end - 1) if s.end > s.start and text[s.end - 1] in ends else s for s in spans]
    return [span for span in spans if span.end > span.start]


def _inside_number(text: str, place: int) -> bool:
    return text[place] == "," and text[place - 1 : place].isdigit() and text[place + 1 : place + 4].isdigit()


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
