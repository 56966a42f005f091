"""The answerer in a process of its own.

Importing torch and its company takes as long as importing Gradio, and both hold Python's lock: side by side in two
processes they take the time of the longer. Afterwards the page stays quick while a question is being worked on.
"""

from __future__ import annotations

import io
import itertools
import logging
import multiprocessing
import pickle
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from index.errors import PlanError

if TYPE_CHECKING:  # what takes time to import is imported where it is needed: this process has to start first
    from index.plan import Plan
    from page.asking import Answers
    from qa.answer import Answer, Question

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
            said = _unpack(self._connection.recv_bytes(), ())
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
                number, packed = self._connection.recv()
            except (EOFError, OSError):
                break
            if said := self._asked.get(number):
                said.put(_unpack(packed, self.plans))
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
        connection.send_bytes(_pack(error, ()))
        return
    except Exception as error:
        log.exception("loading failed")
        connection.send_bytes(_pack(RuntimeError(f"{type(error).__name__}: {error}"), ()))
        return
    connection.send_bytes(_pack(answerer.plans, ()))
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
            self._connection.send((number, _pack(said, self._answerer.plans)))


class _Packer(pickle.Pickler):
    """Sends the place of a plan instead of the plan, which both sides have."""

    def __init__(self, file: io.BytesIO, plans: Sequence[Plan]) -> None:
        super().__init__(file)
        self._places = {id(plan): place for place, plan in enumerate(plans)}

    def persistent_id(self, value: object) -> int | None:
        return self._places.get(id(value))

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, PlanError):
            return _plan_error, (value.expected, value.got, value.next_step)
        return NotImplemented


def _plan_error(expected: str, got: str, next_step: str) -> PlanError:
    return PlanError(expected=expected, got=got, next_step=next_step)


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, plans: Sequence[Plan]) -> None:
        super().__init__(file)
        self._plans = plans

    def persistent_load(self, place: Any) -> Plan:
        plan: Plan = self._plans[place]
        return plan


def _pack(value: object, plans: Sequence[Plan]) -> bytes:
    file = io.BytesIO()
    _Packer(file, plans).dump(value)
    return file.getvalue()


def _unpack(packed: bytes, plans: Sequence[Plan]) -> Any:
    return _Unpacker(io.BytesIO(packed), plans).load()
