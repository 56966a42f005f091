"""What people type, made comparable with what plans print: width, script, stray signs, slips of the pinyin keyboard."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

import rjieba
from pypinyin import lazy_pinyin

from index.plan import Plan
from index.width import half_width

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_DROPPED = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_ROMANS = dict(zip("I II III IV V VI VII VIII IX X".split(), "一二三四五六七八九十", strict=True))
_ROMAN = re.compile(r"(?<![A-Za-z])(?:VI{1,3}|IV|IX|I{1,3}|V|X)(?=\s*\([一二三四五六七八九十]{1,3}\))")
"""A Roman number where a section number begins: II(三)5."""
_LONGEST, _SHORTEST = 6, 3
_PARTICLES = "是的有和"
"""Characters so common that they are meant where they stand (青岛是第一批 is no slip of 青岛市)."""


@cache
def _to_simplified() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """Return `text` in NFKC (full width becomes half width), simplified script, years in digits, the Roman first part of a section number in Han, without control signs and emoji."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("So", "Sk", "Cn", "Co", "Cs"))
    plain = _ROMAN.sub(lambda number: _ROMANS[number[0]], plain)
    simplified = half_width(str(_to_simplified().convert(plain)))
    return re.sub(r"\s+", " ", simplified).strip()


class SlipCorrector:
    """Finds words that were typed with the right sound and the wrong characters, judged by the plan's own words.

    A stretch is replaced where it begins and ends between words, sounds like whole words of the plan and is not written
    there itself.
    """

    def __init__(self, plans: tuple[Plan, ...]) -> None:
        self._text = "\n".join(plan.plain for plan in plans)
        self._by_sound: dict[tuple[str, ...], str] = {}
        for run in set(_HAN_RUN.findall(self._text)):
            sounds = tuple(lazy_pinyin(run))
            for first, last in _stretches(run):
                self._by_sound.setdefault(sounds[first:last], run[first:last])

    def correct(self, text: str) -> str:
        """Return `text` with slips replaced, longest stretch first. What the plan itself writes is never touched."""
        return _HAN_RUN.sub(lambda run: self._correct_run(run[0]), text)

    def _correct_run(self, run: str) -> str:
        sounds = tuple(lazy_pinyin(run)) if run else ()
        for first, last in sorted(_stretches(run), key=lambda stretch: stretch[0] - stretch[1]):
            written = run[first:last]
            if written in self._text:
                continue
            meant = self._by_sound.get(sounds[first:last])
            if meant and not any(a in _PARTICLES and a != b for a, b in zip(written, meant, strict=True)) and sum(a == b for a, b in zip(written, meant, strict=True)) >= len(written) // 2:
                return self._correct_run(run[:first]) + meant + self._correct_run(run[last:])
        return run


def _stretches(run: str) -> list[tuple[int, int]]:
    """Return the stretches of 3 to 6 characters that begin and end between words."""
    edges = [0]
    for word in rjieba.cut(run):
        edges.append(edges[-1] + len(word))
    return [(a, b) for i, a in enumerate(edges) for b in edges[i + 1 :] if _SHORTEST <= b - a <= _LONGEST]
