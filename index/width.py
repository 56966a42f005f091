"""Full-width letters, digits and signs as half-width ones, one for one, so that places in a text stay the same."""

from __future__ import annotations

_HALF = {0x3000: " ", **{full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}}
"""U+3000 and U+FF01 to U+FF5E, Halfwidth and Fullwidth Forms of the Unicode standard."""


def half_width(text: str) -> str:
    """Return `text` with its full-width letters, digits and signs half-width; as many characters as before."""
    return text.translate(_HALF)
