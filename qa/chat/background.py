"""One event loop beside the threads: what it does can always be broken off, whatever the server does or does not send."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any

from qa.chat.faults import ChatFault, FaultKind


class _Loop:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def get(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="chat model", daemon=True).start()
            return self._loop


_LOOP = _Loop()


def iterate(make: Callable[[], AsyncIterator[str]], deadline: float) -> Iterator[str]:
    """Yield what the asynchronous iterator yields, in the calling thread.

    Args:
        make: returns the iterator; called on the loop.
        deadline: `time.monotonic()` by which it has to end.

    Raises:
        ChatFault: the deadline passed. Whatever the iterator itself raises comes through.
    """
    pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()

    async def pump() -> None:
        try:
            async for piece in make():
                pieces.put(piece)
        except Exception as error:  # handed to the thread that waits
            pieces.put(error)
        else:
            pieces.put(None)

    running = asyncio.run_coroutine_threadsafe(pump(), _LOOP.get())
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise ChatFault(FaultKind.SILENT, "the time for this answer is over") from None
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        running.cancel()  # closes the connection where it is still open


def run_later(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine on the loop, without waiting for it."""
    asyncio.run_coroutine_threadsafe(work(), _LOOP.get())
