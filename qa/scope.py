"""Which sections of a plan a question names: by heading, by role (now, goal, task), by number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.plan import Plan, Section

_ROLE_TITLES = {
    "now": re.compile(r"现状|成效|成就|回顾|进展|(?:发展|建设|工作)基础"),
    "goal": re.compile(r"目标|愿景"),
    "task": re.compile(r"任务|举措|措施|行动|工程"),
}
"""What the headings of official plans call the sections that say what is, what shall be, and what will be done."""
_SHORTEST = 4
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
    such as 加快 and 坚持), or at least four characters and 60 % of that core.
    """
    found: list[Mention] = []
    for section in plan.sections:
        core = _VERBS.sub("", section.title) or section.title
        if len(core) < 2:
            continue
        start, length = _longest_common(text, core)
        whole = length == len(core) and length >= 3
        if whole or (length >= _SHORTEST and length >= 0.6 * len(core)):
            start, full = _longest_common(text, section.title)
            found.append(Mention(section, start, start + full, length / len(core)))
    return sorted(found, key=lambda m: (-m.share, -(m.end - m.start)))


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
    """Return the sections whose heading gives them the role `now`, `goal` or `task`; of nested ones the innermost."""
    pattern = _ROLE_TITLES[role]
    named = [section for section in plan.sections if section.children and pattern.search(section.title)]
    ids = {section.id for section in named}
    return [section for section in named if not any(below.id in ids for below in plan.under(section.id)[1:])]
