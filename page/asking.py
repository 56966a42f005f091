"""Between the many who ask and the one answerer: loading in the background, limits, what is logged."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from index.errors import PlanError
from index.plan import Plan
from qa.answer import Answer, Question

log = logging.getLogger("planqa.page")


class Answers(Protocol):
    """What the page needs of `qa.Answerer`."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The loaded plans."""

    def answer(self, question: Question) -> Answer:
        """Answer one question; called from several threads at once."""


def streamed(answerer: Answers, question: Question) -> Iterator[Answer]:
    """Yield ever more complete answers, the last one final; one only from an answerer that does not stream."""
    stream: Callable[[Question], Iterator[Answer]] | None = getattr(answerer, "stream", None)
    if stream is None:
        yield answerer.answer(question)
    else:
        yield from stream(question)


@dataclass(frozen=True)
class Limits:
    """What one page takes on.

    Attributes:
        question: characters of a question.
        waiting: questions that wait for their turn; further ones are turned away.
        at_once: questions that are answered at the same time.
        a_minute: questions a minute from one address; 0 for no limit.
        loading: seconds that a question waits for the model to be loaded.
    """

    question: int = 2_000
    waiting: int = 64
    at_once: int = 2
    a_minute: int = 120
    loading: float = 60.0


class TurnedAway(PlanError):
    """A question that is not answered now, though it may be later.

    Attributes:
        retry_after: seconds after which to try again.
        reason: `rate`: too many from this address; `queue`: too many waiting; `loading`: the model is not there yet.
    """

    def __init__(self, reason: Literal["rate", "queue", "loading"], got: str, retry_after: int) -> None:
        self.reason, self.retry_after = reason, retry_after
        super().__init__(
            expected="稍后再问 (a question a little later)", got=got, next_step=f"{retry_after} s 后重试 (try again)"
        )


class Desk:
    """Takes questions from any thread and has them answered.

    Attributes:
        limits: see `Limits`.
        state: `loading`, `ready` or `failed`.
        detail: why it failed; empty otherwise.
        seconds: how long loading took.
    """

    def __init__(
        self,
        open_answerer: Callable[[], Answers],
        limits: Limits | None = None,
        *,
        log_questions: bool = False,
        when_ready: Callable[[Answers], None] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.state: Literal["loading", "ready", "failed"] = "loading"
        self.detail = ""
        self.seconds = 0.0
        self._open, self._when_ready, self._log_questions = open_answerer, when_ready, log_questions
        self._answerer: Answers | None = None
        self._done = threading.Event()
        self._places = threading.Semaphore(self.limits.at_once)
        self._lock = threading.Lock()
        self._waiting = 0
        self._asked: dict[str, deque[float]] = {}

    def start(self) -> None:
        """Load the answerer in a thread of its own."""
        threading.Thread(target=self._load, name="load-answerer", daemon=True).start()

    def _load(self) -> None:
        began = time.perf_counter()
        try:
            self._answerer = self._open()
            self.state = "ready"
        except PlanError as error:
            self.state, self.detail = "failed", str(error)
        except Exception as error:
            log.exception("loading failed")
            self.state, self.detail = "failed", f"{type(error).__name__}; see the server's log"
        self.seconds = time.perf_counter() - began
        self._done.set()
        log.info("loaded", extra={"event": "loaded", "state": self.state, "seconds": round(self.seconds, 2)})
        if self._answerer and self._when_ready:
            self._when_ready(self._answerer)

    def answerer(self) -> Answers:
        """Return the answerer, waiting for it while it is being loaded.

        Raises:
            TurnedAway: it is still being loaded.
            PlanError: it could not be loaded.
        """
        if not self._done.wait(self.limits.loading):
            raise TurnedAway("loading", "检索模型还在载入 (still loading)", 5)
        if self._answerer is None:
            raise PlanError(
                expected="检索模型已载入 (a loaded answerer)",
                got=self.detail,
                next_step="改正后重新启动 (mend it and start again)",
            )
        return self._answerer

    def ask(self, question: Question, address: str = "") -> Answer:
        """Answer one question; see `stream`."""
        *_, final = self.stream(question, address)
        return final

    def stream(self, question: Question, address: str = "") -> Iterator[Answer]:
        """Yield ever more complete answers; the last one is final.

        Args:
            question: as it came.
            address: who asks; questions a minute are counted for it, unless it is empty.

        Raises:
            PlanError: the question is empty or too long, or cannot be answered now (`TurnedAway`).
        """
        self._check(question.text)
        self._count(address)
        answerer = self.answerer()
        with self._lock:
            if self._waiting >= self.limits.waiting + self.limits.at_once:
                raise TurnedAway("queue", f"已有 {self._waiting} 个问题在排队 (waiting)", 2)
            self._waiting += 1
        answer = None
        try:
            with self._places:
                for answer in streamed(answerer, question):
                    yield answer
        finally:
            with self._lock:
                self._waiting -= 1
        if answer:
            self._log(answer)

    def _check(self, text: str) -> None:
        if not text.strip():
            raise PlanError(expected="一个问题 (a question)", got="空白 (nothing)", next_step="请输入问题 (type one)")
        if len(text) > self.limits.question:
            raise PlanError(
                expected=f"不超过 {self.limits.question} 字的问题 (a question of at most so many characters)",
                got=f"{len(text)} 字 (characters)",
                next_step="请缩短问题 (shorten it)",
            )

    def _count(self, address: str) -> None:
        if not address or not self.limits.a_minute:
            return
        now = time.monotonic()
        with self._lock:
            asked = self._asked.setdefault(address, deque())
            while asked and asked[0] <= now - 60:
                asked.popleft()
            if len(asked) >= self.limits.a_minute:
                raise TurnedAway("rate", f"一分钟内已问 {len(asked)} 次 (asked in a minute)", int(asked[0] + 61 - now))
            asked.append(now)
            if len(self._asked) > 10_000:
                self._asked = {who: times for who, times in self._asked.items() if times and times[-1] > now - 60}

    def _log(self, answer: Answer) -> None:
        fields: dict[str, object] = {
            "event": "answered", "status": answer.status, "mode": answer.mode, "ms": round(answer.elapsed_ms, 1),
            "characters": len(answer.question.text), "turns": len(answer.question.history),
            "citations": len(answer.citations), "rejected": len(answer.rejected),
        }  # fmt: skip
        if self._log_questions:
            fields["question"] = answer.question.text
        log.info("answered", extra=fields)
