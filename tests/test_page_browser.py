"""The page as a person uses it, in a real browser, with a fake answerer behind it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from docx import Document
from page_fake import PLAN, FakeAnswerer, StreamingFake, cite
from page_site import Site, ask, serve, visit
from playwright.sync_api import Browser, Page, expect

from page.accounts import hashed, write_accounts
from page.address import clause_link
from page.options import Options

STATIONS = "青岛累计建设了多少个5G基站?"
QUOTE = "累计建设5G基站超3万个"
NARROW = {"width": 390, "height": 844}


def in_view(page: Page, selector: str) -> bool:
    """Say whether the element is within the visible part of the plan's text."""
    return bool(page.evaluate(
        """(selector) => {
          const mark = document.querySelector(selector).getClientRects()[0];
          const view = document.querySelector('#plan-text').getBoundingClientRect();
          const shown = document.elementFromPoint(mark.x + 2, mark.y + mark.height / 2);
          return mark.top >= view.top && mark.bottom <= view.bottom && document.querySelector(selector).contains(shown);
        }""", selector,
    ))  # fmt: skip


def test_asks_reads_clicks_and_goes_back(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        answer = page.locator(".answer")
        expect(answer.locator(".badge")).to_contain_text("每句都有原文依据")
        expect(answer.locator(".short")).to_have_text("超3万个")
        expect(answer.locator(".statement")).to_contain_text("「累计建设5G基站超3万个」")
        link = answer.locator("a.cite")
        expect(link).to_have_text("一(一)1")
        before = page.evaluate("document.querySelector('#plan-text').scrollTop")
        link.click()
        expect(page.locator("#plan mark")).to_have_text(QUOTE)
        assert in_view(page, "#plan mark")
        expect(page.locator("#plan .clause.open")).to_have_attribute("data-id", "一(一)1")
        expect(page.locator("#plan-here")).to_have_text("一(一)1")
        page.click("#plan-back")
        expect(link).to_be_focused()
        expect(page.locator("#plan mark")).to_have_count(0)
        assert page.evaluate("document.querySelector('#plan-text').scrollTop") == before


def test_browser_back_and_forward_open_and_close_the_clause(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        page.locator("a.cite").click()
        assert page.evaluate("decodeURIComponent(location.hash)") == "#一(一)1"
        page.go_back()
        expect(page.locator("#plan mark")).to_have_count(0)
        page.go_forward()
        expect(page.locator("#plan mark")).to_have_text(QUOTE)


def test_a_citation_opens_within_200_ms(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        times = []
        for _ in range(3):  # the best of three: other work on the machine is not the page's
            took, marks = page.evaluate(
                """async () => {
                  const began = performance.now();
                  document.querySelector('a.cite').click();
                  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                  return [performance.now() - began, document.querySelectorAll('#plan mark').length];
                }"""
            )
            assert marks == 1
            times.append(took)
            page.click("#plan-back")
            expect(page.locator("#plan mark")).to_have_count(0)
        assert min(times) < 200


def test_the_very_quote_is_marked_where_the_same_words_stand_twice(chromium: Browser, site: Site) -> None:
    clause = PLAN.clause("三(一)1(1)")
    assert clause is not None and clause.text.count("加快算力") == 3
    last = cite("三(一)1(1)", "加快算力")
    with visit(chromium, site, f"/{clause_link('三(一)1(1)', last.start, last.end)}") as page:
        mark = page.locator("#plan mark")
        expect(mark).to_have_text("加快算力")
        before = page.evaluate("document.querySelector('#plan mark').previousSibling.textContent")
        assert before.count("加快算力") == 2


def test_hovering_a_citation_shows_where_it_stands_and_what_it_says(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        page.locator("a.cite").hover()
        card = page.locator("#cite-card")
        expect(card).to_contain_text("发展现状 › 数字基础设施不断夯实")
        expect(card).to_contain_text(f"「{QUOTE}」")


def test_badges_lists_and_what_failed_the_check(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, "电子公文只通到街道一级,对吧?")
        expect(page.locator(".answer.corrected .badge")).to_contain_text("以原文为准")
        page.locator(".sources summary").click()
        expect(page.locator("ul.cited")).to_contain_text("一(一)3")
        expect(page.locator("ul.retrieved")).to_contain_text("二(三)3")
        expect(page.locator("ul.rejected s")).to_contain_text("六级机关")
        ask(page, "市长是谁?")
        refused = page.locator(".answer.refused")
        expect(refused.locator(".badge")).to_contain_text("规划原文没有说到")
        refused.locator(".nearest a").first.click()
        expect(page.locator("#plan .clause.open")).to_have_attribute("data-id", "一(一)2")


def test_outline_opens_folds_and_leads_to_a_clause(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        page.click("#plan-outline")
        expect(page.locator("#outline a", has_text="加快智慧水务设施建设")).to_be_visible()
        page.locator("#outline .branch", has_text="主要任务").first.locator("> .fold").click()
        expect(page.locator("#outline a", has_text="加快智慧水务设施建设")).to_be_hidden()
        page.locator("#outline .branch", has_text="主要任务").first.locator("> .fold").click()
        page.locator("#outline a", has_text="加快智慧水务设施建设").click()
        expect(page.locator("#plan .clause.open")).to_have_attribute("data-id", "三(一)2(3)")
        expect(page.locator("#outline")).to_be_hidden()


def test_search_finds_every_place_and_marks_the_one_chosen(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        page.fill("#plan-search", "区块链")
        expect(page.locator("#hits")).to_contain_text(f"{PLAN.source.count('区块链')} 处")
        page.locator("button.hit").first.click()
        expect(page.locator("#plan mark")).to_have_text("区块链")
        assert in_view(page, "#plan mark")
        page.fill("#plan-search", "５Ｇ基站")
        expect(page.locator("button.hit")).to_have_count(PLAN.source.count("5G基站"))
        page.fill("#plan-search", "没有这样的词")
        expect(page.locator("#hits")).to_contain_text("原文里没有")


def test_narrow_window_opens_the_plan_over_the_chat_and_closes_it(chromium: Browser, site: Site) -> None:
    with visit(chromium, site, viewport=NARROW) as page:
        expect(page.locator("#plan")).to_be_hidden()
        ask(page, STATIONS)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("a.cite").click()
        expect(page.locator("#plan mark")).to_be_visible()
        assert in_view(page, "#plan mark")
        page.click("#plan-close")
        expect(page.locator("#plan")).to_be_hidden()
        expect(page.locator("a.cite")).to_be_focused()


def test_keyboard_alone(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        expect(page.locator("#ask textarea")).to_be_focused()
        page.keyboard.type("智慧水务怎么建?")
        page.keyboard.press("Enter")
        page.locator("a.cite").first.wait_for()
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("document.activeElement.classList.contains('cite')"):
                break
        page.keyboard.press("Enter")
        expect(page.locator("#plan mark")).to_be_visible()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.classList.contains('cite')")


def test_shift_enter_breaks_the_line_and_an_input_method_sends_nothing(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        box = page.locator("#ask textarea")
        box.fill("第一行")
        box.press("Shift+Enter")
        page.keyboard.type("第二行")
        expect(box).to_have_value("第一行\n第二行")
        page.evaluate(
            """() => {
              const box = document.querySelector('#ask textarea');
              const enter = {key: 'Enter', bubbles: true, cancelable: true};
              const key = (kind, more) => box.dispatchEvent(new KeyboardEvent(kind, {...enter, ...more}));
              box.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
              key('keydown', {isComposing: true}); key('keypress', {isComposing: true});
              box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
              key('keydown', {keyCode: 229}); key('keypress', {});
            }"""
        )
        page.wait_for_timeout(300)
        expect(page.locator(".question")).to_have_count(0)
        page.wait_for_timeout(60)
        box.press("Enter")
        page.locator(".answer").wait_for()


def test_conversations_are_kept_renamed_and_deleted(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        page.reload()
        expect(page.locator(".answer .short")).to_have_text("超3万个")
        page.click("#new-conversation")
        expect(page.locator(".answer")).to_have_count(0)
        ask(page, "智慧水务怎么建?")
        page.click("#open-conversations")
        expect(page.locator(".conversation")).to_have_count(2)
        page.locator("#conversation-list li").nth(1).get_by_role("button", name="改名").click()
        page.fill("input.rename", "基站")
        page.press("input.rename", "Enter")
        page.locator(".conversation", has_text="基站").click()
        expect(page.locator(".answer .short")).to_have_text("超3万个")
        page.click("#open-conversations")
        page.locator("#conversation-list li", has_text="水务").get_by_role("button", name="删除").click()
        expect(page.locator(".conversation")).to_have_count(1)


def test_editing_a_question_asks_it_again_in_its_place(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        ask(page, "智慧水务怎么建?")
        page.locator(".question", has_text="5G基站").locator("button").click()
        expect(page.locator("#ask textarea")).to_have_value(STATIONS)
        page.fill("#ask textarea", "电子公文通到哪一级?")
        page.press("#ask textarea", "Enter")
        expect(page.locator(".question")).to_have_count(1)
        expect(page.locator(".answer.corrected")).to_have_count(1)
        page.get_by_role("button", name="重新回答").click()
        page.wait_for_timeout(700)
        expect(page.locator(".question")).to_have_count(1)


def test_clearing_leaves_nothing_behind(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        page.get_by_role("button", name="清空").click()
        expect(page.locator(".answer")).to_have_count(0)
        page.reload()
        page.wait_for_selector("#state[data-state=ready]", state="attached")
        page.click("#open-conversations")
        expect(page.locator("#conversation-list")).to_contain_text("还没有对话")


def test_history_goes_with_the_question(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, STATIONS)
        ask(page, "那水务呢?")
        (last,) = [question for question in site.answerer.asked if question.text == "那水务呢?"]
        assert [turn.role for turn in last.history] == ["user", "assistant"]
        assert last.history[0].content == STATIONS
        assert last.history[1].content == "规划写明:「累计建设5G基站超3万个」[一(一)1]"


def test_stopping_says_so_keeps_the_question_and_frees_its_place(chromium: Browser) -> None:
    with serve(FakeAnswerer(held=True)) as slow, visit(chromium, slow) as page:
        for turn in range(3):
            page.fill("#ask textarea", STATIONS)
            page.press("#ask textarea", "Enter")
            expect(page.locator(".waiting")).to_contain_text("正在查找原文")
            page.click("#stop")
            expect(page.locator(".answer.notice")).to_have_count(turn + 1)
            expect(page.locator("#send")).to_be_visible()
        expect(page.locator(".answer.notice").last).to_contain_text("已停止")
        slow.answerer.released.set()
        ask(page, STATIONS)
        expect(page.locator(".answer .short")).to_have_text("超3万个")


def test_a_streamed_answer_grows_and_ends_whole(chromium: Browser) -> None:
    with serve(StreamingFake(held=True)) as growing, visit(chromium, growing) as page:
        page.fill("#ask textarea", "智慧水务怎么建?")
        page.press("#ask textarea", "Enter")
        expect(page.locator(".statement")).to_have_count(1)
        assert page.evaluate("document.body.classList.contains('busy')")
        growing.answerer.released.set()
        expect(page.locator(".statement")).to_have_count(2)
        expect(page.locator(".meta")).to_contain_text("已逐句核对")
        page.wait_for_function("!document.body.classList.contains('busy')")


def test_exports_are_saved_and_open(chromium: Browser, site: Site, tmp_path: Path) -> None:
    with visit(chromium, site) as page:
        page.get_by_role("button", name="导出 Word").click()
        expect(page.locator("#said")).to_have_text("还没有可导出的回答")
        ask(page, STATIONS)
        with page.expect_download() as word:
            page.get_by_role("button", name="导出 Word").click()
        word.value.save_as(tmp_path / "a.docx")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "a.docx")).paragraphs)
        assert STATIONS in text and f"[1] 「{QUOTE}」(《数字青岛发展规划(2023—2025年)》一、(一)1.)" in text
        with page.expect_download() as markdown:
            page.get_by_role("button", name="导出 Markdown").click()
        markdown.value.save_as(tmp_path / "a.md")
        assert "[^1]" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_a_wrong_answer_is_reported(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, "市长是谁?")
        page.get_by_role("button", name="报告有误").click()
        page.keyboard.type("应当回答")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_have_text("已记下,谢谢")
    lines = [json.loads(line) for line in site.reports.read_text(encoding="utf-8").splitlines()]
    assert (lines[-1]["question"], lines[-1]["reported"]["reason"]) == ("市长是谁?", "应当回答")


def test_a_long_answer_is_read_from_its_beginning(chromium: Browser, site: Site) -> None:
    with visit(chromium, site, viewport={"width": 1280, "height": 420}) as page:
        for _ in range(3):
            ask(page, "智慧水务怎么建?")
        page.wait_for_timeout(400)
        top = page.locator(".question").last.bounding_box()
        assert top is not None and 90 < top["y"] < 160


def test_accounts_in_the_browser(chromium: Browser, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    write_accounts(accounts, {"wang": hashed("correct horse")})
    person = {"username": "wang", "password": "correct horse"}
    with serve(FakeAnswerer(), options=Options(accounts=accounts)) as guarded:
        with visit(chromium, guarded, http_credentials=person) as page:
            ask(page, STATIONS)
            expect(page.locator(".answer .short")).to_have_text("超3万个")


def test_links_open_clauses_as_people_write_them_and_ask_questions(chromium: Browser, site: Site) -> None:
    for written in ("#三(一)2(3)", "#三、(一)2.(3)", "#三（一）2（3）"):
        with visit(chromium, site, f"/{written}") as page:
            expect(page.locator("#plan .clause.open")).to_have_attribute("data-id", "三(一)2(3)")
    with visit(chromium, site, "/?q=5G基站有多少?") as page:
        expect(page.locator(".answer .short")).to_have_text("超3万个")
        expect(page.locator(".question")).to_contain_text("5G基站有多少?")
        assert "q=" not in page.url


def test_copying_a_statement_with_its_citation(chromium: Browser, site: Site) -> None:
    with visit(chromium, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, "智慧水务怎么建?")
        page.locator(".statement").nth(1).hover()
        page.locator(".statement .copy").nth(1).click()
        expect(page.locator("#said")).to_have_text("已复制")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "「探索建设数字孪生流域、智慧水库等应用场景」(《数字青岛发展规划(2023—2025年)》三、(一)2.(3))"


def test_language_by_browser_and_by_switch(chromium: Browser, site: Site) -> None:
    with visit(chromium, site, locale="en-GB") as page:
        expect(page.locator("#send")).to_have_text("Send")
        expect(page.locator("#ask textarea")).to_have_attribute("aria-label", "Your question")
        expect(page.locator(".examples .suggestion:visible").first).to_have_text("How many 累计建设5G基站?")
        ask(page, STATIONS)
        expect(page.locator(".badge .en")).to_be_visible()
        page.get_by_role("button", name="中文").click()
        expect(page.locator("#send")).to_have_text("发送")
        expect(page.locator(".badge .zh")).to_be_visible()
        page.reload()
        expect(page.locator("#send")).to_have_text("发送")


def test_examples_come_from_the_plan_and_ask_themselves(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        first = page.locator(".examples .suggestion").first
        text = first.inner_text()
        assert re.fullmatch(r".*5G基站.*\?", text)
        first.click()
        expect(page.locator(".answer .short")).to_have_text("超3万个")
        expect(page.locator(".question")).to_contain_text(text)


def test_a_fault_behind_the_page_is_one_line(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        ask(page, "怎么死机?")
        expect(page.locator(".answer.notice")).to_contain_text("请重试")
        ask(page, "基站" * 1_500)
        expect(page.locator(".answer.notice").last).to_contain_text("3000 字")
        ask(page, STATIONS)
        expect(page.locator(".answer .short")).to_have_text("超3万个")


def test_print_shows_the_plan_alone(chromium: Browser, site: Site) -> None:
    with visit(chromium, site) as page:
        page.emulate_media(media="print")
        expect(page.locator("#talk")).to_be_hidden()
        expect(page.locator("#plan-text")).to_be_visible()
        assert page.evaluate("document.querySelector('#plan-text').clientHeight") > 3_000
