"""From a stream of pieces to whole sentences with the sections that they name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from qa.chat.faults import ChatFault, FaultKind
from qa.chat.prompt import NO_ANSWER

_MARK = re.compile(r"[\[【［]([^\[\]【】［］\n]{1,60})[\]】］]")
_END = re.compile(
    r"(?:[。！？!?]+[”’」』）)]*|(?<!\n\d)(?<!\n\d\d)(?<!\A\d)(?<!\A\d\d)\.(?=\s)|(?<=[\]】］])(?=\s*[^\s\[【［。.!?！？,,，;；、]))"
    r"(?:[ \t]*[\[【［][^\[\]【】［］\n]{1,60}[\]】］])*[。.]?|\n"
)
_BULLET = re.compile(r"^\s*(?:[-*•·#>]+\s+|\d{1,2}[.、)）](?!\d)\s*|[((]\d{1,2}[))]\s*)+")
_LEAD_IN = re.compile(r"^[^\d]{0,30}[:：]$")
_REFUSAL = re.compile(
    rf"^[“\"「]?{NO_ANSWER}|(?:没有|未|并未|无法)(?:写明|提及|提到|提供|说明|给出|涉及|找到|回答)|不知道|"
    r"cannot (?:be )?answer|unable to answer|(?:does|do) not (?:state|mention|say|provide|contain)|not (?:stated|mentioned)",
    re.IGNORECASE,
)
_LONGEST_REFUSAL = 60


@dataclass(frozen=True)
class Drafted:
    """A sentence as the model wrote it.

    Attributes:
        text: its words, without marks, list signs and Markdown.
        marks: what stood in brackets, in order.
        place: number that the model wrote before it, 0 for none.
    """

    text: str
    marks: tuple[str, ...]
    place: int = 0


class DraftReader:
    """Takes pieces, gives whole sentences as soon as they are whole.

    Attributes:
        raw: everything taken so far, thoughts left out.
    """

    def __init__(self, limit: int) -> None:
        """Take at most `limit` characters."""
        self._limit = limit
        self._all = ""
        self._read = 0

    @property
    def raw(self) -> str:
        """Everything that was said, without what a reasoning model thinks first (between think tags)."""
        text = self._all.lstrip()
        if not text.startswith("<think>"):
            return text
        return text.partition("</think>")[2].lstrip()

    def feed(self, piece: str) -> list[Drafted]:
        """Return the sentences that `piece` makes whole.

        Raises:
            ChatFault: the answer is broken text, no prose, or longer than the limit.
        """
        self._all += piece
        if "\ufffd" in piece:
            raise ChatFault(FaultKind.GARBLED, "the answer holds replacement characters")
        text = self.raw
        if len(text) > self._limit or len(self._all) > 20 * self._limit:
            raise ChatFault(FaultKind.ENDLESS, f"more than {self._limit} characters")
        if text.startswith(("{", "```", "[{", '["', "<tool", "<|")):
            raise ChatFault(FaultKind.NOT_PROSE, text[:40])
        found: list[Drafted] = []
        while match := _END.search(text, self._read + 1):
            after = text[match.end() :].lstrip(" \t")
            if not after or (after[0] in "[【［。！？!?”’」』）)" and text[match.start()] != "\n"):
                break
            found += _drafted(text[self._read : match.end()])
            self._read = match.end()
        return found

    def finish(self) -> list[Drafted]:
        """Return what is left: sentences that end with the text. An unfinished last sentence is left out.

        Raises:
            ChatFault: nothing was said at all.
        """
        text = self.raw
        if not text.strip():
            raise ChatFault(FaultKind.EMPTY)
        rest = text[self._read :]
        self._read = len(text)
        pieces = re.split(r"(?<=\n)", rest)
        return [drafted for piece in pieces for drafted in _drafted(piece) if _ends(piece)]

    @property
    def refused(self) -> bool:
        """True where the whole answer only says that the clauses do not answer."""
        text = self.raw.strip()
        return len(text) <= _LONGEST_REFUSAL and bool(_REFUSAL.search(text))


def _ends(text: str) -> bool:
    return bool(re.search(r"[。！？!?.」』”\]】］)）]\s*$", text))


def _drafted(written: str) -> list[Drafted]:
    marks = tuple(mark.strip() for mark in _MARK.findall(written) if mark.strip())
    bare = _MARK.sub("", written)
    number = re.match(r"\s*(\d{1,2})[.、)）](?!\d)", bare)
    text = re.sub(r"\*\*|__|`", "", _BULLET.sub("", bare)).strip()
    text = re.sub(r"\s+([。！？!?.,,])", r"\1", text)
    if not any(sign.isalnum() for sign in text) or (_LEAD_IN.match(text) and not marks):
        return []
    return [Drafted(text, marks, int(number[1]) if number else 0)]


def from_structured(text: str) -> list[Drafted]:
    """Return the statements of a structured answer.

    Raises:
        ChatFault: it does not have the shape that was asked for.
    """
    try:
        entries = json.loads(text)["statements"]
        found = [
            Drafted(str(one["text"]).strip(), tuple(str(mark).strip(" []") for mark in one["sections"]))
            for one in entries
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise ChatFault(
            FaultKind.GARBLED, "the structured answer does not have the shape that was asked for"
        ) from error
    return [one for one in found if any(sign.isalnum() for sign in one.text)]
