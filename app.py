"""The page: `python app.py [--host H] [--port P]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import PlanError

if TYPE_CHECKING:
    from page.asking import Answers

command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@command.command()
def serve(
    host: Annotated[str, typer.Option(help="监听的地址;默认只有本机能打开")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 7860,
    auth_file: Annotated[Path | None, typer.Option(help="账号文件,由 python -m page.accounts 写入")] = None,
    root_path: Annotated[str, typer.Option(help="反向代理下的路径前缀,如 /plan")] = "",
    question_limit: Annotated[int, typer.Option(help="一个问题最多多少字", min=1)] = 2_000,
    queue: Annotated[int, typer.Option(help="最多多少个问题排队", min=1)] = 64,
    per_minute: Annotated[int, typer.Option(help="同一地址每分钟最多问多少次,0 为不限", min=0)] = 120,
    log_questions: Annotated[bool, typer.Option(help="日志里写出问题原文")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", help="名称=值,任何一项设置;可以多次给出")] = None,
) -> None:
    """打开网页:提问、核对条款、读规划、看评测。"""
    from index.settings import take_flags
    from page.answerer_process import AnswererProcess

    take_flags(settings or ())

    answerer = AnswererProcess(open_answerer)  # first of all: it takes longest to load
    try:
        from page.main import run_page

        run_page(
            host=host, port=port, auth_file=auth_file, root_path=root_path, question_limit=question_limit, queue=queue,
            per_minute=per_minute, log_questions=log_questions, open_answerer=answerer.opened,
        )  # fmt: skip
    finally:
        answerer.close()


def open_answerer() -> Answers:
    """Return the answerer; takes seconds, so it runs beside the page."""
    from qa import Answerer

    return Answerer.open()


def main() -> None:
    """Run the command; trouble is one line on stderr."""
    try:
        command()
    except PlanError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
