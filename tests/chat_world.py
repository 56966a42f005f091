"""The real plan and the real embedder, opened once, and a generator for a server's address."""

from __future__ import annotations

from functools import cache
from typing import Any

from qa.answer import Answer, Question
from qa.answerer import Answerer
from qa.chat import ChatGenerator
from qa.settings import Settings

STATIONS = "青岛累计建设了多少个5G基站?"


@cache
def answerer() -> Answerer:
    """Return the offline answerer."""
    return Answerer.open(Settings(mode="extractive"))


def settings(address: str, **chosen: Any) -> Settings:
    """Return settings for a chat model at `address`."""
    given = {"chat_timeout": 10, "chat_retries": 0, "chat_cache": False, **chosen}
    return Settings(chat_base_url=address, chat_model="scripted", chat_api_key="secret-key-1", **given)


@cache
def extractive(question: Question) -> Answer:
    """Return the offline answer."""
    return answerer().answer(question)


def generator(address: str, **chosen: Any) -> ChatGenerator:
    """Return a generator over the real index."""
    offline = answerer()
    return ChatGenerator(settings(address, **chosen), offline.index, offline.embedder, offline=offline.answer)


def ask(made: ChatGenerator, question: Question | str) -> list[Answer]:
    """Return all answers that the generator yields, the final one last."""
    asked = Question(question) if isinstance(question, str) else question
    return list(made.stream(extractive(asked), asked, asked.text))


def is_proved(answer: Answer) -> bool:
    """Return whether every citation is verbatim at its place."""
    source = answerer().plan.source
    return all(source[c.start : c.end] == c.quote for c in answer.citations)
