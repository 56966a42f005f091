"""`python -m eval.bench`: seconds and megabytes, written to eval/reports/bench.json.

Timings are those of the machine and its load at that moment; the ratio of answering to embedding alone is taken in one
run and is what compares.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import resource
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.questions import OWN_QUESTIONS, of_split, read_questions
from eval.writing import write_atomically
from qa import Answerer, Settings

ROOT = Path(__file__).parents[1]
QUESTION = "青岛累计建设了多少个5G基站?"
_PATIENCE = 180


def cold_start() -> dict[str, float]:
    """Return seconds from start of `python -m qa` to its end, and the peak memory of that process in megabytes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "qa", QUESTION], cwd=ROOT, check=True, capture_output=True, timeout=_PATIENCE)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"cold_answer_seconds": round(seconds, 2), "peak_megabytes": round(peak / 1024)}


def page_start() -> dict[str, float]:
    """Return seconds from start of `python app.py` until the page is served, and until the first answer has come."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    page = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        shown = _until(lambda: _open(address), began)
        body = json.dumps({"id": "1", "question": QUESTION}).encode()
        answered = _until(lambda: _open(f"{address}/api/ask", body), began)
    finally:
        page.terminate()
        page.wait(30)
    return {"page_shown_seconds": round(shown, 2), "page_first_answer_seconds": round(answered, 2)}


def _open(address: str, body: bytes | None = None) -> None:
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"} if body else {})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_PATIENCE) as answer:
        answer.read()


def _until(attempt: Any, began: float) -> float:
    while True:
        try:
            attempt()
            return time.perf_counter() - began
        except (OSError, urllib.error.URLError):
            if time.perf_counter() - began > _PATIENCE:
                raise
            time.sleep(0.1)


def warm() -> dict[str, float]:
    """Return medians over 100 questions of answering and of embedding alone, their ratio, and a batch of 240 questions."""
    answerer = Answerer.open(Settings(mode="extractive"))
    cases = read_questions(OWN_QUESTIONS)
    chosen = [case.question for case in of_split(cases, "test") if not case.question.history][:100]
    for question in chosen[:10]:
        answerer.answer(question)
    answering, embedding = [], []
    for question in chosen:  # in turn, so that both see the same machine
        began = time.perf_counter()
        answerer.answer(question)
        between = time.perf_counter()
        answerer.embedder.encode_queries([question.text])
        answering.append(between - began)
        embedding.append(time.perf_counter() - between)
    began = time.perf_counter()
    for case in cases[:240]:
        answerer.answer(case.question)
    batch = time.perf_counter() - began
    answer, embed = statistics.median(answering), statistics.median(embedding)
    return {
        "questions": len(chosen), "answer_median_ms": round(answer * 1000, 1), "embedding_median_ms": round(embed * 1000, 1),
        "answer_to_embedding": round(answer / embed, 2), "batch_of_240_seconds": round(batch, 1),
    }  # fmt: skip


def bench(out: Annotated[Path, typer.Option(help="Where the figures go.")] = ROOT / "eval" / "reports" / "bench.json") -> None:
    """Measure and write."""
    figures: dict[str, Any] = {
        "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "command": "python -m eval.bench",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load_before": round(os.getloadavg()[0], 2),
        "model": Settings().embedding_model,
    }
    figures |= cold_start()
    figures |= page_start()
    figures |= warm()
    write_atomically(out, (json.dumps(figures, ensure_ascii=False, indent=2) + "\n").encode())
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    typer.run(bench)
