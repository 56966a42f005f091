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
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from index.errors import PlanError

if TYPE_CHECKING:  # what takes time to import is imported where it is needed: this process has to start first
    from index.plan import Plan
    from page.asking import Answers
    from qa.answer import Answer, Question

log = logging.getLogger("planqa.page")
_WORKERS = 2


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
        self._asked: dict[int, Future[Answer]] = {}
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
        number = next(self._numbers)
        answer: Future[Answer] = Future()
        self._asked[number] = answer
        try:
            with self._sending:
                self._connection.send((number, question))
        except OSError:
            self._asked.pop(number, None)
            raise _gone() from None
        return answer.result()

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
            future = self._asked.pop(number)
            said = _unpack(packed, self.plans)
            if isinstance(said, Exception):
                future.set_exception(said)
            else:
                future.set_result(said)
        for future in list(self._asked.values()):
            future.set_exception(_gone())


def _gone() -> PlanError:
    return PlanError(expected="回答的进程 (the answering process)", got="它已退出 (it has ended)", next_step="重新启动 (start again)")


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
    plans, sending = answerer.plans, threading.Lock()
    connection.send_bytes(_pack(plans, ()))

    def reply(number: int, question: Question) -> None:
        said: Answer | Exception
        try:
            said = answerer.answer(question)
        except PlanError as error:
            said = error
        except Exception as error:
            log.exception("answering failed")
            said = RuntimeError(f"{type(error).__name__}: {error}")
        with sending:
            connection.send((number, _pack(said, plans)))

    with ThreadPoolExecutor(_WORKERS) as workers:
        while True:
            try:
                number, question = connection.recv()
            except (EOFError, OSError):
                return
            workers.submit(reply, number, question)


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
