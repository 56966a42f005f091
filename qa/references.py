"""Section numbers in a question, in any notation, and the sections that they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.numerals import HAN_DIGITS, ordinal
from index.plan import Plan, Section
from index.section import Style, parse_rungs
from qa.scope import Mention

_HAN = rf"[{HAN_DIGITS}]{{1,3}}"
_ANY = rf"(?:\d{{1,3}}|{_HAN})"
_LADDER = re.compile(
    rf"(?<![{HAN_DIGITS}第\d]){_HAN}\s*[、.-]?\s*\({_HAN}\)(?:\s*[.、-]?\s*\d{{1,2}}(?![\d年%])\s*[.、-]?(?:\s*\(\d{{1,2}}\))?)?"
)
_DECIMAL = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%‰万亿个年元倍])")
_HYPHENED = re.compile(r"(?<![\d.A-Za-z-])\d{1,2}(?:-\d{1,2}){2,3}(?![\d-])")
_CALLED_SECTION = re.compile(r"(?:sections?|sec\.?|clause|§|章节|条款)\s*$", re.I)
_ARTICLES = re.compile(rf"(?:第\s*{_ANY}\s*[编篇章节条]\s*)+(?:{_HAN}\s*\({_HAN}\))?(?:\d{{1,2}}(?![\d年%])(?:\(\d{{1,2}}\))?)?")
_WORD = r"(?:大?部分|小点|小项|小条|小节|大点|大项|大条|方面|板块|项(?:工程|任务|行动|措施|举措|原则|目标)|[编篇章节条款项点块个])"
_FROM_END = r"(?:倒数|从(?:后|末尾|最后)(?:往前|向前|开始)?(?:数|起)?的?)"
_FIRST = r"(?:头一?|首|打头的?(?:那|第)?一?|开头的?(?:那|第)?一?|最先的?一?)"
_FINAL = r"(?:最后|末尾|末了|收尾|压轴|垫底|殿后)的?(?:那|第)?一?"
_STEP = rf"(?:{_FROM_END}?第\s*\(?{_ANY}\)?\s*(?:个?\s*{_WORD}|(?=[到至]\s*第?\s*{_ANY}\s*个?{_WORD}))|(?:{_FIRST}|{_FINAL})个?{_WORD})"
_BETWEEN = r"(?:原则|目标|任务)?[,,]?\s*(?:里面|里头|里边|当中|下面|下头|底下|[的里中下])*[,,、]?\s*"
_WORDED = re.compile(rf"(?:{_STEP}{_BETWEEN})(?:(?:{_STEP}|\({_ANY}\)){_BETWEEN})*")
_FURTHER = re.compile(rf"{_BETWEEN}{_WORDED.pattern}")
_ONE_WORDED = re.compile(rf"({_FROM_END})?第\s*\(?({_ANY})\)?\s*(?:个?\s*({_WORD})|$)|({_FIRST})个?({_WORD})|({_FINAL})个?({_WORD})|\(({_ANY})\)")
_BOX = re.compile(rf"专栏\s*({_ANY})")
_RANGE = re.compile(rf"\s*(?:到|至|[-—–~〜])\s*(?:第\s*)?(\(?)({_ANY})\)?(?![\d年%万])")
_TO = re.compile(rf"\s*(?:到|至|[-—–~〜])\s*(?:第\s*)?({_ANY})\s*个?{_WORD}")
_FIRST_FEW = re.compile(rf"(前|后|最后|末)\s*({_ANY})\s*个?({_WORD})")


@dataclass(frozen=True)
class Reference:
    """A place of a plan that a question names by number.

    Attributes:
        written: as the question writes it.
        sections: what it means; several for a range; empty where the plan has no such section.
        start: where in the question it begins (a heading named right before it included).
        end: one past the last character.
        nearest: the deepest section on the way that does exist, None where none does.
    """

    written: str
    sections: tuple[Section, ...]
    start: int
    end: int
    nearest: Section | None


def references(plan: Plan, text: str, named: list[Mention], base: Section | None = None) -> list[Reference]:
    """Return the sections that `text` names by number, in order.

    Args:
        plan: where they are looked up.
        text: a normalised question.
        named: the headings that the question names; `基本原则第二条` counts from the heading.
        base: what a bare `第三条` counts from where no heading is named: a section with children, from history.
    """
    found: list[Reference] = []
    for match in _LADDER.finditer(text):
        found.append(_numbered(plan, text, match))
    if not found and (hyphened := _HYPHENED.search(text)) and (section := plan.find(hyphened[0].replace("-", "."))):
        found.append(Reference(hyphened[0], (section,), *hyphened.span(), section))
    for match in _DECIMAL.finditer(text):
        if (plan.find(match[0]) or _CALLED_SECTION.search(text[: match.start()])) and not _overlaps(found, match):
            found.append(_numbered(plan, text, match))
    if not found and (match_article := _ARTICLES.search(text)) and plan.section(match_article[0].replace(" ", "")):
        found.append(_numbered(plan, text, match_article))
    if not found and (boxed := _BOX.search(text)) and (box := _box(plan, boxed)):
        found = [Reference(boxed[0], (box,), *boxed.span(), box)]
        if further := _FURTHER.match(text, boxed.end()):
            return [_stepped(plan, text, found[0], further)]
    if not found:
        found = _worded(plan, text, named, base)
    elif len(found) == 1 and found[0].sections and (further := _FURTHER.match(text, found[0].end)):
        found = [_stepped(plan, text, found[0], further)]
    return sorted(found, key=lambda reference: reference.start)


def _box(plan: Plan, boxed: re.Match[str]) -> Section | None:
    """Return the box (专栏3) that is called by its number; boxes are numbered through the plan."""
    boxes = [section for section in plan.sections if section.number.rungs and section.number.rungs[-1].style is Style.BOX]
    return next((section for section in boxes if section.number.rungs[-1].ordinal == ordinal(boxed[1])), None)


def _overlaps(found: list[Reference], match: re.Match[str]) -> bool:
    return any(reference.start < match.end() and match.start() < reference.end for reference in found)


def _numbered(plan: Plan, text: str, match: re.Match[str]) -> Reference:
    written, end = match[0].strip(), match.end()
    section = plan.find(written)
    if section is None:
        return Reference(written, (), match.start(), end, _nearest(plan, written))
    if span := _RANGE.match(text, end):
        chosen = _until(plan, section, ordinal(span[2]))
        if len(chosen) > 1:
            return Reference(text[match.start() : span.end()], chosen, match.start(), span.end(), section)
    return Reference(written, (section,), match.start(), end, section)


def _until(plan: Plan, first: Section, last: int) -> tuple[Section, ...]:
    """Return the numbered sections of one rung from `first` to the one with the ordinal `last`."""
    return tuple(s for s in plan.children(first.parent) if s.number.is_numbered and first.number.rungs[-1].ordinal <= s.number.rungs[-1].ordinal <= last)


def _stepped(plan: Plan, text: str, above: Reference, further: re.Match[str]) -> Reference:
    """Return what `第五章第二节` and the steps in words after it (第二点) mean together."""
    section, nearest = _walk(plan, above.sections[0], [_step(one) for one in _ONE_WORDED.finditer(further[0])])
    if section and (span := _TO.match(text, further.end())):
        return Reference(text[above.start : span.end()].strip(), _until(plan, section, ordinal(span[1])), above.start, span.end(), section)
    written = text[above.start : further.end()].strip()
    return Reference(written, (section,) if section else (), above.start, further.end(), nearest)


def _nearest(plan: Plan, written: str) -> Section | None:
    rungs = parse_rungs(written)
    ordinals = [rung.ordinal for rung in rungs]
    for depth in range(len(ordinals) - 1, 0, -1):
        if found := plan.find(".".join(map(str, ordinals[:depth]))):
            return found
    return None


def _worded(plan: Plan, text: str, named: list[Mention], base: Section | None) -> list[Reference]:
    found: list[Reference] = []
    for match in _WORDED.finditer(text):
        above = [m for m in named if m.section.children and m.end <= match.start()]
        heading = max(above, key=lambda m: m.end, default=None)
        steps = [_step(one) for one in _ONE_WORDED.finditer(match[0])]
        start = heading.section if heading else None
        from_top = re.match(rf"(?:第\s*{_ANY}\s*个?|{_FIRST}个?|{_FINAL}个?)\s*(?:大?部分|篇|章|板块|大点|大块)", match[0].lstrip())
        if start is None and not from_top:
            start = base or next((m.section for m in named if m.section.children), None)
            if start is None:
                continue
        section, nearest = _walk(plan, start, steps)
        if section and (span := _TO.match(text, match.end())):
            found.append(Reference(text[match.start() : span.end()], _until(plan, section, ordinal(span[1])), match.start(), span.end(), section))
            break
        begin = heading.start if heading and match.start() - heading.end <= 3 else match.start()
        found.append(Reference(text[begin : match.end()].strip(), (section,) if section else (), begin, match.end(), nearest))
    return found or _groups(plan, text, named, base)


def _groups(plan: Plan, text: str, named: list[Mention], base: Section | None) -> list[Reference]:
    """Take `前三条`, `最后两点`, `最后一条` of a named heading."""
    heading = next((m for m in named if m.section.children), None)
    above = heading.section if heading else base
    if above is None:
        return []
    children = plan.children(above.id)
    if match := _FIRST_FEW.search(text):
        count = ordinal(match[2])
        chosen = children[:count] if match[1] == "前" else children[-count:]
        return [Reference(match[0], chosen, match.start(), match.end(), above)]
    return []


def _step(one: re.Match[str]) -> tuple[bool, int]:
    """Return whether a step is counted from the end, and its place from 1."""
    if one[2] or one[8]:
        return bool(one[1]), ordinal(one[2] or one[8])
    return bool(one[6]), 1


def _walk(plan: Plan, start: Section | None, steps: list[tuple[bool, int]]) -> tuple[Section | None, Section | None]:
    section = start
    for from_end, wanted in steps:
        below = [s for s in plan.children(section.id if section else None) if s.number.is_numbered]
        if from_end:
            chosen = below[-wanted] if wanted <= len(below) else None
        else:
            chosen = next((s for s in below if s.number.rungs[-1].ordinal == wanted), None)
        if chosen is None:
            return None, section
        section = chosen
    return section, section
