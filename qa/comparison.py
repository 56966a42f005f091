"""What a question claims beside what the clause says: the answer that agrees, or the one that corrects."""

from __future__ import annotations

import re
from dataclasses import replace

from index.sentences import Span, parts
from qa.answer import Answer, Citation, Statement
from qa.asked import Asked
from qa.contrasts import Difference
from qa.evidence import Evidence
from qa.frames import Frames
from qa.gate import claims_period, years_in, years_of
from qa.premise import agreement, differences, held, other_names, other_values
from qa.values import Wants, values
from qa.wording import content_terms

_SUPPOSES = re.compile(r"为什么|为何|为啥|既然|怎么(?:才|只|就)|why", re.I)
"""Words after which a question takes for granted what it says."""
_AGREES = 0.6
"""Share of the words of what a question takes for granted that a clause must have to be compared with it."""
_SPEAKS_OF_IT = 0.25
"""The same for a claim put for agreement and for a question for yes or no."""
_NAME = re.compile("[A-Za-z][A-Za-z0-9]+|(?<=“)[^”]+(?=”)")
"""A name that a sentence has to have, to be meant."""
_OTHERS, _REACH = 5, 3.0
"""How many of the best sentences, and how far below the best, may confirm a claim."""
_YEAR = re.compile(r"(?:19|20)\d{2}")


def compared(answer: Answer, asked: Asked, best: Evidence, frames: Frames) -> Answer:
    """Return the answer, corrected where what the question claims differs from the clause of `best`."""
    found = _differences(answer, asked, best)
    if not found:
        return answer
    told = (Statement(frames.differs), *_dated(found, answer, best), *answer.statements)
    return replace(answer, status="corrected", statements=told)


def confirming(asked: Asked, evidence: list[Evidence]) -> Evidence | None:
    """Return another of the best sentences that has every value of the claim and as many of its words; None if there is none.

    A claim is wrong only where no sentence that may as well be meant says it.
    """
    claim = asked.claim if asked.asserts or asked.yes_no else asked.supposed
    claim = ",".join(piece for piece in re.split("[,;。]", claim) if values(piece))
    claimed = [value for value in values(claim) if value.kind not in ("ordinal", "grade")]
    names = set(_NAME.findall(claim))
    best = evidence[0]
    for one in evidence[1:_OTHERS] if claimed else []:
        dated = " ".join([one.text, *(f"{year}年" for year in years_of(one))])
        near = best.score - one.score <= _REACH and all(name in one.text for name in names) and agreement(claim, one.text) >= agreement(claim, best.text)
        if near and all(held(value, values(dated)) for value in claimed) and not differences(claim, dated, one.clause.plain, strict=False, source=one.plan.plain, title=one.plan.title):
            return one
    return None


def each_spoken_of(asked: Asked, evidence: list[Evidence]) -> list[Evidence]:
    """Return, for each part of a claim that has a value, the sentence of the best clause that speaks of it, in the plan's order."""
    claim = asked.claim if asked.asserts else asked.supposed
    own = [one for one in evidence if one.owner == evidence[0].owner]
    found = []
    for piece in re.split("[,;。、]", claim):
        kinds = {value.kind for value in values(piece)}
        told = [one for one in own if kinds & {value.kind for value in values(one.text)}]
        if told:
            found.append(max(told, key=lambda one: agreement(piece, one.text)))
    return sorted(dict.fromkeys(found), key=lambda one: one.row)


def compared_values(answer: Answer, asked: Asked, best: Evidence, frames: Frames) -> Answer:
    """Return the places where words stand, corrected where a value of the question (a rank, a number) is another in the clause of `best`."""
    claim = asked.claim if asked.asserts else asked.supposed
    if not values(claim):
        return answer
    quote = " ".join(citation.plain for citation in answer.citations)
    context = f"{' '.join(best.clause.breadcrumb)} {best.clause.plain}"
    found = differences(claim, quote, context, strict=False, source=best.plan.plain, title=best.plan.title)
    return replace(answer, status="corrected", statements=(Statement(frames.differs), *answer.statements)) if found else answer


def _differences(answer: Answer, asked: Asked, best: Evidence) -> list[Difference]:
    quote = " ".join(citation.plain for citation in answer.citations)
    context = f"{' '.join(best.clause.breadcrumb)} {best.clause.plain} {' '.join(f'{year}年' for year in years_of(best))}"
    found: list[Difference] = []
    source, title = best.plan.plain, best.plan.title
    speaks_of_it = asked.english or claims_period(asked, best) or agreement(asked.claim, context) >= _SPEAKS_OF_IT
    if asked.asserts and speaks_of_it:
        found = differences(asked.claim, quote, context, strict=True, source=source, title=title)
    elif asked.supposed and content_terms(asked.supposed) and len(asked.facets) < 2 and (claims_period(asked, best) or _agrees(asked.supposed, context)):
        whole = asked.supposed == asked.claim  # may as well be a request: a word in the place of another is no difference
        found = differences(asked.supposed, quote, context, strict=True, polar=False, source="" if whole else source, title=title)
    elif (asked.yes_no or _SUPPOSES.search(asked.text)) and (asked.wants is Wants.ANYTHING or claims_period(asked, best)) and speaks_of_it:
        found = differences(asked.claim, quote, context, strict=False, source=source, title=title)
    if not found and not asked.yes_no:
        found = other_values(asked.text, quote, context, title)
        if not found and len(asked.facets) < 2:
            found = other_names(asked.text, quote, context, source)
    return found


def speaks_of(supposed: str, context: str) -> bool:
    """True where a clause has enough of the words of what is taken for granted to be compared with it."""
    return agreement(supposed, context) >= _AGREES


def _agrees(supposed: str, context: str) -> bool:
    """True where what is taken for granted, or a part of it with a value, speaks of what the clause speaks of."""
    pieces = [piece for piece in re.split("[,;。]", supposed) if values(piece)]
    return max(agreement(piece, context) for piece in [supposed, *pieces]) >= _AGREES


def _dated(found: list[Difference], answer: Answer, best: Evidence) -> list[Statement]:
    """Return the part of the clause, or of the lead above it, with the year that a wrong one is to be corrected by, if no quote has it."""
    quotes = " ".join(citation.plain for citation in answer.citations)
    if years_of(best) & years_in(quotes) or not any(_YEAR.fullmatch(one.claimed.removesuffix("年")) for one in found):
        return []
    return with_year(best)


def with_year(best: Evidence) -> list[Statement]:
    """Return the part of the clause, or of the lead above it, that has the year of a sentence; empty where neither has one."""
    years = years_of(best)
    section = best.plan.section(best.clause.id)
    above = best.plan.section(section.parent) if section and section.parent else None
    for clause in [best.clause, *([above.clause] if above and above.clause else [])]:
        for piece in parts(best.plan.plain, Span(clause.start, clause.end)):
            if years & years_in(piece.of(best.plan.plain)):
                citation = Citation.of(best.plan, clause.id, piece.start, piece.end)
                return [Statement(f"「{citation.quote}」", (citation,))]
    return []
