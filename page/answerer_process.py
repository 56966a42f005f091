"""The answerer in a process of its own.

Importing torch and its company takes as long as importing Gradio, and both hold Python's lock: side by side in two
processes they take the time of the longer. Afterwards the page stays quick while a question is being worked on.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from index.errors import PlanError

if TYPE_CHECKING:  # what takes time to import is imported where it is needed: this process has to start first
    from index.plan import Plan
    from page.asking import Answers
    from qa.answer import Answer, Question, Retrieved

log = logging.getLogger("planqa.page")
_WORKERS = 4
"""Questions at once: more than the desk lets through, since one that was stopped may still be at work."""


class AnswererProcess:
    """An answerer elsewhere, with the answerer's door: `plans` and `answer`.

    Attributes:
        plans: the loaded plans, once `opened` has returned.
    """

    def __init__(self, open_answerer: Callable[[], Answers]) -> None:
        """Start the process; it begins to load at once.

        Args:
            open_answerer: a function of a module, so that the other process finds it.
        """
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(open_answerer, theirs), name="answerer", daemon=True)
        self._process.start()
        theirs.close()
        self._sending = threading.Lock()
        self._numbers = itertools.count(1)
        self._asked: dict[int, SimpleQueue[Any]] = {}
        self.plans: tuple[Plan, ...] = ()

    def opened(self) -> AnswererProcess:
        """Wait until it is loaded and return it.

        Raises:
            PlanError: it could not be loaded.
        """
        try:
            said = _received(self._connection.recv(), ())
        except EOFError:
            raise _gone() from None
        if isinstance(said, Exception):
            raise said
        self.plans = said
        threading.Thread(target=self._receive, name="answers", daemon=True).start()
        return self

    def answer(self, question: Question) -> Answer:
        """Answer one question; called from several threads at once."""
        *_, final = self.stream(question)
        return final

    def stream(self, question: Question) -> Generator[Answer, None, None]:
        """Yield ever more complete answers; the last one is final. Closing the iterator stops the work."""
        number, said = next(self._numbers), SimpleQueue[Any]()
        self._asked[number] = said
        ended = False
        try:
            self._send(number, question)
            while not ended:
                one = said.get()
                if isinstance(one, Exception):
                    ended = True
                    raise one
                if one is None:
                    ended = True
                    return
                yield one
        finally:
            self._asked.pop(number, None)
            if not ended:
                self._send(number, None)

    def _send(self, number: int, question: Question | None) -> None:
        try:
            with self._sending:
                self._connection.send((number, question))
        except OSError:
            raise _gone() from None

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join(5)

    def _receive(self) -> None:
        while True:
            try:
                number, sent = self._connection.recv()
            except (EOFError, OSError):
                break
            if said := self._asked.get(number):
                said.put(_received(sent, self.plans))
        for said in list(self._asked.values()):
            said.put(_gone())


def _gone() -> PlanError:
    return PlanError(
        expected="回答的进程 (the answering process)", got="它已退出 (it has ended)", next_step="重新启动 (start again)"
    )


def _work(open_answerer: Callable[[], Answers], connection: Connection[Any, Any]) -> None:
    """Load, then answer until the page is gone."""
    from page.logs import log_json_lines

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log_json_lines()
    try:
        answerer = open_answerer()
    except PlanError as error:
        connection.send(_sent(error, ()))
        return
    except Exception as error:
        log.exception("loading failed")
        connection.send(_sent(RuntimeError(f"{type(error).__name__}: {error}"), ()))
        return
    connection.send(_sent(answerer.plans, ()))
    _Replies(answerer, connection).serve()


class _Replies:
    """The other side: answers what comes in, several at once."""

    def __init__(self, answerer: Answers, connection: Connection[Any, Any]) -> None:
        self._answerer, self._connection = answerer, connection
        self._sending = threading.Lock()
        self._stopped: set[int] = set()

    def serve(self) -> None:
        """Answer until the page is gone."""
        with ThreadPoolExecutor(_WORKERS) as workers:
            while True:
                try:
                    number, question = self._connection.recv()
                except (EOFError, OSError):
                    return
                if question is None:
                    self._stopped.add(number)
                else:
                    workers.submit(self._reply, number, question)

    def _reply(self, number: int, question: Question) -> None:
        from page.asking import streamed

        try:
            for one in streamed(self._answerer, question):
                if number in self._stopped:
                    break
                self._say(number, one)
            self._say(number, None)
        except PlanError as error:
            self._say(number, error)
        except Exception as error:
            log.exception("answering failed")
            self._say(number, RuntimeError(f"{type(error).__name__}: {error}"))
        self._stopped.discard(number)

    def _say(self, number: int, said: object) -> None:
        with self._sending:
            self._connection.send((number, _sent(said, self._answerer.plans)))


def _sent(said: object, plans: Sequence[Plan]) -> tuple[str, Any]:
    """Return what goes through the pipe: plans, which both sides have, are named by their place."""
    from qa.answer import Answer

    if isinstance(said, PlanError):
        return "plan_error", {"expected": said.expected, "got": said.got, "next_step": said.next_step}
    if isinstance(said, Answer):
        places = {id(plan): place for place, plan in enumerate(plans)}
        found = [(places[id(one.plan)], one.clause.id, one.score, one.row) for one in said.retrieved]
        return "answer", (replace(said, retrieved=()), found)
    return "value", said


def _retrieved(plan: Plan, clause_id: str, score: float, row: int) -> Retrieved:
    from qa.answer import Retrieved

    clause = plan.clause(clause_id)
    assert clause is not None  # the other side has the same plan
    return Retrieved(plan, clause, score, row)


def _received(sent: tuple[str, Any], plans: Sequence[Plan]) -> Any:
    """Return what `_sent` was given."""
    kind, value = sent
    if kind == "plan_error":
        return PlanError(**value)
    if kind == "answer":
        answer, found = value
        return replace(answer, retrieved=tuple(_retrieved(plans[place], *one) for place, *one in found))
    return value
