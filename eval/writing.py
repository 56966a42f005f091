"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from eval.measures.interval import Figure
from eval.report import to_html
from eval.run import Run, to_json
from index.errors import PlanError


def write_run(run: Run, out: Path, differences: Mapping[str, Figure] | None = None) -> tuple[Path, Path]:
    """Write the run as JSON and HTML under its date, and both again as `latest`.

    Returns:
        The paths of the dated JSON and HTML.
    """
    stamp = run.date.replace(":", "").replace("+0000", "Z")
    contents = {".json": to_json(run), ".html": to_html(run, differences).encode()}
    for suffix, content in contents.items():
        for name in (stamp, "latest"):
            write_atomically(out / f"{name}{suffix}", content)
    return out / f"{stamp}.json", out / f"{stamp}.html"


def write_atomically(path: Path, content: bytes) -> None:
    """Write the file beside its place and move it there, so that no reader meets half of it.

    Raises:
        PlanError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PlanError(
            expected=f"a folder {path.parent} that can be written", got=error.strerror or type(error).__name__,
            next_step="choose another folder with --out",
        ) from None  # fmt: skip
