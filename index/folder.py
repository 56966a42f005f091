"""An index as a folder that describes itself, written atomically and without pickle.

`manifest.json` names everything else: it is replaced in one step after the data stand in a folder of their own, so a
reader sees the old index or the new one, never half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import filelock

from index.errors import PlanError
from index.lexical import LexicalIndex
from index.plan import Clause, Plan, Section
from index.section import Rung, SectionNumber, Style
from index.store import PlanIndex
from index.tokens import TokenVectors
from index.vectors import VectorIndex

FORMAT = 4
_MANIFEST = "manifest.json"
_REBUILD = "run: python -m index"
_LOCK_SECONDS = 600


def save_index(index: PlanIndex, folder: Path) -> None:
    """Write `index` into `folder`, replacing the one that is there in one step.

    A second process that saves at the same time waits for the first.

    Raises:
        PlanError: the folder cannot be written; what was there before is kept.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / ".lock", timeout=_LOCK_SECONDS):
            data = Path(tempfile.mkdtemp(prefix="data-", dir=folder))
            data.chmod(0o755)
            try:
                _write_data(index, data)
                manifest = _describe(index, data)
                _replace(folder / _MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
            except BaseException:
                shutil.rmtree(data, ignore_errors=True)
                raise
            for old in folder.glob("data-*"):
                if old != data:
                    shutil.rmtree(old, ignore_errors=True)
    except (OSError, RuntimeError) as error:  # FAISS reports a failed write as RuntimeError
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise PlanError(
            expected=f"an index folder {folder} that can be written",
            got=reason,
            next_step="free some room, or choose another folder with --out or PLANQA_INDEX_DIR",
        ) from error


def load_index(folder: Path, *, model: str | None = None, plans: Sequence[Plan] | None = None) -> PlanIndex:
    """Read the index in `folder`.

    Args:
        folder: what `save_index` wrote.
        model: refuse an index made with another embedding model.
        plans: refuse an index made from other texts than these.

    Raises:
        PlanError: there is none, it is damaged, or it does not fit.
    """
    manifest = _read_manifest(folder)
    _refuse(manifest.get("format") != FORMAT, folder, f"index format {FORMAT}", f"format {manifest.get('format')}")
    _refuse(model is not None and manifest["model"] != model, folder, f"model {model}", f"model {manifest['model']}")
    wanted = [plan.sha256 for plan in plans] if plans is not None else None
    stored = [plan["sha256"] for plan in manifest["plans"]]
    _refuse(wanted is not None and wanted != stored, folder, "an index of this plan", "one of another text")
    data = folder / manifest["data"]
    for name, digest in manifest["files"].items():
        path = data / name
        damaged = not path.is_file() or _sha256(path) != digest
        _refuse(damaged, folder, f"{name} as it was written", "a damaged or missing file")
    try:
        loaded = [_read_plan(data, number) for number in range(len(stored))]
        counts = manifest["counts"]
        vectors = {name: VectorIndex.load(data / f"{name}.faiss") for name in ("clause", "sentence", "part")}
        words = {name: LexicalIndex.load(data / f"{name}-words", counts[name]) for name in ("clause", "sentence")}
        tokens = TokenVectors.load(data)
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise _misfit(folder, "a whole index", f"one that cannot be read ({type(error).__name__})") from error
    index = PlanIndex(loaded, vectors, words, tokens, manifest["model"])
    fits = all(index.vectors[name].count == len(level.spans) for name, level in index.levels.items())
    _refuse(not fits, folder, "a vector for every span", "another count")
    return index


def _misfit(folder: Path, expected: str, got: str) -> PlanError:
    return PlanError(expected=f"{expected} in {folder}", got=got, next_step=_REBUILD)


def _refuse(wrong: bool, folder: Path, expected: str, got: str) -> None:
    if wrong:
        raise _misfit(folder, expected, got)


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _misfit(folder, "an index", "none there yet") from error
    except (OSError, ValueError) as error:
        raise _misfit(folder, "a readable manifest.json", "a damaged one") from error
    keys = {"format", "model", "dimension", "plans", "counts", "files", "data"}
    _refuse(not isinstance(manifest, dict) or not keys <= manifest.keys(), folder, "a whole manifest.json", "a part")
    return dict(manifest)


def _describe(index: PlanIndex, data: Path) -> dict[str, Any]:
    files = sorted(path for path in data.rglob("*") if path.is_file())
    return {
        "format": FORMAT,
        "model": index.model,
        "dimension": index.vectors["clause"].dimension,
        "plans": [
            {"title": plan.title, "sha256": plan.sha256, "characters": len(plan.source), "clauses": len(plan.clauses)}
            for plan in index.plans
        ],
        "counts": {name: len(level.spans) for name, level in index.levels.items()},
        "data": data.name,
        "files": {path.relative_to(data).as_posix(): _sha256(path) for path in files},
    }


def _write_data(index: PlanIndex, data: Path) -> None:
    for number, plan in enumerate(index.plans):
        (data / f"plan-{number}.txt").write_text(plan.source, encoding="utf-8", newline="")
        head = {"title": plan.title, "body_start": plan.body_start, "warnings": plan.warnings}
        lines = [head, *(_section_line(section) for section in plan.sections)]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (data / f"plan-{number}.jsonl").write_text(text, encoding="utf-8", newline="")
    for name, vectors in index.vectors.items():
        vectors.save(data / f"{name}.faiss")
    index.tokens.save(data)
    for name, words in index.words.items():
        words.save(data / f"{name}-words")


def _section_line(section: Section) -> dict[str, Any]:
    clause = section.clause
    return {
        "rungs": [[rung.style.name, rung.ordinal, rung.name] for rung in section.number.rungs],
        "title": section.title, "depth": section.depth, "start": section.start, "end": section.end,
        "parent": section.parent, "children": section.children,
        "clause": [clause.start, clause.end, clause.body_start, clause.breadcrumb] if clause else None,
    }  # fmt: skip


def _read_plan(data: Path, number: int) -> Plan:
    source = (data / f"plan-{number}.txt").read_bytes().decode("utf-8")
    with (data / f"plan-{number}.jsonl").open(encoding="utf-8", newline="\n") as lines:
        head, *rest = [json.loads(line) for line in lines]
    sections = tuple(_read_section(line, source) for line in rest)
    return Plan(head["title"], source, sections, head["body_start"], tuple(head["warnings"]))


def _read_section(line: dict[str, Any], source: str) -> Section:
    number = SectionNumber(tuple(Rung(Style[style], ordinal, name) for style, ordinal, name in line["rungs"]))
    clause = None
    if line["clause"]:
        start, end, body_start, breadcrumb = line["clause"]
        clause = Clause(number, line["title"], tuple(breadcrumb), source[start:end], start, end, body_start)
    return Section(
        number, line["title"], line["depth"], line["start"], line["end"], line["parent"], tuple(line["children"]), clause
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _replace(path: Path, text: str) -> None:
    scratch = path.with_suffix(".tmp")
    with scratch.open("w", encoding="utf-8", newline="") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
