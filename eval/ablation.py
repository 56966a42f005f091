"""`python -m eval.ablation`: what each mechanism adds, by switching it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from eval.__main__ import Split, run_command
from eval.compare import flipped, paired_differences
from eval.measures.interval import Figure
from eval.questions import OWN_QUESTIONS, Case, of_split, read_questions
from eval.run import REPORTS, Answers, Run, run

SHOWN = ("correct", "answered_right", "citation_recall", "refusal_precision", "refusal_recall", "premise_handled",
         "mrr")  # fmt: skip
"""Measures of the printed table; the JSON holds all. Times are left out: they change from run to run by themselves."""


@dataclass(frozen=True)
class Ablated:
    """A run with one mechanism off, beside the run with all of them.

    Attributes:
        mechanism: its name.
        description: what it does, one line.
        correct: share of right answers without it.
        gained: what it adds, by measure: with it minus without it, paired by case, with its interval.
        mended: ids of the cases that are right only with it.
        broken: ids of the cases that are right only without it.
    """

    mechanism: str
    description: str
    correct: Figure
    gained: Mapping[str, Figure]
    mended: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Ablation:
    """All of it.

    Attributes:
        full: the run with every mechanism.
        ablated: by mechanism, in the order of the list.
    """

    full: Run
    ablated: tuple[Ablated, ...]


def ablate(
    open_without: Callable[[frozenset[str]], Answers],
    mechanisms: Mapping[str, str],
    cases: Sequence[Case],
    progress: Callable[[int, int], None] | None = None,
) -> Ablation:
    """Run the cases with everything on, then once for each mechanism without it.

    Args:
        open_without: makes an answerer with those mechanisms switched off.
        mechanisms: descriptions by name.
        cases: what is asked.
        progress: told how many answers are given, of how many in all runs.
    """
    total = len(cases) * (len(mechanisms) + 1)

    def one_run(off: frozenset[str], before: int) -> Run:
        def tell(done: int, _of: int) -> None:
            if progress:
                progress(before * len(cases) + done, total)

        return run(open_without(off), cases, tell, name=f"without {' '.join(off)}" if off else "all mechanisms")

    full = one_run(frozenset(), 0)
    ablated = []
    for place, (mechanism, description) in enumerate(mechanisms.items(), 1):
        without = one_run(frozenset({mechanism}), place)
        mended, broken = flipped(without, full)
        gained = paired_differences(without, full)
        ablated.append(
            Ablated(mechanism, description, without.headline["correct"], gained, tuple(mended), tuple(broken))
        )
    return Ablation(full, tuple(ablated))


def measure_ablation(
    questions: Annotated[Path | None, typer.Option(help="Question file (JSON Lines); our own set if none.")] = None,
    split: Annotated[Split, typer.Option(help="Which cases, where the set has splits.")] = "test",
    only: Annotated[list[str] | None, typer.Option(help="This mechanism only; can be given again.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the JSON; default: eval/reports.")] = None,
) -> None:
    """Run the set with each mechanism switched off; print what each adds and write a JSON."""
    from dataclasses import replace

    from pydantic import TypeAdapter

    from eval.record import record_of
    from eval.table import ablation_table, print_all, progress_bar
    from eval.writing import write_atomically
    from index.errors import PlanError
    from qa import Answerer
    from qa.settings import MECHANISMS

    cases = of_split(read_questions(questions or OWN_QUESTIONS), split)
    if unknown := set(only or ()) - set(MECHANISMS):
        raise PlanError(expected=f"--only with one of {', '.join(MECHANISMS)}", got=", ".join(sorted(unknown)),
                        next_step="give a name from that list")  # fmt: skip
    chosen = {name: text for name, text in MECHANISMS.items() if not only or name in only}
    with progress_bar() as bar:
        task = bar.add_task("载入模型与索引", total=None)
        answerer = Answerer.open()

        def without(off: frozenset[str]) -> Answerer:
            settings = answerer.settings.model_copy(update={"disabled": answerer.settings.disabled | off})
            return Answerer(answerer.index, answerer.embedder, settings, answerer.calibration)

        bar.update(task, description="答题")
        found = ablate(without, chosen, cases, lambda done, total: bar.update(task, completed=done, total=total))
    record = record_of(answerer, split=split)
    found = replace(found, full=replace(found.full, record=record))
    print_all(ablation_table(found.full, found.ablated, SHOWN))
    path = (out or REPORTS) / "ablation.json"
    write_atomically(path, TypeAdapter(Ablation).dump_json(found, indent=1))
    typer.echo(path)


if __name__ == "__main__":
    run_command(measure_ablation, "eval.ablation")
