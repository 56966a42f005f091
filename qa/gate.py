"""Whether the evidence carries an answer at all.

Likeness alone does not tell: a question about a budget is as like the clause on ports as a question about ports. So the
gate asks whether the question's content is covered by the sentence, and reads the kind of thing asked for from it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from index.sentences import parts
from qa.asked import Asked, Kind, within_title
from qa.evidence import Calibration, Evidence, LinearScorer, Query
from qa.values import Wants, holds, values
from qa.wording import Term, content_terms

GATE_FEATURES = ("pieces", "weakest", "covered", "absent", "lead", "english")
"""Weighted mean and lowest third of the piece matches; share (by
rarity) of the content words that the sentence or its headings hold; share that the plan nowhere has; how far the best sentence stands above the mean of all; whether the question is in English."""


@dataclass(frozen=True)
class Verdict:
    """What the gate found.

    Attributes:
        answerable: True where the evidence carries an answer.
        probability: in [0, 1], after the fitted logistic model.
        missing: the kind of thing that was asked for and is not there; ANYTHING where that is not the reason.
        absent: words of the question that the plan nowhere has, for the refusal.
    """

    answerable: bool
    probability: float
    missing: Wants = Wants.ANYTHING
    absent: tuple[str, ...] = ()


def gate_features(asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer) -> dict[str, float]:
    """Return the value of each of `GATE_FEATURES` for the best evidence."""
    best = evidence[0]
    raw = scorer.features(query, np.array([best.row]), ())
    match = scorer.index.tokens.best_match(query.encoded.tokens, np.array([best.row]))[0]
    weights = scorer.piece_weights(query.encoded)
    content = np.sort(match[weights > 0.01]) if (weights > 0.01).any() else match
    terms = content_terms(asked.focus)
    rarity = {term.text: scorer.rarity(term.text) for term in terms}
    total = sum(rarity.values()) or 1.0
    context = f"{' '.join(best.clause.breadcrumb)} {best.text}".lower()
    absent = absent_terms(terms, best)
    scores = np.array([one.score for one in evidence])
    return {
        "pieces": float(raw["pieces"][0]),
        "weakest": float(content[: max(1, len(content) // 3)].mean()) if len(content) else 0.0,
        "covered": sum(rarity[t.text] for t in terms if t.text in context) / total if terms else 0.0,
        "absent": sum(rarity[t.text] for t in absent) / total,
        "lead": float(best.score - scores.mean()),
        "english": float(asked.english),
    }


def absent_terms(terms: list[Term], evidence: Evidence) -> list[Term]:
    """Return the content words that the plan of `evidence` nowhere has."""
    source = evidence.plan.source.lower()
    return [term for term in terms if term.text not in source]


def judge(asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer, calibration: Calibration) -> Verdict:
    """Return whether the best evidence carries an answer.

    Args:
        asked: the question as understood.
        query: what was compared.
        evidence: sentences, best first; those that may be quoted stand at the front.
        scorer: gives the raw similarities.
        calibration: fitted weights and threshold.
    """
    terms = content_terms(asked.focus)
    if not evidence or not terms:
        return Verdict(False, 0.0)
    absent = absent_terms(terms, evidence[0])
    named = tuple(t.text for t in absent if (t.entity or len(t.text) >= 2) and not any(c.isdigit() for c in t.text))[:3]
    found = gate_features(asked, query, evidence, scorer)
    logit = calibration.gate["bias"] + sum(calibration.gate.get(name, 0.0) * found[name] for name in GATE_FEATURES)
    probability = 1 / (1 + math.exp(-logit))
    reason = refusal_reason(asked, evidence)
    if reason is not None:
        return Verdict(False, probability, *reason)
    if is_foreign(asked, evidence[0]) and found["pieces"] < calibration.foreign:
        return Verdict(False, probability, Wants.ANYTHING, named)
    return Verdict(probability >= calibration.threshold, probability, Wants.ANYTHING, named)


def is_foreign(asked: Asked, evidence: Evidence) -> bool:
    """True where the plan has none of the question's words, apart from those of its own title."""
    own = [term for term in content_terms(asked.focus) if term.text not in evidence.plan.title]
    return bool(own) and len(absent_terms(own, evidence)) == len(own) and not asked.english


def refusal_reason(asked: Asked, evidence: list[Evidence]) -> tuple[Wants, tuple[str, ...]] | None:
    """Return what the evidence lacks for certain, None if nothing.

    That is a place, a year or a number of the question that the plan does not have, or a thing of the kind asked for.

    Returns:
        The kind that is missing (ANYTHING where words are), and the words.
    """
    absent = absent_terms(content_terms(asked.focus), evidence[0])
    places = tuple(term.text for term in absent if term.place)
    if asked.asserts:
        return None
    if places and not asked.english:
        return Wants.ANYTHING, places
    if missing_value(asked, evidence[0]):
        return asked.wants, ()
    if asked.wants is not Wants.ANYTHING and asked.kind is Kind.FACT and typed(asked, evidence) is None:
        return asked.wants, ()
    return None


def missing_value(asked: Asked, evidence: Evidence) -> bool:
    """True where the question names a year or a number that neither the clause nor the plan's title has.

    A question for yes or no may name a wrong number where the sentence has one of that kind: the claim is compared then.
    """
    text = f"{' '.join(evidence.clause.breadcrumb)} {evidence.clause.text}"
    known = {(value.kind, value.amount) for value in values(text)}
    if asked.yes_no:
        stated = {value.kind for value in values(evidence.text)}
        claimed = {value.kind for value in values(asked.claim)}
        if claimed and claimed <= stated - {"year"}:
            return False
    source = evidence.plan.source
    digits = re.findall(r"(?<![\d.A-Za-z])\d{2,}(?:\.\d+)?(?![\d.]*[A-Za-z年])", asked.text)
    if any(number not in source for number in digits if not within_title(evidence.plan.title, number)):
        return True
    named = [value for value in values(asked.text) if value.kind in ("year", "percent")]
    return any(
        (value.kind, value.amount) not in known
        and not (value.kind == "year" and within_title(evidence.plan.title, value.amount))
        for value in named
    )


def typed(asked: Asked, evidence: list[Evidence], reach: float = 2.0, depth: int = 6) -> Evidence | None:
    """Return the best sentence that holds the kind of thing asked for, not far below the best of all; None without.

    Args:
        asked: what is wanted, in which unit.
        evidence: sentences, best first.
        reach: how far below the best score it may stand.
        depth: how many sentences are looked at.
    """
    terms = [term.text for term in content_terms(asked.focus)]
    for one in evidence[:depth]:
        if one.score >= evidence[0].score - reach and _holds_near(asked, one, terms):
            return one
    return None


def _holds_near(asked: Asked, one: Evidence, terms: list[str]) -> bool:
    """True where a part of the sentence holds the kind of thing asked for together with a third of the question's words.

    English questions share no words with a Chinese plan: there the kind alone decides.
    """
    source = one.plan.source
    for part in parts(source, one.span):
        text = part.of(source).lower()
        shared = sum(term in text or _overlap(term, text) for term in terms)
        if (asked.english or shared >= len(terms) / 3 > 0) and holds(asked.wants, text, asked.unit):
            return True
    return False


def _overlap(term: str, text: str) -> bool:
    """True where two neighbouring characters of a longer word stand in the text (数据开放 beside 开放水平)."""
    return any(term[i : i + 2] in text for i in range(len(term) - 1))
