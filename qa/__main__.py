"""`python -m qa "问题"`: ask in the terminal; `--json` and `--batch` for scripts."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from index.errors import PlanError

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.answerer import Answerer


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in everyday words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer line (one JSON object).")] = False,
    batch: Annotated[Path | None, typer.Option(help="JSON Lines file of questions.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to --batch go, JSON Lines, same order.")] = None,
    mode: Annotated[str | None, typer.Option(help="extractive or chat; default: chat where a chat model is set.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="NAME=VALUE, any setting; can be given again.")] = None,
    check_model: Annotated[bool, typer.Option("--check-model", help="Say whether the chat model that is set works.")] = False,
) -> None:
    """Answer a question about the plan; every statement is followed by its section number."""
    if settings:
        from index.settings import take_flags

        take_flags(settings)
    if check_model:
        return _check_model()
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question or --batch FILE, not both and not neither")
    if batch is not None and out is None:
        raise typer.BadParameter("--batch needs --out FILE")
    if mode not in (None, "extractive", "chat"):
        raise typer.BadParameter("--mode is extractive or chat")
    chosen: Literal["", "extractive", "chat"] = mode or ""  # type: ignore[assignment]
    if batch is not None and out is not None:
        _answer_batch(batch, out, chosen)
    elif question is not None:
        from qa.answer import Question

        answer = _open(chosen).answer(Question(question))
        typer.echo(json.dumps(answer.line(), ensure_ascii=False) if as_json else _screen(answer))


def _check_model() -> None:
    from qa.chat.trial import check_model
    from qa.settings import Settings

    screen, works = check_model(Settings())
    typer.echo(screen)
    if not works:
        raise typer.Exit(1)


def _open(mode: Literal["", "extractive", "chat"]) -> Answerer:
    from qa.answerer import Answerer
    from qa.settings import Settings

    return Answerer.open(Settings(mode=mode) if mode else Settings())


def _screen(answer: Answer) -> str:
    lines = [answer.text, ""]
    lines += [f"  {citation.section}  {citation.breadcrumb}" for citation in _first_of_each(answer)]
    return "\n".join(lines).rstrip()


def _first_of_each(answer: Answer) -> list[Any]:
    return list({citation.section: citation for citation in reversed(answer.citations)}.values())[::-1]


def _read_questions(path: Path) -> Iterator[dict[str, Any]]:
    from index.reading import read_text

    for number, line in enumerate(read_text(path, "questions").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
                raise ValueError
        except ValueError as error:
            raise PlanError(
                expected=f'{path}, line {number}: an object such as {{"id": "1", "question": "…"}}',
                got=line[:60],
                next_step="mend that line",
            ) from error
        yield entry


def _answer_batch(batch: Path, out: Path, mode: Literal["", "extractive", "chat"]) -> None:
    from rich.console import Console
    from rich.progress import track

    from qa.answer import Answer, Question, Statement, Turn

    entries = list(_read_questions(batch))
    answerer = _open(mode)
    lines: list[str] = []
    for entry in track(entries, "answering", console=Console(stderr=True), transient=True):
        history = tuple(Turn(turn["role"], str(turn["content"])) for turn in entry.get("history") or ())
        question = Question(entry["question"], history, str(entry.get("id", "")))
        try:
            answer = answerer.answer(question)
        except PlanError as error:  # one bad question does not lose the others
            answer = Answer(question, (Statement(str(error)),), "refused")
        lines.append(json.dumps(answer.line(), ensure_ascii=False) + "\n")
    write_atomically(out, "".join(lines))
    typer.echo(f"{len(lines)} answers in {out}")


def write_atomically(path: Path, text: str) -> None:
    """Write `text` to `path` in one step: the old file or the new one, never half.

    Raises:
        PlanError: it cannot be written; what was there before is kept.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=path.name, dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(scratch).chmod(0o644)
            Path(scratch).replace(path)
        except BaseException:
            Path(scratch).unlink()
            raise
    except OSError as error:
        raise PlanError(
            expected=f"a file {path} that can be written", got=error.strerror or str(error), next_step="choose another path"
        ) from error


def main() -> None:
    """Run the command; what the user has to know comes as one line."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(ask)
    try:
        app(prog_name="python -m qa")
    except PlanError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
