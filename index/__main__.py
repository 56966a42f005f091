"""`python -m index [PLAN…] [--out DIR]`: parse, embed, save."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from index.errors import PlanError


def build(
    plans: Annotated[list[Path] | None, typer.Argument(help="Text files with plans; the Qingdao plan if none.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the index; default: the user's cache.")] = None,
    model: Annotated[str | None, typer.Option(help="Embedding model: a folder or a name.")] = None,
) -> None:
    """Cut plans into clauses, embed them and save the index. Prints clauses, seconds and model."""
    from rich.console import Console
    from rich.progress import Progress

    from index.folder import save_index
    from index.parser import read_plan
    from index.settings import IndexSettings
    from index.store import PlanIndex

    began = time.perf_counter()
    given: dict[str, Any] = {"plans": tuple(plans or ()), "index_dir": out, "embedding_model": model}
    settings = IndexSettings(**{name: value for name, value in given.items() if value})
    read = [read_plan(path) for path in settings.plans]
    for plan in read:
        for warning in plan.warnings:
            typer.echo(f"{plan.title}: {warning}", err=True)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        loading = bar.add_task("loading the embedding model", total=None)
        from index.embedder import SentenceEmbedder

        embedder = SentenceEmbedder(settings.embedding_model, allow_download=settings.allow_download)
        bar.remove_task(loading)
        task = bar.add_task("embedding", total=1)
        index = PlanIndex.build(read, embedder, lambda done, total: bar.update(task, completed=done, total=total))
    save_index(index, settings.index_dir)
    spans = ", ".join(f"{len(level.spans)} {name}s" for name, level in index.levels.items())
    typer.echo(f"{'; '.join(plan.title for plan in read)}\n{spans}; model {embedder.name} ({embedder.dimension} dimensions)")
    typer.echo(f"{time.perf_counter() - began:.1f} s; saved in {settings.index_dir}")


def main() -> None:
    """Run the command; what the user has to know comes as one line."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(build)
    try:
        app(prog_name="python -m index")
    except PlanError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
