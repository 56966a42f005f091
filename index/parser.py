"""From a page's text to a plan: clauses in order, outline, titles, offsets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from index.ladder import Ladder, Mark, read_mark
from index.plan import Clause, Plan, Section
from index.section import Rung, SectionNumber, Style

PREFACE = "前言"
QUOTED = "导读:"
"""Beginning of the id of a passage that the page quotes before the document and gives no number."""
PARAGRAPHS_WARNING = "这份文件里没有认出章节编号,按段落编号为 段1、段2……"

_BLANK = " \t\r\u3000\xa0\ufeff\u200b"
_LINE = re.compile(r"[^\n]*")
_SENTENCE_END = "。!?！？;；"
_TITLE_LIMIT = 40
_STANDALONE_LIMIT = 60
_CONTENTS = re.compile(r"目[ \u3000\xa0]*[录次]")
_ANNEX = re.compile(r"附[件录表]{1}[ \u3000]*[0-9一二三四五六七八九十]*[::]?")
_QUOTED_TITLE = re.compile(r"[\u4e00-\u9fff、“”《》]{4,30}")
_CREDIT = re.compile(r"(来源|编辑|作者|记者|责编|审核|校对|浏览|发布|字号|打印|具体内容|原文|全文|附件|新闻|首页|当前位置)")


@dataclass(frozen=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass
class _Draft:
    """A section while its lines are still being gathered."""

    rungs: tuple[Rung, ...]
    title: str
    start: int
    title_end: int
    depth: int
    parent: _Draft | None
    runs_in: bool
    text_start: int | None = None
    text_end: int = 0
    body_start: int = 0
    children: list[_Draft] = field(default_factory=list)
    whole: str = ""
    """What its own line says, where that is a sentence as short as a heading."""

    def become_heading(self) -> None:
        """Take a line such as `3.强化儿童福利。` for a heading, where nothing but sections follows below it."""
        alone = self.text_start == self.start and self.text_end == self.title_end + len(self.whole) + 1
        if self.children and self.whole and not self.title and alone:
            self.title, self.title_end, self.text_start = self.whole, self.text_end, None

    def add(self, line: _Line) -> None:
        if self.text_start is None:
            self.text_start = self.body_start = line.start
        self.text_end = line.end


def parse_plan(source: str, *, title: str = "") -> Plan:
    """Cut `source` into sections.

    Args:
        source: the page's text; offsets in the result count its characters.
        title: name to use where the text does not show one.

    Returns:
        The plan. Every non-blank character from `body_start` on belongs to exactly one clause or heading. A text with
        no ladder becomes paragraphs 段1, 段2… and says so in `warnings`.
    """
    lines = [
        _Line(match.start() + len(match[0]) - len(match[0].lstrip(_BLANK)), match[0].strip(_BLANK))
        for match in _LINE.finditer(source)
        if match[0].strip(_BLANK)
    ]
    first, found_title = _find_body(lines)
    body, front = lines[first:], lines[:first]
    drafts, warnings = _read_ladder(body)
    if not any(draft.rungs[-1].style is not Style.NAMED for draft in drafts):
        drafts, warnings = _paragraphs(body), [PARAGRAPHS_WARNING]
    drafts = _quoted_passages(front) + drafts
    numbers = _numbers(drafts, warnings)
    name = found_title or title or "未命名文件"
    body_start = body[0].start if body else len(source)
    return Plan(name, source, _freeze(drafts, numbers, source), body_start, tuple(warnings))


def _find_body(lines: list[_Line]) -> tuple[int, str]:
    """Return the index of the first line after the document's title, and the title.

    A page names the document as 《title》 before the document's own title line; a document given alone begins with its
    title. Lines of a table of contents belong to the front matter.
    """
    seen = ""
    for index, line in enumerate(lines):
        if len(line.text) <= 80 and f"《{line.text}》" in seen:
            return _skip_contents(lines, index + 1), line.text
        seen += line.text + "\n"
    decimals = any(mark.style is Style.DECIMAL for line in lines if (mark := read_mark(line.text)))
    title: list[str] = []
    for line in lines[:6]:
        ends_sentence = line.text[-1] in _SENTENCE_END + ":：,，"
        if read_mark(line.text, bare_arabic=decimals) or ends_sentence or len(line.text) > _STANDALONE_LIMIT or _CONTENTS.fullmatch(line.text):
            break
        title.append(line.text)
    name = "".join(part for part in title if not re.fullmatch(r"[(（].*[)）]", part))
    return _skip_contents(lines, len(title)), name if len(name) <= 120 else title[0]


def _skip_contents(lines: list[_Line], first: int) -> int:
    """Return where the text begins: past a table of contents, at the second occurrence of its first entry."""
    if first >= len(lines) or not _CONTENTS.fullmatch(lines[first].text):
        return first
    entry = next((mark for line in lines[first + 1 :] if (mark := read_mark(line.text))), None)
    if entry is None:
        return first
    places = [i for i, line in enumerate(lines) if i > first and _same_place(read_mark(line.text), entry)]
    return places[1] if len(places) > 1 else first


def _same_place(mark: Mark | None, other: Mark) -> bool:
    return mark is not None and (mark.style, mark.ordinals) == (other.style, other.ordinals)


def _read_ladder(body: list[_Line]) -> tuple[list[_Draft], list[str]]:
    ladder = Ladder()
    drafts: list[_Draft] = []
    open_drafts: list[_Draft] = []
    warnings: list[str] = []
    marks = [read_mark(line.text) for line in body]
    has_decimals = any(mark and mark.style is Style.DECIMAL for mark in marks)
    for index, line in enumerate(body):
        mark = read_mark(line.text, bare_arabic=has_decimals)
        rungs = ladder.place(mark) if mark and _begins_section(line, mark) else None
        if rungs is None and _ANNEX.fullmatch(line.text):
            rungs, mark = ladder.name(line.text.rstrip("::"), len(drafts) + 1), Mark(Style.NAMED, (1,), len(line.text))
        if rungs is not None and mark is not None:
            depth = len(rungs) - 1
            del open_drafts[depth:]
            parent = open_drafts[-1] if open_drafts else None
            alone = index + 1 < len(body) and read_mark(body[index + 1].text) is None
            draft = _section(line, mark, rungs, parent, followed_by_text=alone)
            _warn_of_gap(draft, drafts, warnings)
            drafts.append(draft)
            while len(open_drafts) < depth:  # a rung such as the 1 of a first `1.1` that has no line of its own
                open_drafts.append(draft)
            open_drafts.append(draft)
            if parent:
                parent.children.append(draft)
            continue
        if not open_drafts:
            preface = _Draft((Rung(Style.NAMED, 1, PREFACE),), "", line.start, line.start, 0, None, runs_in=False)
            drafts.append(preface)
            open_drafts.append(preface)
        open_drafts[-1].add(line)
    for draft in drafts:
        draft.become_heading()
    return drafts, warnings


def _begins_section(line: _Line, mark: Mark) -> bool:
    """False for a line that only begins like a section: the rest goes on as a sentence about the number."""
    rest = line.text[mark.length :]
    return (bool(rest) and not re.match(r"(所[述列示]|中[的所]|规定|以上|以下|[~～])", rest)) or mark.style in (
        Style.CHAPTER, Style.VOLUME, Style.BOOK, Style.PART)  # fmt: skip


def _section(
    line: _Line, mark: Mark, rungs: tuple[Rung, ...], parent: _Draft | None, *, followed_by_text: bool
) -> _Draft:
    """Tell heading from body in a line that begins a section."""
    rest = line.text[mark.length :]
    stop = min((rest.index(sign) for sign in "。：:！？" if sign in rest), default=-1)
    depth = len(rungs) - 1
    body_follows = 0 <= stop < len(rest) - 1
    if 0 < stop <= _TITLE_LIMIT and rest[stop] != "：" and (body_follows or (followed_by_text and rest[stop] == "。")):
        title, body = rest[:stop], mark.length + stop + 1
    elif stop < 0 and len(rest) <= _STANDALONE_LIMIT and not rest.endswith(tuple(";；,，")):
        title, body = rest, len(line.text)
    else:
        title, body = "", mark.length
    title_end = line.start + mark.length + len(title)
    has_body = body < len(line.text)
    draft = _Draft(rungs, title, line.start, title_end, depth, parent, runs_in=has_body)
    if has_body:
        draft.add(line)
        draft.whole = rest[:-1] if stop == len(rest) - 1 <= _TITLE_LIMIT and rest[stop] == "。" else ""
        draft.body_start = line.start + body + len(line.text[body:]) - len(line.text[body:].lstrip(_BLANK))
    else:
        draft.title_end = line.end
    return draft


def _warn_of_gap(draft: _Draft, before: list[_Draft], warnings: list[str]) -> None:
    box = draft.rungs[-1].style is Style.BOX  # boxes are numbered through the plan
    siblings = [d for d in before if (box or d.rungs[:-1] == draft.rungs[:-1]) and d.rungs[-1].style is draft.rungs[-1].style]
    expected = siblings[-1].rungs[-1].ordinal + 1 if siblings else 1
    if draft.rungs[-1].style is not Style.ARTICLE and draft.rungs[-1].ordinal not in (expected, 1):
        warnings.append(f"编号不连续:{SectionNumber(draft.rungs).id} 之前缺 {expected}")


def _paragraphs(body: list[_Line]) -> list[_Draft]:
    drafts = []
    for place, line in enumerate(body, start=1):
        draft = _Draft((Rung(Style.PARAGRAPH, place),), "", line.start, line.start, 0, None, runs_in=True)
        draft.add(line)
        drafts.append(draft)
    return drafts


def _quoted_passages(front: list[_Line]) -> list[_Draft]:
    """Return the passages that the page quotes before the document: a bare title line, then whole sentences."""
    drafts: list[_Draft] = []
    current: _Draft | None = None
    for line, after in zip_longest(front, front[1:]):
        if line.text[-1] in _SENTENCE_END:
            if current:
                current.add(line)
            continue
        current = None
        follows = after is not None and after.text[-1] in _SENTENCE_END
        if follows and _QUOTED_TITLE.fullmatch(line.text) and not _CREDIT.match(line.text):
            rungs = (Rung(Style.NAMED, len(drafts) + 1, QUOTED + line.text),)
            current = _Draft(rungs, line.text, line.start, line.end, 0, None, runs_in=False)
            drafts.append(current)
    return drafts


def _numbers(drafts: list[_Draft], warnings: list[str]) -> list[SectionNumber]:
    """Return the number of each draft, unique in the document.

    Articles that are counted through a document (第十二条 of chapter three) are cited alone; where they begin anew in
    each chapter they are cited below it. A number that comes back is told from the first by a mark of its own.
    """
    articles = [d.rungs[-1].ordinal for d in drafts if d.rungs[-1].style is Style.ARTICLE]
    counted_through = len(articles) == len(set(articles))
    numbers: list[SectionNumber] = []
    seen: Counter[str] = Counter()
    for draft in drafts:
        rungs = draft.rungs
        article = next((i for i, rung in enumerate(rungs) if rung.style is Style.ARTICLE), None)
        if counted_through and article is not None:
            rungs = rungs[article:]
        number = SectionNumber(rungs)
        seen[number.id] += 1
        if seen[number.id] > 1:
            warnings.append(f"编号重复:{number.id} 第 {seen[number.id]} 次出现")
            number = SectionNumber((*rungs[:-1], Rung(Style.NAMED, rungs[-1].ordinal, f"{rungs[-1].id}·{seen[number.id]}")))
        numbers.append(number)
    return numbers


def _freeze(drafts: list[_Draft], numbers: list[SectionNumber], source: str) -> tuple[Section, ...]:
    number_of = {id(draft): number for draft, number in zip(drafts, numbers, strict=True)}
    sections = []
    for draft, number in zip(drafts, numbers, strict=True):
        titles: list[str] = []
        above: _Draft | None = draft
        while above is not None:
            if above.title:
                titles.insert(0, above.title)
            above = above.parent
        clause = None
        if draft.text_start is not None:
            text = source[draft.text_start : draft.text_end]
            clause = Clause(
                number, draft.title, tuple(titles), text, draft.text_start, draft.text_end, draft.body_start
            )
        parent = number_of[id(draft.parent)].id if draft.parent else None
        children = tuple(number_of[id(child)].id for child in draft.children)
        sections.append(
            Section(number, draft.title, draft.depth, draft.start, draft.title_end, parent, children, clause)
        )
    return tuple(sections)


def read_plan(path: Path) -> Plan:
    """Read and parse the plan in a file.

    Raises:
        PlanError: there is no such file, or it is no text.
    """
    from index.reading import read_text

    return parse_plan(read_text(path), title=path.stem)
