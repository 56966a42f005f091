"""A run as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.measures import MEASURES, Measure
from eval.measures.interval import Figure
from eval.questions import CATEGORIES
from eval.run import Run

if TYPE_CHECKING:
    from eval.ablation import Ablated

TITLES = {measure.name: measure.title for measure in MEASURES}
KIND_COLUMNS = (
    "correct", "facts_met", "citation_precision", "citation_recall", "recall@1", "recall@5", "mrr", "ndcg@10",
    "characters", "latency_ms",
)  # fmt: skip
"""What the table by kind shows; the report and the JSON hold every measure."""
_WIDTH = 170
_TITLE_WIDTH = 72


def console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, or wide enough for a table where there is none."""
    found = Console(stderr=stderr)
    return found if found.is_terminal else Console(stderr=stderr, width=_WIDTH)


def progress_bar() -> Progress:
    """Return a progress bar on stderr that goes away when done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def kind_title(kind: str) -> str:
    """Return the Chinese title of a kind of question, or the kind as the set names it."""
    return CATEGORIES.get(kind, kind or "未分类")


def number(value: float, measure: Measure, *, signed: bool = False) -> str:
    """Return a figure as people read it: a share with three decimals, characters and milliseconds with one at most."""
    digits = ".3f" if measure.unit == "share" else ".0f" if abs(value) >= 100 else ".1f"
    return format(value, ("+" if signed else "") + digits)


def overall_table(run: Run) -> Table:
    """Return every measure with its interval and the number of cases that have a score."""
    title = f"{run.name} · {len(run.scored)} 题 · {run.seconds:.1f} 秒 · 答错 {len(run.wrong)} 题"
    return _table(title, run.headline, signed=False)


def pace(run: Run) -> str:
    """Return how the median answer compares with embedding one question; empty where that was not measured."""
    embedding = run.embedding_ms
    if not embedding or "latency_ms" not in run.headline:
        return ""
    return f"问题向量化中位 {embedding:.1f} 毫秒,答题中位为其 {run.headline['latency_ms'].value / embedding:.2f} 倍"


_CHAT_COUNTS = {
    "written": "写", "proved": "证实", "added_citations": "补引用", "repaired": "重写", "dropped": "删去",
    "characters_in": "读入字符", "characters_out": "写出字符", "seconds": "秒",
}  # fmt: skip


def chat_counts(run: Run) -> str:
    """Return what the chat model wrote, summed over the run; empty where none wrote."""
    details = [one.line.get("details") or {} for one in run.scored]
    wrote = [one for one in details if "written" in one]
    if not wrote:
        return ""
    sums = {name: sum(one.get(name, 0) for one in wrote) for name in _CHAT_COUNTS}
    faults = sum(bool(one.get("fault")) for one in details)
    counts = ",".join(f"{title} {sums[name]:g}" for name, title in _CHAT_COUNTS.items())
    return f"对话模型答 {len(wrote)} 题:{counts};出错 {faults} 次"


def difference_table(differences: Mapping[str, Figure], old_date: str) -> Table:
    """Return the paired differences; a star marks those whose interval does not hold 0."""
    return _table(f"与 {old_date} 相比(新 - 旧,逐题配对)", differences, signed=True)


def _table(title: str, figures: Mapping[str, Figure], *, signed: bool) -> Table:
    table = Table(title=title, title_justify="left", min_width=_TITLE_WIDTH)
    table.add_column("指标")
    for head in ("差" if signed else "值", "95% 区间", "n"):
        table.add_column(head, justify="right")
    for measure in MEASURES:
        if figure := figures.get(measure.name):
            star = _star(figure) if signed else ""
            low, high = (number(end, measure, signed=signed) for end in (figure.low, figure.high))
            table.add_row(
                measure.title, number(figure.value, measure, signed=signed) + star, f"{low} … {high}", str(figure.n)
            )
    return table


def figure_table(title: str, figures: Mapping[str, Figure]) -> Table:
    """Return shares by name, with their intervals."""
    table = Table("指标", title=title, title_justify="left", min_width=_TITLE_WIDTH)
    for head in ("值", "95% 区间", "n"):
        table.add_column(head, justify="right")
    for name, figure in figures.items():
        table.add_row(name, f"{figure.value:.3f}", f"{figure.low:.3f} … {figure.high:.3f}", str(figure.n))
    return table


def kind_table(run: Run) -> Table:
    """Return the main measures by kind of question; under each its interval, and n where not the kind's."""
    table = Table(title="按题型", title_justify="left", show_lines=True)
    table.add_column("题型", no_wrap=True)
    table.add_column("n", justify="right")
    measures = [measure for measure in MEASURES if measure.name in KIND_COLUMNS]
    for measure in measures:
        table.add_column(measure.title, justify="right")
    for kind, figures in run.by_category.items():
        n = sum(one.case.category == kind for one in run.scored)
        cells = [_cell(figures.get(measure.name), measure, n) for measure in measures]
        table.add_row(kind_title(kind), str(n), *cells)
    return table


def _cell(figure: Figure | None, measure: Measure, n: int) -> str:
    if figure is None:
        return "-"
    low, high = number(figure.low, measure), number(figure.high, measure)
    return f"{number(figure.value, measure)}\n{low}…{high}" + (f"\nn={figure.n}" if figure.n != n else "")


def ablation_table(full: Run, ablated: Sequence[Ablated], shown: Sequence[str]) -> Table:
    """Return what each mechanism adds: with it minus without it, paired; a star where the interval does not hold 0."""
    correct = full.headline["correct"].value
    title = f"消融:各机制的贡献(有 - 无);全部开启时全对 {correct:.3f},{len(full.scored)} 题"
    table = Table(title=title, title_justify="left", show_lines=True)
    measures = [measure for measure in MEASURES if measure.name in shown]
    for head in ("机制", "说明", "关闭后全对", "仅开/仅关时对", *(measure.title for measure in measures)):
        table.add_column(head)
    for one in ablated:
        flips = f"{len(one.mended)} / {len(one.broken)}"
        cells = [_gain(one.gained.get(measure.name), measure) for measure in measures]
        table.add_row(one.mechanism, one.description, f"{one.correct.value:.3f}", flips, *cells)
    return table


def _gain(figure: Figure | None, measure: Measure) -> str:
    if figure is None:
        return "-"
    value, low, high = (number(one, measure, signed=True) for one in (figure.value, figure.low, figure.high))
    return f"{value}{_star(figure)}\n{low}…{high}"


def _star(figure: Figure) -> str:
    return " *" if figure.low > 0 or figure.high < 0 else ""


def print_all(*parts: RenderableType) -> None:
    """Print to stdout."""
    shown = console()
    for part in parts:
        shown.print(part)
