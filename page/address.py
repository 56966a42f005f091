"""Where a clause, and a quote in it, is found on the page: the part of a link after `#`."""

from __future__ import annotations

from urllib.parse import quote


def clause_link(section_id: str, start: int | None = None, end: int | None = None, *, plan: int = 0) -> str:
    """Return the `href` that opens a clause of the plan panel, percent-encoded.

    Args:
        section_id: compact id.
        start: first character of the quote in the plan's source.
        end: one past its last.
        plan: place of the plan among those loaded, from 0.

    Returns:
        `#c-<id>`, with `@<start>-<end>` where a quote is to be marked; `#c1-…` in the second plan.
    """
    where = f"@{start}-{end}" if start is not None and end is not None else ""
    return f"#c{plan or ''}-{quote(section_id, safe='()')}{where}"


def section_anchor(section_id: str, plan: int = 0) -> str:
    """Return the id that the section's element has in the plan panel."""
    return f"c{plan or ''}-{section_id}"
