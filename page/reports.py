"""Reports of wrong answers, kept as question lines that the evaluation can read."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from index.errors import PlanError
from page.record import Record, turns

DEFAULT_FILE = Path(platformdirs.user_data_dir("planqa")) / "reports.jsonl"
_MOST_BYTES = 20_000_000
_lock = threading.Lock()


def add_report(records: Sequence[Record], reason: str, path: Path = DEFAULT_FILE) -> str:
    """Add the last exchange of a conversation to the file and return the line's id.

    The line is a question line: what the right answer would be is not known, so those fields are left out and the
    evaluation gives no score on them until somebody fills them in. `reported` holds what was answered and why it is
    thought wrong.

    Raises:
        PlanError: there is no exchange, or the file cannot be written.
    """
    if not records:
        raise PlanError(expected="an answer to report", got="none", next_step="ask first")
    last = records[-1]
    line = {
        "id": f"report-{uuid.uuid4().hex[:12]}",
        "category": "reported",
        "question": last.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in turns(records[:-1])],
        "reported": {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "reason": reason[:500],
            "answer": last.model_dump(mode="json", exclude_defaults=True),
        },
    }
    try:
        _append(path, json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise PlanError(
            expected=f"a file that can be written: {path}",
            got=error.strerror or str(error),
            next_step="tell the operator",
        ) from error
    return str(line["id"])


def _append(path: Path, line: str) -> None:
    with _lock:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            raise OSError("the file is full")
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
