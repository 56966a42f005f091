"""From a question to an answer with citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.answer import Answer, Citation, Question, Statement, Turn

if TYPE_CHECKING:
    from qa.answerer import Answerer
    from qa.settings import Settings

__all__ = ["Answer", "Answerer", "Citation", "Question", "Settings", "Statement", "Turn"]


def __getattr__(name: str) -> Any:
    """Import what takes long only when it is asked for."""
    if name == "Answerer":
        from qa.answerer import Answerer

        return Answerer
    if name == "Settings":
        from qa.settings import Settings

        return Settings
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
