"""Which sections of a plan a question names: by heading, by role (now, goal, task), by number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.parser import PREFACE
from index.plan import Plan, Section
from index.width import half_width

_ROLE_TITLES = {
    "now": re.compile(r"现状|成效|成就|回顾|进展|(?:发展|建设|工作)基础|问题|短板|不足|困难"),
    "goal": re.compile(r"目标|愿景|展望"),
    "task": re.compile(r"任务|举措|措施|行动|工程"),
}
"""What the headings of official plans call the sections that say what is, what shall be, and what will be done."""
_SHORTEST, _HALF = 4, 6
_PREFACE_CALLED = re.compile("开篇|序言|引言|卷首|开头那?一?段|头一段")
_VERBS = re.compile(r"^(?:坚持|推动|加快|大力|超前|统筹|规模|推进|加强|完善|优化|健全|深化|强化|构建|建设|培育|夯实|开创|营造)+")


@dataclass(frozen=True)
class Mention:
    """A heading that a question names.

    Attributes:
        section: the section.
        start: where in the question it is named.
        end: one past the last character.
        share: how much of the heading is named, in (0, 1].
    """

    section: Section
    start: int
    end: int
    share: float


def mentions(plan: Plan, text: str) -> list[Mention]:
    """Return the headings that `text` names, the most complete and longest first.

    A heading is named where its longest common stretch with the text is its whole core (the title without leading verbs
    such as 加快 and 坚持), or at least four characters and 60 % of that core, or one whole half of a heading in two halves
    (夯实…新底座,促进…运行); one with sections below it also by its last word (现状部分, 原则里).
    """
    found: list[Mention] = []
    for section in plan.sections:
        if section.id == PREFACE and (called := _PREFACE_CALLED.search(text)):
            found.append(Mention(section, *called.span(), 1.0))
        title = half_width(section.title) or ("" if section.number.is_numbered else section.id)
        core = _VERBS.sub("", title) or title
        if len(core) < 2:
            continue
        start, length = _longest_common(text, core)
        share = length / len(core)
        if any(len(half) >= _HALF and half in text for half in re.split("[,,]", core)[:-1]):
            share = max(share, 0.8)
        whole = length == len(core) and (length >= 3 or not section.title)
        if whole or share >= 0.8 or (length >= _SHORTEST and share >= 0.6):
            start, full = _longest_common(text, title)
            found.append(Mention(section, start, start + full, share))
        elif section.children and (called := part_called(title, text)):
            found.append(Mention(section, *called.span(), 0.8))
    return sorted(found, key=lambda m: (-m.share, -(m.end - m.start)))


def part_called(title: str, text: str) -> re.Match[str] | None:
    """Return where the text names a heading by its last word: 「原则里」 for 基本原则."""
    return re.search(rf"{re.escape(title[-2:])}(?:里|中|部分|分析|一节|那节|这节|那块|这块)", text) if len(title) >= 4 else None


def _longest_common(text: str, title: str) -> tuple[int, int]:
    """Return start in `text` and length of the longest stretch that both hold."""
    best = (0, 0)
    previous = [0] * (len(title) + 1)
    for i, sign in enumerate(text):
        row = [0]
        for j, other in enumerate(title):
            row.append(previous[j] + 1 if sign == other else 0)
            if row[-1] > best[1]:
                best = (i - row[-1] + 1, row[-1])
        previous = row
    return best


def role_sections(plan: Plan, role: str) -> list[Section]:
    """Return the sections whose heading gives them the role `now`, `goal` or `task`; of nested ones the innermost.

    A section without others below it counts too, where it stands in none of these and is a chapter or belongs to the role with the one above it (存在问题, 近期目标).
    """
    pattern = _ROLE_TITLES[role]
    titled = [section for section in plan.sections if pattern.search(section.title)]
    ids = {section.id for section in titled if section.children}
    named = [section for section in titled if section.id in ids and not any(below.id in ids for below in plan.under(section.id)[1:])]
    within = {below.id for section in named for below in plan.under(section.id)}
    return named + [section for section in titled if not section.children and (section.depth == 1 or section.parent in ids) and section.id not in within]
