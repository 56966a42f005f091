"""`python -m page.load`: many people asking at once; prints p50, p95 and answers a second.

Each person asks questions of their own and checks that the answer that comes back is theirs. The page is started on a
free port unless `--address` names one that runs already (then its limit per minute has to allow it).
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import httpx
import typer

from index.parser import read_plan
from index.settings import IndexSettings
from page.suggestions import candidates

ROOT = Path(__file__).parents[1]
_SLOWEST = 120.0


@dataclass(frozen=True)
class Asked:
    """What one request came to.

    Attributes:
        seconds: from sending to the whole answer.
        fault: what was wrong with it; empty for an answer of the asker's own.
    """

    seconds: float
    fault: str


@contextmanager
def started_page() -> Iterator[str]:
    """Run the page without a limit per minute and give its address once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    call = [sys.executable, "app.py", "--port", str(port), "--per-minute", "0", "--queue", "512"]
    began = time.perf_counter()
    process = subprocess.Popen(call, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: httpx.get(address, trust_env=False).is_success)
        print(f"网页可见        {time.perf_counter() - began:6.1f} s")
        _until(lambda: httpx.get(f"{address}/health", trust_env=False).json()["state"] == "ready")
        asked = _ask(address, "load-0", "青岛累计建设了多少个5G基站?")
        print(f"第一个回答      {time.perf_counter() - began:6.1f} s {asked.fault}")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _until(met: object) -> None:
    until = time.monotonic() + _SLOWEST
    while time.monotonic() < until:
        try:
            if callable(met) and met():
                return
        except (httpx.HTTPError, ValueError, KeyError):
            pass
        time.sleep(0.05)
    raise SystemExit("the page did not become ready")


def _ask(address: str, mark: str, question: str) -> Asked:
    began = time.perf_counter()
    try:
        answer = httpx.post(
            f"{address}/api/ask", json={"id": mark, "question": question}, timeout=_SLOWEST, trust_env=False
        )  # fmt: skip
        line = answer.json()
        own = answer.status_code == 200 and line["id"] == mark and line["question"] == question
        fault = "" if own else f"{answer.status_code} {json.dumps(line, ensure_ascii=False)[:200]}"
    except (httpx.HTTPError, ValueError, KeyError) as error:
        fault = type(error).__name__
    return Asked(time.perf_counter() - began, fault)


def ask_all(address: str, people: int, each: int, questions: Sequence[str]) -> tuple[list[Asked], float]:
    """Let `people` ask `each` questions one after another, all at the same time.

    Returns:
        What came, and the seconds that the whole took.
    """

    def one_person(person: int) -> list[Asked]:
        chosen = [questions[(person * each + turn) % len(questions)] for turn in range(each)]
        return [_ask(address, f"p{person}-{turn}", question) for turn, question in enumerate(chosen)]

    began = time.perf_counter()
    with ThreadPoolExecutor(people) as crowd:
        asked = [one for person in crowd.map(one_person, range(people)) for one in person]
    return asked, time.perf_counter() - began


def share(values: Sequence[float], of: float) -> float:
    """Return the smallest value that at least the share `of` of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * int(of * 100) // 100) - 1))]


def load(
    people: Annotated[int, typer.Option(help="同时提问的人数", min=1)] = 20,
    each: Annotated[int, typer.Option(help="每人提问数", min=1)] = 5,
    address: Annotated[str, typer.Option(help="已在运行的网页;不给则自行启动")] = "",
) -> None:
    """许多人同时提问,打印用时和错误。"""
    questions = [one.text for path in IndexSettings().plans for one in candidates(read_plan(path))]
    if address:
        _report(*ask_all(address.rstrip("/"), people, each, questions), people)
        return
    with started_page() as started:
        _report(*ask_all(started, people, each, questions), people)


def _report(asked: Sequence[Asked], seconds: float, people: int) -> None:
    times = [one.seconds for one in asked]
    faults = [one.fault for one in asked if one.fault]
    print(f"{people} 人同时,{len(asked)} 个问题,错误或串话 {len(faults)}")
    print(
        f"p50 {share(times, 0.5) * 1000:6.0f} ms   p95 {share(times, 0.95) * 1000:6.0f} ms   "
        f"{len(asked) / seconds:.1f} 个/s"
    )
    for fault in faults[:5]:
        print(fault, file=sys.stderr)
    if faults:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(load)
