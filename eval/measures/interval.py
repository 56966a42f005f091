"""Bootstrap intervals.

Source: Efron, Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 (percentile interval) and 16 (paired).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def interval(values: Sequence[float], statistic: Statistic, *, seed: int) -> tuple[float, float]:
    """Return the 95 % percentile interval of `statistic` over resamples of `values`, drawn with replacement.

    Where all values are the same it has no width, however few they are.
    """
    drawn, known = _draws(len(values), seed), np.asarray(values, dtype=np.float64)
    return _ends(statistic(known[drawn]))


def paired_interval(old: Sequence[float], new: Sequence[float], statistic: Statistic, *, seed: int) -> tuple[float, float]:
    """Return the 95 % percentile interval of statistic(new) - statistic(old), where both are resampled case by case."""
    drawn = _draws(len(new), seed)
    before, after = np.asarray(old, dtype=np.float64), np.asarray(new, dtype=np.float64)
    return _ends(statistic(after[drawn]) - statistic(before[drawn]))


def _draws(n: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).integers(0, n, size=(RESAMPLES, n))


def _ends(figures: Floats) -> tuple[float, float]:
    low, high = np.percentile(figures, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)
