"""A run as one HTML file: no script, nothing from outside, every text escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from eval import plots
from eval.measures import MEASURES, Measure
from eval.measures.interval import Figure
from eval.run import Run
from eval.table import TITLES, kind_title, number, pace
from eval.wrong_case import wrong_case

_STYLE = Path(__file__).with_name("report.css")
_SHARES = tuple(measure for measure in MEASURES if measure.unit == "share")


def to_html(run: Run, differences: Mapping[str, Figure] | None = None) -> str:
    """Return the report.

    Args:
        run: what is reported.
        differences: to an earlier run, by measure, where there is one.
    """
    about = f"{run.date} · {len(run.scored)} 题 · {run.seconds:.1f} 秒 · 答错 {len(run.wrong)} 题"
    wrong = "".join(wrong_case(one, run.sections) for one in run.wrong)
    parts = [
        f"<h1>{escape(run.name or '评测报告')}</h1><p class=about>{escape(about)}</p>",
        _plots(run, differences),
        f"<h2>总表</h2>{_overall(run, differences)}<p class=about>{escape(pace(run))}</p>",
        "<h2>按题型</h2>" + _by_category(run),
        f"<h2>答错的题({len(run.wrong)})</h2>" + (wrong or "<p>没有。</p>"),
        "<h2>复现</h2><pre>" + escape(json.dumps(dict(run.record), ensure_ascii=False, indent=2)) + "</pre>",
    ]
    style = _STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(run.name or '评测报告')}</title><style>{style}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _plots(run: Run, differences: Mapping[str, Figure] | None) -> str:
    headline = {measure.title: run.headline[measure.name] for measure in _SHARES if measure.name in run.headline}
    kinds = {kind_title(kind): f["correct"] for kind, f in run.by_category.items() if "correct" in f}
    drawn = [("总体,点为值,线为 95% 区间", plots.intervals("总体指标", headline))]
    if len(kinds) > 1:
        drawn.append(("各题型全对的比例", plots.intervals("各题型全对", kinds)))
    for name, unit in (("characters", "字"), ("latency_ms", "毫秒")):
        values = [score for one in run.scored if (score := one.scores.get(name)) is not None]
        if values:
            drawn.append((TITLES[name].removesuffix("中位"), plots.distribution(TITLES[name], values, unit)))
    if points := refusal_curve(run):
        here = (run.headline["refusal_recall"].value, run.headline["refusal_precision"].value)
        drawn.append(("拒答:阈值移动时的精确率与召回率,点为现用阈值", plots.curve("拒答曲线", points, here, ("召回率", "精确率"))))
    if differences:
        shares = {measure.title: differences[measure.name] for measure in _SHARES if measure.name in differences}
        drawn.append(("与旧报告之差(新 - 旧)", plots.intervals("逐题配对之差", shares, low=-0.5, high=0.5)))
    figures = "".join(f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>" for caption, svg in drawn)
    return f"<div class=plots>{figures}</div>"


def refusal_curve(run: Run) -> list[tuple[float, float]]:
    """Return (recall, precision) of refusing for every threshold on the gate's probability, by rising recall.

    An answer without a probability is one that the gate's model had no say in: it stays as it is.
    """
    cases = []
    for one in run.scored:
        if one.case.answerable is not None:
            fixed = 0.0 if one.line.get("abstained") else 1.0
            cases.append(((one.line.get("details") or {}).get("probability", fixed), not one.case.answerable))
    wanted = sum(absent for _, absent in cases)
    points = []
    for threshold in sorted({probability for probability, _ in cases}):
        refused = [absent for probability, absent in cases if probability <= threshold]
        if wanted and threshold < 1:
            points.append((sum(refused) / wanted, sum(refused) / len(refused)))
    return points if len(points) > 2 else []


def _overall(run: Run, differences: Mapping[str, Figure] | None) -> str:
    rows = []
    for measure in MEASURES:
        if figure := run.headline.get(measure.name):
            cells = [measure.title, number(figure.value, measure), _ends(figure, measure), str(figure.n)]
            if differences is not None:
                cells.append(_change(differences.get(measure.name), measure))
            rows.append(cells)
    return _table(["指标", "值", "95% 区间", "n", *([] if differences is None else ["新 - 旧"])], rows)


def _change(change: Figure | None, measure: Measure) -> str:
    return "-" if change is None else f"{number(change.value, measure, signed=True)} ({_ends(change, measure)})"


def _ends(figure: Figure, measure: Measure) -> str:
    return f"{number(figure.low, measure)} … {number(figure.high, measure)}"


def _by_category(run: Run) -> str:
    measures = [measure for measure in MEASURES if measure.name in run.headline]
    rows = []
    for kind, figures in run.by_category.items():
        cells = [kind_title(kind), str(sum(one.case.category == kind for one in run.scored))]
        for measure in measures:
            figure = figures.get(measure.name)
            shown = figure and f"{number(figure.value, measure)} ({_ends(figure, measure)}; {figure.n})"
            cells.append(shown or "-")
        rows.append(cells)
    return _table(["题型", "n", *(measure.title for measure in measures)], rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<div class=scroll><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
