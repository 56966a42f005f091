"""The page as it is started by its command, with the real plan, model and answerer."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_site import Site, ask, visit
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def started() -> Iterator[Site]:
    """`python app.py` on a free port; ended with SIGTERM, and no traceback is left behind."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield Site(f"http://127.0.0.1:{port}", None)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert "5G基站" not in errors, "questions are not logged unless asked for"


def test_from_the_first_second_to_a_cited_answer(chromium: Browser, started: Site) -> None:
    with visit(chromium, started, ready=False) as page:
        expect(page.locator("#plan .clause").first).to_be_visible(timeout=60_000)
        page.fill("#ask textarea", "青岛累计建设了多少个5G基站?")
        page.press("#ask textarea", "Enter")
        link = page.locator("a.cite").first
        link.wait_for(timeout=120_000)
        expect(link).to_have_text("一(一)1")
        expect(page.locator(".answer")).to_contain_text("累计建设5G基站超3万个")
        link.click()
        expect(page.locator("#plan mark")).to_contain_text("累计建设5G基站超3万个")
        expect(page.locator("#plan .clause.open")).to_have_attribute("data-id", "一(一)1")


def test_refusal_follow_up_and_look_up(chromium: Browser, started: Site) -> None:
    with visit(chromium, started) as page:
        ask(page, "三(一)2(3)说了什么?")
        expect(page.locator("a.cite").first).to_have_text("三(一)2(3)")
        ask(page, "下一条呢?")
        expect(page.locator(".answer").nth(1).locator("a.cite").first).to_have_text("三(一)2(4)")
        ask(page, "这份规划的总预算是多少?")
        expect(page.locator(".answer.refused .badge")).to_contain_text("规划原文没有说到")


def test_every_quote_that_is_cited_can_be_marked(chromium: Browser, started: Site) -> None:
    with visit(chromium, started) as page:
        for question in ("智慧医疗有哪些新模式?", "基本原则有哪几条?", "智慧水务要建什么?"):
            ask(page, question)
        links = page.locator("a.cite")
        assert links.count() >= 3
        for place in range(links.count()):
            links.nth(place).click()
            marked = "".join(page.locator("#plan mark").all_inner_texts())
            assert marked and marked in page.locator("#plan .clause.open").inner_text().replace("\n", "")


def test_offered_follow_ups_are_answered(chromium: Browser, started: Site) -> None:
    with visit(chromium, started) as page:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            page.click("#new-conversation")
            ask(page, "三(一)2(3)说了什么?")
            if page.locator(".followups .suggestion").count():
                break
            page.wait_for_timeout(3_000)
        page.locator(".followups .suggestion").first.click()
        page.locator(".answer").nth(1).wait_for()
        expect(page.locator(".answer").nth(1).locator(".badge")).to_contain_text("每句都有原文依据")
