"""The plan as it is read beside the chat: outline, search, every clause with its address.

Every element with `data-s` holds exactly the source text from that character on, so that the browser script can mark a
quote by its range: the same words standing twice in a clause are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from index.plan import Plan, Section
from page.address import clause_link, section_anchor
from page.texts import both, spoken

_LINE = re.compile(r"[^\n]+")
_BLANK = " \t\r\u3000\xa0\ufeff\u200b"


def plan_panel(plans: Sequence[Plan]) -> str:
    """Return the panel's markup: tools, outline, text of all plans."""
    outlines = "".join(_outline(plan, place) for place, plan in enumerate(plans))
    texts = "".join(_document(plan, place) for place, plan in enumerate(plans))
    return (
        f'<section id="plan" {spoken("plan")}>{_tools()}'
        f'<nav id="outline" {spoken("outline")} hidden>{outlines}</nav>'
        '<div id="hits" role="region" aria-live="polite" hidden></div>'
        f'<div id="plan-text" tabindex="0" role="region" {spoken("plan")}>{texts}</div></section>'
    )


def _tools() -> str:
    return (
        '<div class="plan-tools">'
        f'<button type="button" id="plan-back" class="quiet" hidden>← {both("back")}</button>'
        f'<button type="button" id="plan-outline" class="quiet" aria-expanded="false" aria-controls="outline">'
        f"{both('outline')}</button>"
        f'<input id="plan-search" type="search" autocomplete="off" {spoken("search")} {_hint("search")}>'
        f'<span id="plan-here" {spoken("here", "title")}></span>'
        f'<button type="button" id="plan-print" class="quiet">{both("print")}</button>'
        f'<button type="button" id="plan-close" class="quiet">{both("close")}</button></div>'
    )


def _hint(key: str) -> str:
    attribute = spoken(key, "placeholder")
    return attribute.replace("data-zh", "data-hint-zh").replace("data-en", "data-hint-en")


def _outline(plan: Plan, place: int) -> str:
    title = f'<p class="outline-title">{escape(plan.title)}</p>'
    top = plan.children(None)
    body = "".join(_outline_item(plan, section, place) for section in top if section.start >= plan.body_start)
    quoted = "".join(_outline_item(plan, section, place) for section in top if section.start < plan.body_start)
    caption = f'<p class="caption">{both("quoted_passages")}</p><ul>{quoted}</ul>' if quoted else ""
    return f"{title}<ul>{body}</ul>{caption}"


def _outline_below(plan: Plan, parent: str | None, place: int) -> str:
    items = "".join(_outline_item(plan, section, place) for section in plan.children(parent))
    return f"<ul>{items}</ul>" if items else ""


def _outline_item(plan: Plan, section: Section, place: int) -> str:
    number = f'<span class="no">{escape(section.number.rungs[-1].label)}</span> ' if section.number.is_numbered else ""
    title = section.title or ("" if section.number.is_numbered else section.id)
    first_words = section.clause.text[:16] + "…" if not title and section.clause else title
    link = f'<a href="{clause_link(section.id, plan=place)}">{number}{escape(first_words)}</a>'
    if not section.children:
        return f"<li>{link}</li>"
    fold = f'<button type="button" class="fold" aria-expanded="true" {spoken("outline")}></button>'
    return f'<li class="branch">{fold}{link}{_outline_below(plan, section.id, place)}</li>'


def _document(plan: Plan, place: int) -> str:
    loose = _outside_clauses(plan)
    body = "".join(_section(plan, section, place) for section in plan.sections if section.start >= plan.body_start)
    quoted = "".join(_section(plan, section, place) for section in plan.sections if section.start < plan.body_start)
    front = f'<details class="front"><summary>{both("front")}</summary>{loose}</details>' if loose else ""
    front += f'<p class="caption">{both("quoted_passages")}</p>{quoted}' if quoted else ""
    return (
        f'<article class="document" data-plan="{place}" data-title="{escape(plan.title, quote=True)}" lang="zh">'
        f'<h2 class="plan-title">{escape(plan.title)}</h2>{body}{front}</article>'
    )


def _outside_clauses(plan: Plan) -> str:
    """Return what stands before the body and belongs to no section: the news page around the plan."""
    taken = [(section.start, section.end) for section in plan.sections if section.start < plan.body_start]
    taken += [(clause.start, clause.end) for clause in plan.clauses if clause.start < plan.body_start]
    shown = ""
    for start, end in _lines(plan.source, 0, plan.body_start):
        if not any(first < end and start < last for first, last in taken):
            shown += _text("p", plan, start, end)
    return f'<div class="loose">{shown}</div>' if shown else ""


def _section(plan: Plan, section: Section, place: int) -> str:
    label, section_id = escape(section.number.label, quote=True), escape(section.id, quote=True)
    crumbs = escape(" › ".join(plan.breadcrumb(section.id)), quote=True)
    link = clause_link(section.id, plan=place)
    permalink = f'<a class="address" href="{link}" {spoken("link_clause", "title")}>{section_id}</a>'
    return (
        f'<section class="clause depth{min(section.depth, 4)}" '
        f'id="{escape(section_anchor(section.id, place), quote=True)}" '
        f'data-id="{section_id}" data-label="{label}" data-crumbs="{crumbs}" '
        f'data-numbered="{"yes" if section.number.is_numbered else "no"}" tabindex="-1">'
        f"{permalink}{_heading(plan, section)}{_body(plan, section)}</section>"
    )


def _heading(plan: Plan, section: Section) -> str:
    clause = section.clause
    runs_in = clause is not None and clause.start == section.start
    start, end = section.start, (clause.body_start if clause and runs_in else section.end)
    while end > start and plan.source[end - 1] in _BLANK + "\n":
        end -= 1
    return _text(f"h{min(section.depth + 3, 6)}", plan, start, end) if end > start else ""


def _body(plan: Plan, section: Section) -> str:
    clause = section.clause
    if clause is None:
        return "" if section.children else f'<p class="missing">{both("heading_only")}</p>'
    return "".join(_text("p", plan, start, end) for start, end in _lines(plan.source, clause.body_start, clause.end))


def _lines(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the lines of `source[start:end]` that are not blank, without blanks at both ends."""
    ranges = []
    for match in _LINE.finditer(source, start, end):
        line = match[0]
        first = match.start() + len(line) - len(line.lstrip(_BLANK))
        last = match.end() - (len(line) - len(line.rstrip(_BLANK)))
        if first < last:
            ranges.append((first, last))
    return ranges


def _text(tag: str, plan: Plan, start: int, end: int) -> str:
    return f'<{tag} data-s="{start}" data-e="{end}">{escape(plan.source[start:end])}</{tag}>'
