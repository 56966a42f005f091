"""Chinese and Arabic numerals as values, and back."""

from __future__ import annotations

import unicodedata

import cn2an

HAN_DIGITS = "零〇一二两三四五六七八九十百"
"""Characters of the ordinals that number sections; larger units do not number anything."""


def ordinal(text: str) -> int:
    """Return the whole number that `text` writes: ``十二``, ``12``, ``１２``, ``①``.

    Raises:
        ValueError: `text` is no whole number.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isdecimal():
        return int(plain)
    return int(cn2an.cn2an(plain.replace("〇", "零"), "smart"))


def han(number: int) -> str:
    """Return `number` (1 and up) as a section number writes it: 12 → 十二, not 一十二."""
    written = str(cn2an.an2cn(str(number)))
    return written.removeprefix("一") if 10 <= number < 20 else written
