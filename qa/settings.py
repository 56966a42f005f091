"""What can be set, by environment (`PLANQA_…`) or by argument."""

from __future__ import annotations

from typing import Literal

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from index.settings import IndexSettings

MECHANISMS = {
    "part": "cosine of a sentence's best part between commas",
    "sentence words": "BM25 of the sentence, character pairs",
    "clause words": "BM25 of the clause, character pairs",
    "pieces": "late interaction of the question's pieces with the sentence's",
    "headings": "sections named or implied by the question are favoured",
    "slips": "words typed with the right sound and the wrong characters are mended",
    "history": "follow-ups are made whole from history and outline",
    "outline": "look-ups, lists of headings and occurrences come from the outline",
    "facets": "now and goal are answered side by side",
    "types": "a number, date, rank, name or amount asked for has to stand in the quote",
    "gate": "a fitted model of coverage and likeness refuses what the evidence does not carry",
    "premise": "claims are compared with the clause",
}
"""What the offline answer is made of; each can be switched off to see what it adds (`python -m eval.ablation`)."""


class Settings(IndexSettings):
    """All settings.

    Attributes:
        question_limit: longest question, in characters.
        disabled: names of `MECHANISMS` that are switched off.
        mode: who writes the answer; empty lets the chat model write where one is set.
        chat_base_url: address of an OpenAI-compatible server, `http://host:port/v1`; empty for none.
        chat_model: name of the model there.
        chat_api_key: key for it, never printed.
    """

    model_config = SettingsConfigDict(env_prefix="PLANQA_", frozen=True, extra="forbid")

    question_limit: int = 2000
    disabled: frozenset[str] = frozenset()
    mode: Literal["", "extractive", "chat"] = ""
    chat_base_url: str = ""
    chat_model: str = ""
    chat_api_key: SecretStr = SecretStr("")
