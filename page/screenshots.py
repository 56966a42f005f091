"""`python -m page.screenshots [--out docs]`: pictures of the real page, for the README.

Starts `python app.py` on a free port, uses it as a person would, and ends it. Needs playwright and a chromium
(`PLANQA_CHROMIUM`, by default `/usr/bin/chromium`) with CJK fonts.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
_WIDE, _NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def _nothing(page: Page) -> None:
    """Leave the page as it opens."""


def _ask(page: Page, question: str) -> None:
    place = page.locator(".answer").count()
    page.fill("#ask textarea", question)
    page.press("#ask textarea", "Enter")
    page.locator(".answer").nth(place).wait_for(timeout=90_000)


def _open_citation(page: Page) -> None:
    page.locator("a.cite").first.click()
    page.locator("#plan mark").first.wait_for()
    page.mouse.move(5, 300)


def _asked(page: Page) -> None:
    _ask(page, "青岛累计建设了多少个5G基站?")
    _open_citation(page)


def _measures(page: Page) -> None:
    _ask(page, "智慧水务要建什么?")
    _open_citation(page)


def _refused(page: Page) -> None:
    _ask(page, "这份规划的总预算是多少?")
    _ask(page, "电子公文只通到街道一级,对吧?")


def _outline(page: Page) -> None:
    page.click("#plan-outline")


def _search(page: Page) -> None:
    page.fill("#plan-search", "人工智能")
    page.locator("button.hit").first.wait_for()


def _measure_tab(page: Page) -> None:
    page.locator("#rooms [role=tab]").nth(1).click()
    page.wait_for_timeout(800)


SCENES: dict[str, tuple[Callable[[Page], None], dict[str, Any]]] = {
    "welcome": (_nothing, {}),
    "answer": (_asked, {}),
    "answer-dark": (_measures, {"color_scheme": "dark"}),
    "refused": (_refused, {}),
    "outline": (_outline, {}),
    "search": (_search, {}),
    "measure": (_measure_tab, {}),
    "english": (_measures, {"locale": "en-GB"}),
    "phone": (lambda page: _ask(page, "青岛累计建设了多少个5G基站?"), {"viewport": _NARROW}),
    "phone-plan": (_asked, {"viewport": _NARROW}),
}
"""Name of the picture: what is done before it is taken, and how the browser is set."""


@contextmanager
def running_page() -> Iterator[str]:
    """Run `python app.py` on a free port and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "app.py", "--port", str(port)], cwd=ROOT)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def take(
    out: Annotated[Path, typer.Option(help="图片写到哪个文件夹")] = ROOT / "docs",
    only: Annotated[list[str] | None, typer.Option(help="只拍这几张")] = None,
) -> None:
    """从真实运行的网页拍图。"""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    browser_path = os.environ.get("PLANQA_CHROMIUM", "/usr/bin/chromium")
    with running_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for name, (act, settings) in SCENES.items():
            if only and name not in only:
                continue
            context = browser.new_context(**({"locale": "zh-CN", "viewport": _WIDE} | settings))
            page = context.new_page()
            _visit(page, address)
            act(page)
            page.wait_for_timeout(500)
            page.screenshot(path=out / f"{name}.png")
            _make_small(out / f"{name}.png")
            context.close()
            print(out / f"{name}.png")
        browser.close()


def _make_small(picture: Path) -> None:
    """Write the picture again with 256 colours: a third of the size, and text looks the same."""
    from PIL import Image

    with Image.open(picture) as whole:
        whole.convert("RGB").quantize(256).save(picture, optimize=True)


def _visit(page: Page, address: str) -> None:
    for _ in range(300):
        try:
            page.goto(address)
            break
        except Exception:  # not listening yet; whatever is wrong shows when the time is up
            page.wait_for_timeout(200)
    page.wait_for_selector("#state[data-state=ready]", state="attached", timeout=120_000)


if __name__ == "__main__":
    typer.run(take)
