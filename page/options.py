"""How the page is served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from page.asking import Limits


@dataclass(frozen=True)
class Options:
    """How the page is served.

    Attributes:
        root_path: prefix under which a proxy shows the page, without a slash at the end; empty at the root.
        limits: see `Limits`.
        log_questions: write the questions' text into the log.
        accounts: file of accounts; None for a page that is open to all who reach it.
        reports: file that reports of wrong answers are added to; None for the user's data folder.
        questions: what the Measure tab asks; None for the repository's own set.
        evaluations: folder of the runs that the Measure tab makes; None for the user's data folder.
        settings: what an export says about how answers were made, by name.
    """

    root_path: str = ""
    limits: Limits = field(default_factory=Limits)
    log_questions: bool = False
    accounts: Path | None = None
    reports: Path | None = None
    questions: Path | None = None
    evaluations: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
