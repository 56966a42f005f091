"""Text made safe to stand inside our own markup."""

from __future__ import annotations

_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'\\`*_[]()~|$#!{}"} | {ord("\n"): "<br>", ord("\t"): " "}
_CONTROLS = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, 0x0D, *range(0x0E, 0x20), 0x7F])


def plain(text: str) -> str:
    """Return `text` so that a browser shows exactly it: no tag, no entity and no Markdown in it takes effect.

    Control characters are dropped. Line ends become `<br>`, since a blank line would end the HTML block that Markdown
    leaves alone. Direction marks stay, but the style isolates every such text.
    """
    return text.translate(_CONTROLS | _ENTITIES)
