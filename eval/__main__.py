"""`python -m eval`: run the eval set, print the tables, write the report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from index.errors import PlanError

Split = Literal["test", "tune", "all"]
ReaderMode = Literal["extractive", "chat"]


def evaluate(
    questions: Annotated[Path | None, typer.Option(help="Question file (JSON Lines); our own set if none.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for JSON and HTML; default: eval/reports.")] = None,
    split: Annotated[Split, typer.Option(help="Which cases, where the set has splits.")] = "test",
    compare: Annotated[Path | None, typer.Option(help="JSON of an earlier run: prints paired differences.")] = None,
    gate: Annotated[Path | None, typer.Option(help="Fail if the test split falls below this file.")] = None,
    write_gate: Annotated[Path | None, typer.Option(help="Write this run's figures as a gate file.")] = None,
    mode: Annotated[ReaderMode | None, typer.Option(help="Overrides the settings.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="NAME=VALUE, any setting; can be given again.")] = None,
) -> None:
    """Answer every question, judge the answers, print tables, write a dated JSON and an HTML report."""
    from eval import gate as gates
    from eval.compare import flipped, paired_differences
    from eval.questions import OWN_QUESTIONS, of_split, read_questions
    from eval.record import called, record_of
    from eval.run import REPORTS, load, run
    from eval.table import chat_counts, difference_table, kind_table, overall_table, pace, print_all, progress_bar
    from eval.writing import write_run
    from index.settings import take_flags
    from qa import Answerer, Settings

    take_flags(settings or ())
    source = questions or OWN_QUESTIONS
    cases = of_split(read_questions(source), split)
    old = load(compare) if compare else None
    with progress_bar() as bar:
        task = bar.add_task("载入模型与索引", total=None)
        answerer = Answerer.open(Settings(mode=mode) if mode else Settings())
        bar.update(task, description="答题")
        record = record_of(answerer, called=called(), questions_file=source.name, split=split)
        judged = run(
            answerer, cases, lambda done, total: bar.update(task, completed=done, total=total),
            name=f"{source.stem} · {split}", record=record,
        )  # fmt: skip
    print_all(kind_table(judged), overall_table(judged), pace(judged))
    if counts := chat_counts(judged):
        print_all(counts)
    differences = None
    if old:
        differences = paired_differences(old, judged)
        print_all(difference_table(differences, old.date))
        for title, ids in zip(("由错转对", "由对转错"), flipped(old, judged), strict=True):
            typer.echo(f"{title} {len(ids)}: {' '.join(ids)}")
    for path in write_run(judged, out or REPORTS, differences):
        typer.echo(path)
    if write_gate:
        gates.write_gate(judged, write_gate)
        typer.echo(write_gate)
    if gate:
        gates.check_gate(judged, gate)
        typer.echo(f"gate {gate}: passed")


def run_command(command: Callable[..., None], name: str) -> None:
    """Run a command; what the user has to know comes as one line."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(command)
    try:
        app(prog_name=f"python -m {name}")
    except PlanError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    run_command(evaluate, "eval")
