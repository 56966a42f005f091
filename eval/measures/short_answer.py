"""Does the short answer match a gold answer?

Source: Cui et al., A Span-Extraction Dataset for Chinese Machine Reading Comprehension (CMRC 2018), EMNLP 2019, and
its cmrc2018_evaluate.py: Han characters and Latin or digit runs are units, punctuation does not count, and overlap is
the longest run of units that both have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from eval.wording import folded

_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff_]+")


def units(text: str) -> list[str]:
    """Return the Han characters and the Latin or digit runs of `text`, in lower case, without punctuation."""
    return _UNIT.findall(folded(text).lower())


def exact_match(predicted: str, gold: Sequence[str]) -> float:
    """Return 1 if the prediction has the same units as one of the gold answers, else 0."""
    return float(bool(units(predicted)) and any(units(predicted) == units(one) for one in gold))


def overlap_f1(predicted: str, gold: Sequence[str]) -> float:
    """Return the best F1 with one of the gold answers, in [0, 1].

    F1 = 2 m / (predicted + gold), all counted in units, m the longest common run.
    """
    return max((_f1(units(predicted), units(one)) for one in gold), default=0.0)


def _f1(predicted: list[str], gold: list[str]) -> float:
    if not predicted or not gold:
        return 0.0
    common = SequenceMatcher(None, predicted, gold, autojunk=False).find_longest_match().size
    return 2 * common / (len(predicted) + len(gold))


def holds_answer(text: str, gold: Sequence[str]) -> bool:
    """Return whether one of the gold answers stands in `text`, whatever its width and blanks."""
    said = folded(text)
    return any(folded(one) in said for one in gold)
