"""What a question takes for granted, compared with the clause: numbers, years, ranks, places in a list, negation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.values import Value, values

_NEGATION = re.compile(r"(?:还|尚|都|并)?(?:没有?|未|不(?!仅|断|但|只|见面|同|是吗|对|会不)|无(?!感|人|源|线|缝|障碍))|只[^能]?|仅|才")
_ENUMERATION = re.compile(r"[^,,。;；?？、]{2,12}(?:、[^,,。;；?？、]{2,12})+(?:和|与|以及|及)[^,,。;；?？、的]{2,12}|[^,,。;；?？、]{2,12}(?:、[^,,。;；?？、]{2,12}){1,}")
_AROUND = re.compile(r"^(?:以及|和|与|及)|(?:等|都|也|均|全|是|在|属于|包括|列|要).*$")


@dataclass(frozen=True)
class Difference:
    """A point on which a claim and a clause differ.

    Attributes:
        claimed: as the question says it.
        stated: as the clause says it; empty where the clause does not have it.
    """

    claimed: str
    stated: str


def differences(claim: str, text: str, context: str = "", *, strict: bool = True) -> list[Difference]:
    """Return where `claim` and `text` differ.

    Args:
        claim: the question without its tag.
        text: the sentence, or the parts of it, that speak of the same thing.
        context: headings above and the rest of the clause, where a value of the claim may stand as well.
        strict: compare members of lists and negation too, as for a question that asserts (对吧); else values alone.
    """
    found: list[Difference] = []
    stated = values(text)
    around = {(value.kind, value.amount) for value in values(f"{context} {text}")}
    for value in values(claim):
        if value.kind == "ordinal" or _holds(value, stated) or value.text.replace(" ", "") in text:
            continue
        other = next((s for s in stated if s.kind == value.kind and not _in_claim(s, claim)), None)
        if other is None and value.kind != "year":
            other = next((s for s in stated if s.kind == value.kind), None)
        if other is not None:
            found.append(Difference(value.text, other.text))
        elif value.kind in ("year", "percent") and (value.kind, value.amount) not in around:
            found.append(Difference(value.text, ""))
    return found or ((_members(claim, text) or _polarity(claim, text)) if strict else [])


def _holds(value: Value, stated: list[Value]) -> bool:
    if value.kind == "rank":
        return any(s.kind == "rank" and (value.amount in s.amount or s.amount in value.amount) for s in stated)
    return any((s.kind, s.amount) == (value.kind, value.amount) for s in stated)


def _in_claim(value: Value, claim: str) -> bool:
    return any((other.kind, other.amount) == (value.kind, value.amount) for other in values(claim))


def _members(claim: str, text: str) -> list[Difference]:
    """Return the members of a list in the claim that the text, which has the others, does not have."""
    for match in _ENUMERATION.finditer(claim):
        members = [_AROUND.sub("", member) for member in re.split(r"、|以及|和|与|及", match[0])]
        members = [member for member in members if len(member) >= 2]
        missing = [member for member in members if member not in text and member[-4:] not in text and member[:4] not in text]
        if missing and len(members) - len(missing) >= 2:
            return [Difference(member, "") for member in missing]
    return []


def _polarity(claim: str, text: str) -> list[Difference]:
    negated, other = _NEGATION.search(claim), _NEGATION.search(text)
    return [Difference(negated[0], "")] if negated and not other else []
