"""Questions that ask for two things: taken apart, so that each is answered from its own clause."""

from __future__ import annotations

import re

import rjieba

from qa.values import Wants, asked_for
from qa.wording import content_terms, is_asking

_ASKING = r"什么|哪|多少|几|怎么|怎样|如何|为什么|为何|啥|咋|吗|是否|有没有|[了好成完]没有?$|what|which|how|when|who|why|where"
_HAS_QUESTION = re.compile(_ASKING, re.I)
_BACK = re.compile(r"^(?:那(?=[它他])|他们|它们?|这|其|该)|它们?")
_SIDE_BY_SIDE = re.compile(r"各(?:自|是|有|要|怎|讲|提|说|在)|各(?=\S)|分别|对比|比较|相比|区别|不同|差别|差异|异同|各(?:摘|引|来|说|报)|两处|两头|(?:两|二)(?:者|方面|个方面|块|样|项|件事|头)|一样来|一块儿|合起来|都说说|compare|difference|respectively|both", re.I)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,20})[”\"」』]")
_ALSO = re.compile(r"又|还|也|再|同时|以及|另外|并")
_THEN = re.compile(r"再(?:说|讲|报|问|看|告诉)|还(?:想|要)(?:知道|问|了解)|另外(?:说|讲)?|以及|又(?:想|要)")
_ROLES = {"目标", "下一步", "现状", "愿景", "基础", "成绩", "成果", "状态", "程度", "水平", "方面", "原则", "任务"}
_AND = {"和", "与", "跟", "及", "以及", "同", "vs", "and"}


def asks_for_two(text: str) -> bool:
    """True where a question names two things that are to stand side by side."""
    return bool(_SIDE_BY_SIDE.search(text) and re.search(r"和|与|跟|及|、|两|and", text))


def taken_apart(text: str) -> list[str]:
    """Return the questions that `text` holds, two or three, or `text` alone.

    Two sentences that each ask something of their own are two questions; so are two parts between commas that each ask
    for a number, a date, a name or the like. A pair of topics
    that is to be told apart (各, 分别, 区别, 两方面) is one question about each.
    """
    for pattern, joined in ((r"[?？。;；!]+", False), (r"[?？。;；!,,]+", True)):
        pieces = [piece.strip() for piece in re.split(pattern, text) if piece.strip()]
        asking = [p for p in pieces if _HAS_QUESTION.search(p) and (content_terms(p) or _BACK.search(p))]
        if len(pieces) > 1 and ((not joined and ";" in text.replace("；", ";")) or any(_THEN.match(p) for p in pieces[1:])):
            asking = [piece for piece in pieces if _nouns(piece)]
        rest = [piece for piece in pieces if piece not in asking and _nouns(piece)]
        theme = rest[0] if len(rest) == 1 and pieces[0] == rest[0] else ""
        if not 2 <= len(asking) <= 3 or (rest and not theme):
            continue
        if not joined or _alike(asking) or all(_ALSO.search(p) or asked_for(p) is not Wants.ANYTHING for p in asking[1:]):
            head = theme or _topic(asking[0])
            first = asking[0] if _nouns(asking[0]) or not theme else theme + asking[0]
            return [first, *(_made_whole(piece, head) for piece in asking[1:])]
    quoted = [match[0] for match in _QUOTED.finditer(text)]
    if 2 <= len(quoted) <= 3 and _SIDE_BY_SIDE.search(text):
        return [_QUOTED.sub(lambda m, kept=one: m[0] if m[0] == kept else "", text) for one in quoted]  # type: ignore[misc]
    if _SIDE_BY_SIDE.search(text) and (pair := _pair(text)):
        return pair
    return [text]


def _alike(asking: list[str]) -> bool:
    """True where each of the questions names something and they share the word that asks (…争创什么区,…引领什么区)."""
    words = [set(_HAS_QUESTION.findall(piece)) for piece in asking]
    return bool(set.intersection(*words)) and all(_nouns(piece) for piece in asking)


def _made_whole(piece: str, topic: str) -> str:
    """Return a later question with the topic of the first in place of a pronoun, or before it where it names nothing."""
    if match := _BACK.search(piece):
        return f"{piece[: match.start()]}{topic}{piece[match.end() :]}"
    return piece if _nouns(piece) else topic + piece


def _nouns(text: str) -> list[str]:
    """Return the nouns that a piece names itself, apart from words such as 目标 that only give it a role."""
    return [w for w, tag in rjieba.tag(text) if tag.startswith(("n", "eng", "l", "j")) and not is_asking(w) and w not in _ROLES]


def _topic(text: str) -> str:
    return "".join(_nouns(text))


def _pair(text: str) -> list[str]:
    """Return the question once for each of the two topics that a conjunction joins."""
    words = list(rjieba.tag(text))
    for place, (word, _tag) in enumerate(words):
        if word.strip().lower() not in _AND:
            continue
        left, right = _chunk(words, place - 1, -1), _chunk(words, place + 1, 1)
        if not left or not right:
            continue
        first = "".join(w for w, _ in words[: place - len(left)])
        rest = "".join(w for w, _ in words[place + 1 + len(right) :])
        rest = re.sub(rf"(?:{_SIDE_BY_SIDE.pattern})[要是有织讲]?", "", rest, flags=re.I)
        first = _SIDE_BY_SIDE.sub("", first)
        return [f"{first}{''.join(left)}{rest}", f"{first}{''.join(right)}{rest}"]
    return []


def _chunk(words: list[tuple[str, str]], start: int, step: int) -> list[str]:
    """Return the run of content words from `start` in the direction of `step`, in the order of the text."""
    chunk: list[str] = []
    place = start
    while 0 <= place < len(words):
        word, tag = words[place]
        if is_asking(word) or not tag.startswith(("n", "v", "a", "l", "eng", "b", "j", "i", "s", "m", "z")) or len(chunk) >= 4:
            break
        if tag == "v" and step < 0 and chunk:
            break
        chunk.append(word)
        place += step
    return chunk[::-1] if step < 0 else chunk
