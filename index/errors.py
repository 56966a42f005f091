"""The one error that a user is meant to read."""

from __future__ import annotations

from collections.abc import Callable


class PlanError(Exception):
    """Something given by the user, or found on the machine, does not fit: one line says what to do.

    Attributes:
        expected: what was needed.
        got: what came instead.
        next_step: what the user can do about it.
    """

    def __init__(self, *, expected: str, got: str, next_step: str) -> None:
        self.expected, self.got, self.next_step = expected, got, next_step
        super().__init__(f"expected {expected}; got {got}; next: {next_step}")

    def __reduce__(self) -> tuple[Callable[[str, str, str], PlanError], tuple[str, str, str]]:
        """Let it cross from one process to another."""
        return _rebuilt, (self.expected, self.got, self.next_step)


def _rebuilt(expected: str, got: str, next_step: str) -> PlanError:
    return PlanError(expected=expected, got=got, next_step=next_step)
