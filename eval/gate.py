"""The regression gate: figures on the test split that must not fall by more than chance explains."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.measures import MEASURES, Measure
from eval.measures.interval import Figure
from eval.run import Run
from eval.writing import write_atomically
from index.errors import PlanError


class Gate(BaseModel):
    """What was reached, and on what.

    Attributes:
        date: of the run that the figures are from.
        split: the split they are from.
        questions_sha256: fingerprint of that split's cases.
        figures: by measure.
    """

    model_config = ConfigDict(extra="forbid")
    date: str
    split: Literal["test"] = "test"
    questions_sha256: str
    figures: dict[str, Figure]


def write_gate(run: Run, path: Path) -> None:
    """Write the run's figures on the test split as the gate that later runs must pass.

    Raises:
        PlanError: the run has no case of that split, or the file cannot be written.
    """
    tested = _tested(run)
    figures = {measure.name: tested.headline[measure.name] for measure in _gated(tested)}
    gate = Gate(date=run.date, questions_sha256=tested.questions_sha256, figures=figures)
    write_atomically(path, (gate.model_dump_json(indent=2) + "\n").encode())


def check_gate(run: Run, path: Path) -> None:
    """Compare the run's figures on the test split with the stored ones.

    Raises:
        PlanError: a figure is worse than the stored value by more than half the width of the stored interval, the run
            has none, or the gate cannot be read or was written for other questions.
    """
    try:
        gate = Gate.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise _closed(f"a gate file at {path}", type(error).__name__, "write one with --write-gate") from None
    tested = _tested(run)
    if gate.questions_sha256 != tested.questions_sha256:
        raise _closed("the questions that the gate was written for", "others", "run --split test, or --write-gate anew")
    failed = [
        f"{name} {tested.headline[name].value:.3f} (held {held.value:.3f} ± {held.half_width:.3f})"
        if name in tested.headline
        else f"{name} missing"
        for name, held in gate.figures.items()
        if name not in tested.headline or _is_worse(name, tested.headline[name], held)
    ]
    if failed:
        raise _closed(
            f"no figure below {path.name}'s less its half-width", "; ".join(failed), "open the report's wrong cases"
        )


def _tested(run: Run) -> Run:
    tested = run.of_split("test")
    if not tested.scored:
        raise _closed("a run over the test split", "no case of it", "run with --split test")
    return tested


def _gated(run: Run) -> list[Measure]:
    return [measure for measure in MEASURES if measure.gated and measure.name in run.headline]


def _is_worse(name: str, now: Figure, held: Figure) -> bool:
    higher_is_better = next((measure.higher_is_better for measure in MEASURES if measure.name == name), True)
    fall = held.value - now.value if higher_is_better else now.value - held.value
    return fall > held.half_width + 1e-9


def _closed(expected: str, got: str, next_step: str) -> PlanError:
    return PlanError(expected=expected, got=got, next_step=next_step)
