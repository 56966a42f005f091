"""A run of the evaluation as the page shows it: headline figures, bars by kind of question, wrong cases to open."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from page.address import clause_link
from page.texts import both

if TYPE_CHECKING:
    from eval.measures.interval import Figure
    from eval.run import Run, Scored

HEADLINE = ("correct", "facts_met", "citation_precision", "citation_recall", "quotes_verbatim", "refusal_recall",
            "refusal_precision", "recall@5")  # fmt: skip
"""Measures that stand large at the top; the report of `python -m eval` has them all."""
MOST_WRONG = 100


def run_html(run: Run) -> str:
    """Return the run as markup; every text in it is escaped."""
    from eval.measures import MEASURES

    titles = {measure.name: measure.title for measure in MEASURES}
    tiles = "".join(_tile(titles[name], run.headline[name]) for name in HEADLINE if name in run.headline)
    count = f"{len(run.scored)} {both('measure_questions')}"
    when = f'<p class="caption">{both("measure_when")} {escape(run.date)} · {count}</p>'
    wrong = "".join(_wrong(one) for one in run.wrong[:MOST_WRONG])
    return (
        f'{when}<div class="tiles">{tiles}</div><h3>{both("measure_kinds")}</h3>{_kinds(run)}'
        f"<h3>{both('measure_wrong')} · {len(run.wrong)}</h3>{wrong}"
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def _tile(title: str, figure: Figure) -> str:
    return (
        f'<div class="tile"><p class="tile-title">{escape(title)}</p><p class="tile-value">{_percent(figure.value)}</p>'
        f'<p class="caption">{both("interval")} {_percent(figure.low)} – {_percent(figure.high)} · n={figure.n}</p>'
        "</div>"
    )


def _kinds(run: Run) -> str:
    from eval.questions import CATEGORIES

    rows = ""
    for kind, figures in run.by_category.items():
        if figure := figures.get("correct"):
            rows += (
                f'<tr><th scope="row">{escape(CATEGORIES.get(kind, kind))}</th><td class="bar-cell">'
                f'<span class="bar" style="width:{figure.value * 100:.1f}%"></span>'
                f'<span class="whisker" style="left:{figure.low * 100:.1f}%;'
                f'width:{(figure.high - figure.low) * 100:.1f}%">'
                f'</span></td><td class="figure">{_percent(figure.value)}</td><td class="figure">{figure.n}</td></tr>'
            )
    return f'<table class="kinds"><tbody>{rows}</tbody></table>'


def _wrong(one: Scored) -> str:
    case, line = one.case, one.line
    expected = {
        "status": case.status, "relevant": list(case.relevant or ()), "facts": [list(f) for f in case.facts or ()]
    }  # fmt: skip
    links = "".join(
        f'<a class="cite" href="{clause_link(str(c["section"]), int(c["start"]), int(c["end"]))}">'
        f"{escape(str(c['section']))}</a>"
        for c in line.get("citations", ())
    )
    failed = "、".join(name for name, score in one.scores.items() if score == 0)
    return (
        f'<details class="wrong"><summary><span class="no">{escape(case.id)}</span> {escape(case.question.text)}'
        "</summary>"
        f"<p><b>{both('expected')}</b> {escape(json.dumps(expected, ensure_ascii=False))}</p>"
        f"<p><b>{both('came')}</b> [{escape(str(line.get('status')))}] {escape(str(line.get('answer')))} {links}</p>"
        f'<p class="caption">{escape(failed)}</p></details>'
    )
