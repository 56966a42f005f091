"""From the command line to a running page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index.parser import read_plan
from page.asking import Answers, Limits
from page.logs import log_json_lines

if TYPE_CHECKING:
    from page.server import Options


def run_page(
    *, host: str, port: int, auth_file: Path | None, root_path: str, question_limit: int, queue: int, per_minute: int,
    log_questions: bool, open_answerer: Callable[[], Answers],
) -> None:  # fmt: skip
    """Serve until interrupted.

    Raises:
        PlanError: a plan or the accounts cannot be read, or the port is taken.
    """
    from index.settings import IndexSettings

    os.environ["NO_PROXY"] = ",".join(filter(None, [os.environ.get("NO_PROXY", ""), "localhost,127.0.0.1"]))
    log_json_lines()
    plans = [read_plan(path) for path in IndexSettings().plans]
    from page.server import Options, build_server

    limits = Limits(question=question_limit, waiting=queue, a_minute=per_minute)
    options = Options(root_path=root_path.rstrip("/"), limits=limits, log_questions=log_questions, accounts=auth_file)
    import uvicorn

    print(f"http://{host}:{port}{options.root_path}/", file=sys.stderr)
    uvicorn.run(build_server(plans, open_answerer, options), host=host, port=port, log_config=None, access_log=False)
