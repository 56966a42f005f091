"""Answers kept in memory, by plan, question and settings."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence

from index.plan import Plan
from qa.answer import Answer, Question
from qa.chat.prompt import PROMPT_VERSION
from qa.settings import Settings


class AnswerCache:
    """The answers used last. One object serves many threads."""

    def __init__(self, most: int = 256) -> None:
        """Keep at most `most` answers."""
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def get(self, key: str) -> Answer | None:
        """Return the answer kept under `key`, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keep `answer`; the one used longest ago makes room."""
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def key_of(plans: Sequence[Plan], question: Question, resolved: str, settings: Settings) -> str:
    """Return the key of an answer: fingerprints of the plans, what was asked, and every setting but the key."""
    told = {
        "plans": [plan.sha256 for plan in plans],
        "question": question.text,
        "resolved": resolved,
        "history": [(turn.role, turn.content) for turn in question.history],
        "settings": settings.model_dump(mode="json", exclude={"chat_api_key"}),
        "prompt": PROMPT_VERSION,
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
