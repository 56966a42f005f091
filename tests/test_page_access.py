"""The page for everyone: axe-core finds nothing serious, wide and narrow, light and dark, in each state."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from page_fake import PLAN
from page_site import Site, ask, visit
from playwright.sync_api import Browser, Page, expect

from page.frame import early_page

SHAPES: dict[str, dict[str, Any]] = {
    "wide-light": {"color_scheme": "light"},
    "wide-dark": {"color_scheme": "dark"},
    "narrow-light": {"viewport": {"width": 390, "height": 844}},
    "narrow-dark-en": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "locale": "en-GB"},
}


def findings(page: Page) -> list[str]:
    """Return axe's serious and critical findings, one line each."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in result["violations"] if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_axe_finds_nothing_serious(chromium: Browser, site: Site, shape: str) -> None:
    with visit(chromium, site, **SHAPES[shape]) as page:
        assert findings(page) == []
        ask(page, "电子公文只通到街道一级,对吧?")
        ask(page, "市长是谁?")
        page.locator(".sources summary").first.click()
        page.wait_for_timeout(300)
        assert findings(page) == []
        page.click("#open-conversations")
        assert findings(page) == []
        page.click("#close-conversations")
        page.locator("a.cite").first.click()
        page.click("#plan-outline")
        assert findings(page) == []


def test_the_early_page_has_nothing_serious(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        page.route("**/early", lambda route: route.fulfill(body=early_page([PLAN], ""), content_type="text/html"))
        page.route("**/health", lambda route: route.fulfill(json={"state": "opening"}))
        page.goto(f"{site.address}/early")
        expect(page.locator("#state")).to_contain_text("正在打开问答")
        page.fill("#ask textarea", "5G基站")
        page.locator("#outline a").count()
        assert findings(page) == []


def test_measure_tab_has_nothing_serious(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        page.get_by_role("tab", name="评测").click()
        expect(page.locator("#measure-run")).to_be_visible()
        assert findings(page) == []


def test_reduced_motion_is_heeded(chromium: Browser, site: Site) -> None:
    with visit(chromium, site, reduced_motion="reduce") as page:
        moving = page.evaluate(
            """[...document.querySelectorAll('#top *, #desk *')].filter((one) => {
              const style = getComputedStyle(one);
              return style.animationName !== 'none' || !['0s', ''].includes(style.transitionDuration.split(',')[0]);
            }).length"""
        )
        assert moving == 0
