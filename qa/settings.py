"""All that can be set: see `index.settings` for where values come from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from index.settings import IndexSettings

MECHANISMS = {
    "part": "cosine of a sentence's best part between commas",
    "sentence words": "BM25 of the sentence, character pairs",
    "pieces": "late interaction of the question's pieces with the sentence's",
    "headings": "sections named or implied by the question are favoured",
    "names": "a sentence with a name of the question that few sentences have stands higher",
    "slips": "words typed with the right sound and the wrong characters are mended",
    "history": "follow-ups are made whole from history and outline",
    "outline": "look-ups, lists of headings and occurrences come from the outline",
    "facets": "now and goal are answered side by side",
    "types": "a number, date, rank, name or amount asked for has to stand in the quote",
    "gate": "a fitted model of coverage and likeness refuses what the evidence does not carry",
    "equals": "two sentences that answer about equally well are both told",
    "second": "a fitted model of coverage adds a statement where one clause leaves part of the question uncovered",
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
        chat_provider: LangChain's name for the kind of server; any other than `openai` needs its LangChain package.
        chat_temperature: 0 for the likeliest words, up to 2.
        chat_timeout: seconds for everything that the chat model does for one answer.
        chat_retries: how often a call is repeated that met a busy or broken server, before its first word.
        chat_context_budget: characters of outline and clauses in a prompt, at most.
        chat_answer_limit: characters of a model's answer, at most; a longer one is cut off and not used.
        chat_structured: how statements are asked for; empty streams prose with `[id]` marks, the others ask for JSON.
        chat_rewrite: let the model make follow-up questions whole; the offline rewriter stays the fallback.
        chat_entailment: let the model judge each proved sentence once more.
        chat_refusal: what a model's refusal does where the gate let the question pass: `refuse` it, or `quote` the plan.
        chat_cache: keep answers in memory by plan, question and settings.
    """

    model_config = SettingsConfigDict(env_prefix="PLANQA_", frozen=True, extra="forbid")

    question_limit: int = 2000
    disabled: frozenset[str] = frozenset()
    mode: Literal["", "extractive", "chat"] = ""
    chat_base_url: str = ""
    chat_model: str = ""
    chat_api_key: SecretStr = SecretStr("")
    chat_provider: str = "openai"
    chat_temperature: float = Field(0.0, ge=0, le=2)
    chat_timeout: float = Field(60.0, gt=0)
    chat_retries: int = Field(1, ge=0, le=5)
    chat_context_budget: int = Field(6000, ge=500)
    chat_answer_limit: int = Field(2000, ge=100)
    chat_structured: Literal["", "json_schema", "function_calling", "json_mode"] = ""
    chat_rewrite: bool = True
    chat_entailment: bool = False
    chat_refusal: Literal["refuse", "quote"] = "refuse"
    chat_cache: bool = True
