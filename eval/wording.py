"""How two wordings are compared."""

from __future__ import annotations

import unicodedata

from qa.answer import Answer


def folded(text: str) -> str:
    """Return `text` with full-width forms folded (Unicode NFKC) and every blank removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def answer_text(answer: Answer) -> str:
    """Return the answer's statements, one a line, without the citation marks that follow them."""
    return "\n".join(statement.text for statement in answer.statements)


def folded_answer(answer: Answer) -> str:
    """Return the answer's statements folded, one a line, so that no string is found across two statements."""
    return "\n".join(folded(statement.text) for statement in answer.statements)
