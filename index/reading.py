"""From a file to text, every character kept."""

from __future__ import annotations

from pathlib import Path

from index.errors import PlanError

MOST_BYTES = 50_000_000
"""A plan is a text to read; a larger file is something else."""


def read_text(path: Path, holding: str = "a plan") -> str:
    """Return the file's text: UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030.

    Line ends are kept as they are, so that offsets count the characters of the file. `holding` says in an error what was looked for.

    Raises:
        PlanError: no such file, a folder, not readable, empty, too large, or no text in these encodings.
    """
    wanted = f"a text file with {holding} at {path}"
    try:
        if path.is_dir():
            raise PlanError(expected=wanted, got="a folder", next_step="name a file in it")
        if path.stat().st_size > MOST_BYTES:
            raise PlanError(expected=wanted, got=f"more than {MOST_BYTES // 10**6} MB", next_step="check the path")
        raw = path.read_bytes()
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        raise PlanError(expected=wanted, got=reason, next_step="check the path and its rights") from error
    text = _decode(raw)
    if text is None:
        raise PlanError(
            expected=wanted,
            got="bytes that are neither UTF-8 nor GB18030 text",
            next_step="save it as plain text in UTF-8 (a PDF or Word file has to be exported first)",
        )
    if not text.strip():
        raise PlanError(expected=wanted, got="an empty file", next_step="check that the export worked")
    return text


def _decode(raw: bytes) -> str | None:
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    return None


def _is_text(text: str) -> bool:
    """False where control characters or private-use ones show that bytes were read as something they are not."""
    odd = sum(1 for sign in text if (sign < " " and sign not in "\t\n\r\f\v") or "\ue000" <= sign <= "\uf8ff")
    return odd <= len(text) // 1000
