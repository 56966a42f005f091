"""Whether a second statement belongs to the answer: a question may need two without saying so in any set form.

The candidate is the sentence, of the same clause or another, that is good evidence and covers of the question what the
quoted sentences leave uncovered, piece by piece (maximal marginal relevance, Carbonell & Goldstein 1998, with late interaction
for the novelty). A small logistic model, fitted by `python -m eval.fit`, says whether it is needed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.asked import Asked
from qa.compound import side_by_side, taken_apart
from qa.evidence import Evidence, LinearScorer, Query, Scores

SECOND_FEATURES = ("gain", "gap", "top gap", "doubt", "asserts", "beside", "split", "joins", "parts", "follows")
"""How much more of the question the candidate covers (weighted mean over its pieces, in cosine); how far its score stands
below that of the quoted sentence and below the best; how unsure the gate is of the answer; whether a claim is put; whether the
question sets things side by side (各自, 两处); how well the question can be cut in two, of which the quoted sentence covers the
one better and the candidate the other (the lesser of the two advantages, in cosine); marks and words that join, four at most;
whether the question was taken apart; whether it follows up what was said."""
_NOVELTY = 30.0
"""What a covered cosine counts beside the score of the evidence, where the candidate is chosen."""
_LEAST_SIDE, _MOST_JOINS = 0.15, 4
"""Share of the question's weight that either side of a cut has at least; joints that count, at most."""
_JOINS = re.compile(r"[,;:、+/—]|[?。!](?=.)|和|与|跟|及|还有|另外|又|也|同|[\u4e00-\u9fff]\s+[\u4e00-\u9fff\d]|\band\b|\bor\b|\d[)]", re.I)
"""A question without any of these asks one thing."""


@dataclass(frozen=True)
class Second:
    """The sentence that an answer may lack.

    Attributes:
        evidence: the sentence.
        features: the value of each of `SECOND_FEATURES`.
    """

    evidence: Evidence
    features: dict[str, float]

    def probability(self, weights: Mapping[str, float]) -> float:
        """Return how likely the answer needs it, in [0, 1], by the fitted logistic model."""
        logit = weights["bias"] + sum(weights[name] * self.features[name] for name in SECOND_FEATURES)
        return 1 / (1 + math.exp(-logit))


def second(asked: Asked, query: Query, evidence: Sequence[Evidence], quotes: Sequence[str], sure: float, scorer: LinearScorer, *, follows: bool = False) -> Second | None:
    """Return the best candidate, None where the question asks one thing or there is no other sentence.

    Args:
        asked: the question as understood.
        query: the question as compared.
        evidence: sentences, best first.
        quotes: what is quoted already.
        sure: probability that the quoted evidence carries the answer, as the gate has it, in [0, 1].
        scorer: gives the matches and weights of the question's pieces.
        follows: the question leans on what was said before.
    """
    joints = _JOINS.findall(asked.text.rstrip("?。! "))
    if not joints:
        return None
    quoted = [one for one in evidence if any(quote in one.text or one.text in quote for quote in quotes)]
    others = [one for one in evidence if one not in quoted]
    beside = side_by_side(asked.text)
    if beside:  # what stands beside the one clause stands in another
        others = [one for one in others if one.owner not in {told.owner for told in quoted}]
    weights = scorer.piece_weights(query.encoded)
    if not quoted or not others or not weights.sum():
        return None
    covered = scorer.covered(query, quoted).max(axis=0)
    apart = scorer.covered(query, others) - covered
    gains = np.maximum(0.0, apart) @ weights / weights.sum()
    worth = np.array([one.score for one in others]) + _NOVELTY * gains
    place = int(np.argmax(worth))
    return Second(
        others[place],
        {
            "gain": float(gains[place]),
            "gap": max(one.score for one in quoted) - others[place].score,
            "top gap": evidence[0].score - others[place].score,
            "doubt": 1 - sure,
            "asserts": float(asked.asserts),
            "beside": float(beside),
            "split": _split(apart[place], weights),
            "joins": float(min(len(joints), _MOST_JOINS)),
            "parts": float(len(taken_apart(asked.text)) > 1),
            "follows": float(follows),
        },
    )


def _split(apart: Scores, weights: Scores) -> float:
    """Return the greatest lesser advantage of two sentences over the two sides of a cut through the question.

    Args:
        apart: by how much the candidate covers each piece better than what is quoted, float64 (pieces,).
        weights: of the pieces, float64 (pieces,).
    """
    total, gained = np.cumsum(weights), np.cumsum(apart * weights)
    cuts = np.flatnonzero((total >= _LEAST_SIDE * total[-1]) & (total <= (1 - _LEAST_SIDE) * total[-1]))
    if not len(cuts):
        return 0.0
    left, right = gained[cuts] / total[cuts], (gained[-1] - gained[cuts]) / (total[-1] - total[cuts])
    return float(np.maximum(np.minimum(-left, right), np.minimum(left, -right)).max())
