"""`python -m eval.readme`: put the figures of the last run into README.md and README.en.md, between their marks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typer

from eval.writing import write_atomically

ROOT = Path(__file__).parents[1]
LATEST = ROOT / "eval" / "reports" / "latest.json"
_ROWS = {
    "answered_right": ("可答的题全对(事实齐全、引用齐全、状态正确)", "answerable questions all right (facts, citations, status)"),
    "citation_precision": ("引用精确率", "citation precision"),
    "citation_recall": ("引用召回率", "citation recall"),
    "quotes_verbatim": ("引文逐字", "quotes verbatim"),
    "refusal_precision": ("拒答精确率", "refusal precision"),
    "refusal_recall": ("拒答召回率", "refusal recall"),
    "premise_handled": ("错误前提被纠正", "false premises handled"),
}
_MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)


def table(run: dict[str, Any], english: bool) -> str:
    """Return the headline figures of `run` as a Markdown table, shares with their 95 % intervals."""
    head = "| measure | value | 95 % interval | n |" if english else "| 指标 | 值 | 95% 区间 | n |"
    lines = [head, "|---|---|---|---|"]
    for name, titles in _ROWS.items():
        figure = run["headline"][name]
        value, low, high = (f"{figure[key]:.3f}" for key in ("value", "low", "high"))
        lines.append(f"| {titles[english]} | {value} | {low}–{high} | {figure['n']} |")
    return "\n".join(lines) + "\n"


def readme() -> None:
    """Rewrite the tables in both READMEs."""
    run = json.loads(LATEST.read_text(encoding="utf-8"))
    for name, english in (("README.md", False), ("README.en.md", True)):
        text = (ROOT / name).read_text(encoding="utf-8")
        written = _MARKS.sub(lambda m, english=english: m[1] + table(run, english) + m[2], text)  # type: ignore[misc]
        write_atomically(ROOT / name, written.encode())


if __name__ == "__main__":
    typer.run(readme)
