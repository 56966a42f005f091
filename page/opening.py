"""The door that is open from the first second: it shows the plan while the chat behind it is still being imported."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("planqa.page")


class Opening:
    """An ASGI application that becomes another one when that is built.

    Until then `/health` says `opening`, the page's address shows `early`, and every other request waits. Behind a
    prefix it takes paths with and without it.
    """

    def __init__(self, build: Callable[[], FastAPI], early: str, prefix: str = "") -> None:
        self._build, self._early, self._prefix = build, early, prefix
        self._app: ASGIApp | None = None
        self._error = ""
        self._settled, self._closing = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer for the one that is not there yet."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if self._prefix and str(scope.get("path", "")).startswith(self._prefix + "/"):  # a proxy that does not strip it
            scope = {**scope, "path": scope["path"][len(self._prefix) :], "raw_path": b""}
        response = None if self._app else self._early_response(scope)
        if response is None:
            await self._settled.wait()
            if self._app is not None:
                await self._app(scope, receive, send)
                return
            response = JSONResponse({"error": self._error}, 500)
        await response(scope, receive, send)

    def _early_response(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if path == "/health":
            return JSONResponse({"state": "failed" if self._error else "opening", "detail": self._error})
        if path in ("", "/", self._prefix) and scope.get("method") in ("GET", "HEAD"):
            return HTMLResponse(self._early, headers={"Cache-Control": "no-store"})
        return None

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        task = asyncio.create_task(self._run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._closing.set()
        await task
        await send({"type": "lifespan.shutdown.complete"})

    async def _run(self) -> None:
        try:
            app = await run_in_threadpool(self._build)
            async with app.router.lifespan_context(app):
                self._app = app
                self._settled.set()
                await self._closing.wait()
        except Exception as error:
            log.exception("the page could not be opened")
            self._error = f"{type(error).__name__}: {error}"
            self._settled.set()
