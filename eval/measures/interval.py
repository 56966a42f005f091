"""Bootstrap intervals.

Source: Efron, Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 (percentile interval) and 16 (paired).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""Takes values of shape (…, n), gives the figure of each row, shape (…)."""
RESAMPLES = 2000
LEVEL = 0.95


def mean(values: Floats) -> Floats:
    """Return the mean over the last axis."""
    return np.asarray(values.mean(axis=-1), dtype=np.float64)


def median(values: Floats) -> Floats:
    """Return the median over the last axis."""
    return np.asarray(np.median(values, axis=-1), dtype=np.float64)


def percentile_95(values: Floats) -> Floats:
    """Return the 95th percentile over the last axis, linear between neighbours."""
    return np.asarray(np.percentile(values, 95, axis=-1), dtype=np.float64)


@dataclass(frozen=True)
class Figure:
    """A statistic over the cases that have a score.

    Attributes:
        value: the figure, in the measure's unit.
        low: lower end of its 95 % interval.
        high: upper end.
        n: cases that have a score.
    """

    value: float
    low: float
    high: float
    n: int

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def estimate(scores: Sequence[float], statistic: Statistic, *, seed: int) -> Figure:
    """Return `statistic` of the scores, with the percentile interval over resamples drawn with replacement.

    Where all scores are the same the interval has no width, however few they are.
    """
    values, drawn = np.asarray(scores, dtype=np.float64), _draws(len(scores), seed)
    return _figure(statistic(values), statistic(values[drawn]), len(scores))


def paired_estimate(old: Sequence[float], new: Sequence[float], statistic: Statistic, *, seed: int) -> Figure:
    """Return statistic(new) - statistic(old) of the same cases, with its interval: both are resampled case by case."""
    before, after = np.asarray(old, dtype=np.float64), np.asarray(new, dtype=np.float64)
    drawn = _draws(len(after), seed)
    resampled = statistic(after[drawn]) - statistic(before[drawn])
    return _figure(statistic(after) - statistic(before), resampled, len(after))


def _draws(n: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).integers(0, n, size=(RESAMPLES, n))


def _figure(value: Floats, resampled: Floats, n: int) -> Figure:
    low, high = np.percentile(resampled, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return Figure(float(value), float(low), float(high), n)
