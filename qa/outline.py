"""Answers that the outline gives exactly: a section by its number, what stands under a heading, where words occur."""

from __future__ import annotations

import re

import rjieba

from index.plan import Plan, Section
from index.sentences import Span, sentences
from index.width import half_width
from qa.answer import Citation, Statement
from qa.frames import Frames

_LINE = 60
"""Characters of a line that shows where words stand."""
_GLOSS = re.compile(r"([^,,。;；、:：()\s“”]{2,24})\(([A-Za-z0-9]*[A-Za-z][A-Za-z0-9+/—–-]{1,15})\)")
"""Words, and in brackets what stands for them."""
_DASHES = re.compile("[—–-]")
_COUNTING = re.compile("[首个批家项处]$")
_RUNGS = frozenset("镇乡区县市村")
"""How the name of a place ends."""
GIST = 260
"""Characters of a clause's main statements that a look-up shows; the whole clause is one click away."""


def citation(plan: Plan, section: Section, start: int, end: int) -> Citation:
    """Return the citation of a stretch of the plan's source in `section`."""
    return Citation.of(plan, section.id, start, end)


def title_citation(plan: Plan, section: Section) -> Citation:
    """Return the citation of a section's heading, or of its first sentence where it has no heading."""
    at = plan.source.find(section.title, section.start, section.end) if section.title else -1
    if at >= 0:
        return citation(plan, section, at, at + len(section.title))
    first = _sentences(plan, section)[0]
    return citation(plan, section, first.start, first.end)


def _sentences(plan: Plan, section: Section) -> list[Span]:
    clause = section.clause
    return sentences(plan.plain, clause.body_start, clause.end) if clause else []


def gist(plan: Plan, section: Section, order: list[Span] | None = None, limit: int = GIST) -> list[Statement]:
    """Return heading and main statements of a section, and the headings below it.

    Args:
        plan: where it stands.
        section: what is asked for.
        order: its sentences, most telling first; as printed where None.
        limit: characters of its sentences, at most; the first is always shown.
    """
    statements = []
    if section.title:
        title = title_citation(plan, section)
        statements.append(Statement(f"「{title.quote}」", (title,)))
    chosen: list[Span] = []
    for span in order if order is not None else _sentences(plan, section):
        if not chosen or sum(s.end - s.start for s in chosen) + span.end - span.start <= limit:
            chosen.append(span)
    for span in sorted(chosen, key=lambda s: s.start):
        quote = citation(plan, section, span.start, span.end)
        statements.append(Statement(f"「{quote.quote}」", (quote,)))
    statements += [heading(plan, child) for child in plan.children(section.id)]
    return statements


def heading(plan: Plan, section: Section) -> Statement:
    """Return the line that shows a section's number and heading."""
    title = title_citation(plan, section)
    return Statement(f"{section.number.rungs[-1].label}「{title.quote}」", (title,))


def children(plan: Plan, section: Section | None, frames: Frames) -> list[Statement]:
    """Return how many sections stand right below `section` (the whole plan for None), and their headings."""
    below = [child for child in plan.children(section.id if section else None) if child.number.is_numbered]
    if section is None:
        return [Statement(frames.parts_of_plan(plan.title, len(below))), *(heading(plan, child) for child in below)]
    title = title_citation(plan, section)
    return [
        Statement(frames.children_of(title.quote, len(below)), (title,)),
        *(heading(plan, child) for child in below),
    ]


def placed(plan: Plan, section: Section) -> list[Statement]:
    """Return a section's heading and the headings above it."""
    lines = [heading(plan, section)]
    above = plan.section(section.parent) if section.parent else None
    while above is not None:
        lines.append(heading(plan, above))
        above = plan.section(above.parent) if above.parent else None
    return lines


def titles(plan: Plan, word: str, frames: Frames) -> list[Statement]:
    """Return the headings that hold `word`; empty where none does."""
    found = [heading(plan, section) for section in plan.sections if word.lower() in half_width(section.title).lower()]
    return [Statement(frames.titles_with(word, len(found))), *found] if found else []


