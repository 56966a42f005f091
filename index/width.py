"""Full-width letters, digits and signs as half-width ones, one for one, so that places in a text stay the same."""

from __future__ import annotations

import re

_HALF = {0x3000: " ", **{full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}}
"""U+3000 and U+FF01 to U+FF5E, Halfwidth and Fullwidth Forms of the Unicode standard."""


_HAN_YEAR = re.compile("(?:一九|二[零〇])[零〇一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


def half_width(text: str) -> str:
    """Return `text` with its full-width letters, digits and signs half-width, and years in digits (二〇三〇年); as many characters as before."""
    return _HAN_YEAR.sub(lambda year: year[0].translate(_HAN_DIGITS), text.translate(_HALF))
