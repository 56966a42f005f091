"""From the command line to a running page."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from index.errors import PlanError
from index.parser import read_plan
from index.plan import Plan
from page.accounts import Guard, read_accounts
from page.asking import Answers, Limits
from page.frame import early_page
from page.headers import SafeHeaders
from page.logs import log_json_lines
from page.opening import Opening
from page.options import Options


def run_page(
    *, host: str, port: int, auth_file: Path | None, root_path: str, question_limit: int, queue: int, per_minute: int,
    log_questions: bool, open_answerer: Callable[[], Answers],
) -> None:  # fmt: skip
    """Serve until interrupted.

    Args:
        host: address to listen at.
        port: port to listen at.
        auth_file: file of accounts; None for a page that is open to all who reach it.
        root_path: prefix under which a proxy shows the page.
        question_limit: characters of a question.
        queue: questions that may wait.
        per_minute: questions a minute from one address; 0 for no limit.
        log_questions: write the questions' text into the log.
        open_answerer: gives the answerer, waiting for it.

    Raises:
        PlanError: a plan or the accounts cannot be read, or the port is taken.
    """
    import uvicorn

    from index.settings import IndexSettings

    os.environ["NO_PROXY"] = ",".join(filter(None, [os.environ.get("NO_PROXY", ""), "localhost,127.0.0.1"]))
    log_json_lines()
    settings = IndexSettings()
    plans = [read_plan(path) for path in settings.plans]
    prefix = "/" + root_path.strip("/") if root_path.strip("/") else ""
    limits = Limits(question=question_limit, waiting=queue, a_minute=per_minute)
    shown = {"向量模型": settings.embedding_model}
    options = Options(prefix, limits, log_questions, auth_file, settings=shown)
    _check_port(host, port)
    app = whole_server(plans, open_answerer, options)
    print(f"http://{host}:{port}{prefix}/", file=sys.stderr)
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=3)


def whole_server(plans: Sequence[Plan], open_answerer: Callable[[], Answers], options: Options) -> ASGIApp:
    """Return what is served: the plan at once, the chat when it is there, behind the guard where there are accounts."""

    def build() -> FastAPI:
        from page.server import build_server

        return build_server(plans, open_answerer, options)

    app: ASGIApp = Opening(build, early_page(plans, options.root_path), options.root_path)
    if options.accounts:
        app = Guard(app, read_accounts(options.accounts), {"/health", f"{options.root_path}/health"})
    return SafeHeaders(app)


def _check_port(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        raise PlanError(
            expected=f"a free port {port} at {host}",
            got=error.strerror or str(error),
            next_step="name another with --port",
        ) from error