def occurrences(plan: Plan, phrase: str, frames: Frames, within: str = "") -> list[Statement]:
    """Return every clause and bare heading that holds `phrase`, each with the part of a sentence that does.

    Args:
        plan: where it is looked for.
        phrase: the words, compared without regard to case.
        frames: the frame words.
        within: id of the section to look in; empty for the whole plan.
    """
    inside = {section.id for section in plan.under(within)} if within else {section.id for section in plan.sections}
    wanted = re.compile(rf"{re.escape(phrase)}{_in_list(phrase)}", re.I)
    found: list[Statement] = []
    for section in plan.sections:
        if section.id not in inside:
            continue
        start, end = (section.clause.start, section.clause.end) if section.clause else (section.start, section.end)
        if at := wanted.search(plan.plain, start, end):
            quote = citation(plan, section, *_around(plan.plain, *at.span(), start, end))
            found.append(Statement(f"{section.title}:「{quote.quote}」" if section.title else f"「{quote.quote}」", (quote,)))
    if not found:
        return []
    return [Statement(frames.found_in(phrase, len(found))), *found] if len(found) > 1 else found


def _in_list(phrase: str) -> str:
    """Return the pattern of a place within a list that has the last word of its name once (石门、响洪、九井三镇), after `|`; empty for other words."""
    if len(phrase) < 3 or phrase[-1] not in _RUNGS:
        return ""
    return rf"|{re.escape(phrase[:-1])}(?=(?:[、和及与][\u4e00-\u9fff]{{2,4}})*[两三四五六七八九十]个?{phrase[-1]})"


def spelt_out(plan: Plan, text: str) -> tuple[Statement, str] | None:
    """Return where the plan gives an abbreviation that `text` names with the words that it stands for, and those words or it.

    「F5G中文全称」: 「加快发展第五代固定网络(F5G)」 and 第五代固定网络; asked from the words, the abbreviation.
    """
    asked = _DASHES.sub("", text).lower()
    for match in _GLOSS.finditer(plan.plain):
        name, short = _name_in(match[1]), match[2]
        if _DASHES.sub("", short).lower() in asked or (len(name) >= 4 and name in text):
            section = next((s for s in plan.sections if s.clause and s.clause.start <= match.start() < s.clause.end), None)
            if section and section.clause:
                quote = citation(plan, section, *_around(plan.plain, *match.span(), section.clause.start, section.clause.end))
                return Statement(f"「{quote.quote}」", (quote,)), short if name in text else name
    return None


def _name_in(text: str) -> str:
    """Return `text` without the verbs and counts before its noun phrase (发布省内首个城市云脑服务平台: 城市云脑服务平台)."""
    words = list(rjieba.tag(text))
    while len(words) > 1 and (words[0][1].startswith(("v", "p", "d", "r", "c", "u", "s", "f")) or _COUNTING.search(words[0][0])):
        words.pop(0)
    return "".join(word for word, _ in words)


def _around(source: str, at: int, after: int, start: int, end: int) -> tuple[int, int]:
    """Return the sentence that holds the stretch from `at` to `after`; of a long one the part, and what follows it while it is short."""
    first, last = _between("[。;；!?！？\n]", source, at, after, start, end)
    if last - first > _LINE:
        stop = last
        first, last = _between("[。,，;；:：!?！？\n]", source, at, after, start, end)
        while last < stop and (further := re.compile("[,，:：]|$").search(source, last + 1, stop)) and further.start() - first <= _LINE:
            last = further.start()
    while first < at and source[first].isspace():
        first += 1
    return first, last


def _between(stops: str, source: str, at: int, after: int, start: int, end: int) -> tuple[int, int]:
    """Return where the stretch between two of `stops` that holds `at` to `after` begins and ends, within `start` and `end`."""
    marks = re.compile(stops)
    before = [match.end() for match in marks.finditer(source, start, at)]
    behind = marks.search(source, after, end)
    return before[-1] if before else start, behind.start() if behind else end
