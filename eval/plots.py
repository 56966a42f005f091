"""Plots as inline SVG, drawn by hand: they need no script and follow the page's colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from eval.measures.interval import Figure

_LABEL, _PLOT, _VALUE, _ROW = 150, 300, 130, 26
_BARS, _TOP, _BOTTOM = 24, 22, 160


def intervals(title: str, figures: Mapping[str, Figure], *, low: float = 0.0, high: float = 1.0) -> str:
    """Return a row for each figure: a dot at its value on a line over its interval.

    Args:
        title: read to those who do not see the plot.
        figures: by label, top to bottom.
        low: left end of the axis.
        high: right end.
    """
    rows = []
    for place, (label, figure) in enumerate(figures.items()):
        y = _ROW * (place + 0.5)
        left, right, dot = (_x(end, low, high) for end in (figure.low, figure.high, figure.value))
        rows.append(
            f'<text x="0" y="{y + 4:.0f}">{escape(label)}</text>'
            f'<line class="range" x1="{left:.1f}" x2="{right:.1f}" y1="{y:.0f}" y2="{y:.0f}"/>'
            f'<circle class="dot" cx="{dot:.1f}" cy="{y:.0f}" r="4.5"/>'
            f'<text class="soft" x="{_LABEL + _PLOT + 14}" y="{y + 4:.0f}">{figure.value:.3f} (n={figure.n})</text>'
        )
    bottom = _ROW * len(figures)
    ticks = "".join(_tick(low + (high - low) * step / 4, low, high, bottom) for step in range(5))
    return _svg(title, _LABEL + _PLOT + _VALUE, bottom + 22, ticks + "".join(rows))


def distribution(title: str, values: Sequence[float], unit: str) -> str:
    """Return a histogram of `values` in 24 bars, with the median marked; `unit` stands at the axis."""
    counts, edges = np.histogram(values, bins=_BARS)
    tallest, width = int(counts.max()), _LABEL + _PLOT
    step = width / _BARS
    heights = [(_BOTTOM - _TOP) * count / tallest for count in counts]
    bars = "".join(
        f'<rect class="bar" x="{place * step:.1f}" width="{step - 1:.1f}" '
        f'y="{_BOTTOM - height:.1f}" height="{height:.1f}"/>'
        for place, height in enumerate(heights)
    )
    middle = float(np.median(values))
    x = width * (middle - edges[0]) / (edges[-1] - edges[0])
    marks = (
        f'<line class="range" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_BOTTOM}"/>'
        f'<text class="soft" x="{min(x, width - 110):.0f}" y="14">中位 {middle:.1f} {escape(unit)}</text>'
        f'<text class="soft" x="0" y="{_BOTTOM + 18}">{edges[0]:.0f}</text>'
        f'<text class="soft" x="{width}" y="{_BOTTOM + 18}" text-anchor="end">{edges[-1]:.0f} {escape(unit)}</text>'
    )
    return _svg(title, width, _BOTTOM + 24, bars + marks)


def curve(title: str, points: Sequence[tuple[float, float]], here: tuple[float, float], axes: tuple[str, str]) -> str:
    """Return a line through `points`, with a dot at `here`; both axes run from 0 to 1.

    Args:
        title: read to those who do not see the plot.
        points: (x, y), in the order in which they are joined.
        here: the point that is in use.
        axes: names of x and y.
    """
    side = _PLOT

    def place(point: tuple[float, float]) -> str:
        return f"{40 + side * point[0]:.1f},{10 + side * (1 - point[1]):.1f}"

    x, y = place(here).split(",")
    ticks = "".join(
        f'<line class="grid" x1="40" x2="{40 + side}" y1="{10 + side * share:.0f}" y2="{10 + side * share:.0f}"/>'
        f'<text class="soft" x="34" y="{14 + side * share:.0f}" text-anchor="end">{1 - share:.2f}</text>'
        f'<text class="soft" x="{40 + side * share:.0f}" y="{side + 26}" text-anchor="middle">{share:.2f}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    line = f'<polyline class="curve" points="{" ".join(map(place, points))}"/>'
    names = (
        f'<text class="soft" x="{40 + side / 2:.0f}" y="{side + 44}" text-anchor="middle">{escape(axes[0])}</text>'
        f'<text class="soft" x="44" y="8">{escape(axes[1])}</text>'
    )
    return _svg(title, side + 60, side + 50, ticks + line + f'<circle class="dot" cx="{x}" cy="{y}" r="5"/>' + names)


def _x(value: float, low: float, high: float) -> float:
    return _LABEL + _PLOT * (min(max(value, low), high) - low) / (high - low)


def _tick(value: float, low: float, high: float, bottom: float) -> str:
    x = _x(value, low, high)
    return (
        f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{bottom}"/>'
        f'<text class="soft" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{value:.2f}</text>'
    )


def _svg(title: str, width: float, height: float, inside: str) -> str:
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )
