"""The structural words of an English question, in the plan's own: `Chapter 2, Section 3`, `the third basic principle`."""

from __future__ import annotations

import re

from index.plan import Plan

_ORDINALS = {
    word: number
    for words in ("first second third fourth fifth sixth seventh eighth ninth tenth", "one two three four five six seven eight nine ten", "i ii iii iv v vi vii viii ix x")
    for number, word in enumerate(words.split(), start=1)
}  # fmt: skip
_NUMBER = rf"(?:no\.?\s*|number\s*|#\s*)?(\d{{1,2}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})(?:st|nd|rd|th)?\b"
_LEVELS = (("chapter|part", "部分"), ("section", "节"), ("sub-?section|item|point|paragraph|clause|sub-?item", "点"))
_ROLES = (
    ("(?:basic |guiding |fundamental |core )?principles?", "原则"),
    ("(?:development(?:al)? |overall |main )?(?:goals?|targets?|objectives?)", "目标"),
    ("(?:main |key |major )?tasks?", "任务"),
    ("(?:guiding (?:thought|ideology|philosophy))", "思想"),
)  # fmt: skip
"""What headings of a plan are about, in English, and how such a heading ends."""
_FRAME = frozenset(
    "a about all and are as at by can complete contents could do does entire explain for from full get give goes has have heading headings how i in is it "
    "its let list many me mention no number of on one open out over plan please pls quote read say says see show stand stands state states summarise "
    "summarize summary tell text that the their them there these this those title titles to together under up us want what whats which whole with you your main key".split()
)
"""Words that leave a question about structure as it is; any other makes it one about what the clauses say."""


def in_chinese(plan: Plan, text: str) -> str:
    """Return an English question with section numbers, and the headings that it names by their role, in Chinese.

    A question that names anything besides is returned as it is.

    Args:
        plan: a role is named only where exactly one of its headings with sections below is of that role.
        text: normalised.
    """
    words = text.lower()
    for names, level in _LEVELS:
        words = _numbered(words, names, "第{}" + level)
    for names, ending in _ROLES:
        titles = [section.title for section in plan.sections if section.title.endswith(ending) and section.children]
        if len(titles) == 1:
            words = _numbered(words, names, titles[0] + "第{}条")
            words = re.sub(rf"\b(?:the\s+)?(?:{names})\b", titles[0], words)
    return words if all(word in _FRAME for word in re.findall("[a-z]+", words)) else text.lower()


def _numbered(words: str, names: str, chinese: str) -> str:
    """Return `words` with `section 2`, `the second section` written as `chinese`, the number in its braces."""

    def written(found: re.Match[str]) -> str:
        number = found[1]
        return chinese.format(int(number) if number.isdigit() else _ORDINALS[number])

    words = re.sub(rf"\b(?:{names})s?\s*{_NUMBER}", written, words)
    return re.sub(rf"\b(?:the\s+)?{_NUMBER}\s+(?:{names})\b", written, words)
