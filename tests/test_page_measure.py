"""The Measure tab: runs the evaluation with a progress bar beside the chat, shows figures and wrong cases."""

from __future__ import annotations

import json
from pathlib import Path

from page_fake import FakeAnswerer
from page_site import serve, visit
from playwright.sync_api import Browser, expect

from page.options import Options

CASES = [
    {"id": "a", "category": "fact", "question": "5G基站?", "answerable": True, "relevant": ["一(一)1"],
     "facts": [["超3万个"]], "status": "grounded"},
    {"id": "b<i>", "category": "measure", "question": "水务 <b>怎么</b> 建?", "answerable": True,
     "relevant": ["三(一)2(4)"], "facts": [["海洋"]], "status": "grounded"},
    {"id": "c", "category": "refuse", "question": "市长是谁?", "answerable": False, "relevant": [], "facts": [],
     "status": "refused"},
]  # fmt: skip


def test_an_evaluation_runs_beside_the_chat(chromium: Browser, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(json.dumps(case) for case in CASES * 1), encoding="utf-8")
    options = Options(questions=questions, evaluations=tmp_path / "runs")
    with serve(FakeAnswerer(held=True), options=options) as served, visit(chromium, served) as page:
        page.get_by_role("tab", name="评测").click()
        page.click("#measure-run")
        expect(page.locator("#measure progress")).to_be_visible()
        page.get_by_role("tab", name="问答").click()
        page.fill("#ask textarea", "5G基站?")
        page.press("#ask textarea", "Enter")
        expect(page.locator(".waiting")).to_contain_text("正在查找原文")
        served.answerer.released.set()
        expect(page.locator(".answer .short")).to_have_text("超3万个")
        page.get_by_role("tab", name="评测").click()
        expect(page.locator(".tile", has_text="全对").first.locator(".tile-value")).to_have_text(
            "66.7%", timeout=20_000
        )
        expect(page.locator("#measure progress")).to_have_count(0)
        expect(page.locator(".kinds tr")).to_have_count(3)
        wrong = page.locator("details.wrong")
        expect(wrong).to_have_count(1)
        expect(wrong.locator("summary")).to_have_text("b<i> 水务 <b>怎么</b> 建?")
        wrong.locator("summary").click()
        wrong.locator("a.cite").first.click()
        expect(page.locator("#plan mark")).to_be_visible()
        expect(page.locator("#plan .clause.open")).to_have_attribute("data-id", "三(一)2(3)")
    assert json.loads((tmp_path / "runs" / "latest.json").read_text(encoding="utf-8"))["headline"]["correct"]["n"] == 3
