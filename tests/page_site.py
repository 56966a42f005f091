"""A running page for browser tests: the real server on a free port, Debian's chromium, and a watch on every request."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from page_fake import PLAN, FakeAnswerer
from playwright.sync_api import Browser, Page, expect, sync_playwright

from index.plan import Plan
from page.asking import Answers
from page.main import whole_server
from page.options import Options

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
expect.set_options(timeout=20_000)  # a loaded machine is slow, not wrong
LOOPBACK = ("127.0.0.1", "localhost")


@dataclass
class Site:
    """A served page: its address and who answers behind it."""

    address: str
    answerer: Any
    reports: Path = Path()

    def get(self, path: str) -> Any:
        """Return the JSON at that path."""
        with urllib.request.urlopen(self.address + path) as response:
            return json.load(response)


@contextlib.contextmanager
def serve(answerer: Answers, plans: Sequence[Plan] = (PLAN,), options: Options | None = None) -> Iterator[Site]:
    """Serve the page on a free loopback port until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    app = whole_server(list(plans), lambda: answerer, options or Options())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    site = Site(f"http://127.0.0.1:{port}", answerer)
    try:
        _wait_until_ready(site)
        yield site
    finally:
        server.should_exit = True
        thread.join(10)


def _wait_until_ready(site: Site) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if site.get("/health")["state"] == "ready":
                return
        time.sleep(0.05)
    raise AssertionError("the page did not become ready")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, or a skipped test where there is none."""
    if not Path(CHROMIUM).exists():
        pytest.skip("needs chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@contextlib.contextmanager
def visit(chromium: Browser, site: Site, path: str = "/", *, ready: bool = True, **context: Any) -> Iterator[Page]:
    """Open the page as one person; in the end nothing was asked of any other machine and no script failed."""
    settings = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}} | context
    person = chromium.new_context(**settings)
    page = person.new_page()
    requested: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    try:
        page.goto(site.address + path)
        if ready:
            page.wait_for_selector("#state[data-state=ready]", state="attached")
        yield page
        foreign = [url for url in requested if url.split(":", 1)[0] in ("http", "https", "ws", "wss")
                   and url.split("/")[2].rsplit(":", 1)[0] not in LOOPBACK]  # fmt: skip
        assert foreign == []
        assert failed == []
    finally:
        person.close()


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait until it is answered."""
    answers = page.locator(".answer").count()
    page.fill("#ask textarea", question)
    page.press("#ask textarea", "Enter")
    page.locator(".answer").nth(answers).wait_for()
    page.wait_for_function("!document.body.classList.contains('busy')")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the real plan, with the fake answerer behind it."""
    options = Options(reports=tmp_path_factory.mktemp("reports") / "reports.jsonl")
    with serve(FakeAnswerer(), options=options) as served:
        served.reports = options.reports or Path()
        yield served
