"""Hostile questions and a hostile plan do nothing: no script runs, nothing is fetched, the page goes on."""

from __future__ import annotations

import pytest
from page_site import Site, ask, serve, visit
from playwright.sync_api import Browser, expect

from index.parser import parse_plan
from index.plan import Plan
from qa.answer import Answer, Citation, Question, Retrieved, Statement

EVIL = '<img src="http://evil.example/a.png" onerror="window.hurt=1"><script>window.hurt=1</script>'
QUESTIONS = (
    EVIL,
    "![图](http://evil.example/b.png) [链接](javascript:window.hurt=1)",
    '</div></div><a href="javascript:window.hurt=1">x</a><iframe src="http://evil.example"></iframe>',
    "$$\\href{javascript:window.hurt=1}{x}$$ `code` *强* # 标题\n\n---\n\n| a | b |\n|---|---|",
    "\u202e倒过来的字\u2066\u200f" * 20,
    "一" * 1_999,
    "&lt;b&gt;&amp;#60;",
    "😀👩\u200d👩\u200d👧🏽",
)
SOURCE = (
    f"坏规划\n一、{EVIL}\n(一)第一条。{EVIL}和 ![图](http://evil.example/c.png)。𠮷😀之后的引文在这里。\n"
    "(二)从右到左。\u202e反\u202c正。\n二、很长\n(一)没有空格。" + "长" * 500_000 + "\n"
)


class Quoting:
    """Quotes the plan's first clause whole, and a place behind characters that take two units in a browser."""

    def __init__(self, plan: Plan) -> None:
        self.plans = (plan,)

    def answer(self, question: Question) -> Answer:
        """Return quotes, the same for every question."""
        (plan,) = self.plans
        clause = plan.clause("一(一)")
        assert clause is not None
        start = plan.source.index("之后的引文")
        quotes = [
            Citation.of(plan, "一(一)", clause.body_start, clause.end),
            Citation.of(plan, "一(一)", start, start + 5),
        ]
        statements = tuple(Statement(f"「{quote.quote}」", (quote,)) for quote in quotes)
        return Answer(question, statements, "grounded", short_answer=EVIL, retrieved=(Retrieved(plan, clause, 1.0),))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hostile_question_is_shown_as_it_was_typed(chromium: Browser, site: Site, question: str) -> None:
    with visit(chromium, site) as page:
        ask(page, question)
        assert page.evaluate("window.hurt") is None
        shown = page.locator(".question .said").evaluate("(one) => one.innerText")
        assert "".join(shown.split()) == "".join(question.split())
        assert page.locator("#chat img, #chat iframe, #chat script, #chat table").count() == 0
        page.reload()
        page.locator(".answer").wait_for()
        assert page.evaluate("window.hurt") is None


def test_a_hostile_plan_is_read_and_quoted_as_text(chromium: Browser) -> None:
    plan = parse_plan(SOURCE)
    with serve(Quoting(plan), [plan]) as served, visit(chromium, served) as page:
        ask(page, "说了什么?")
        assert page.evaluate("window.hurt") is None
        expect(page.locator(".answer .short")).to_contain_text("<script>window.hurt=1</script>")
        page.locator("a.cite").nth(1).click()
        expect(page.locator("#plan mark")).to_have_text("之后的引文")
        page.locator("a.cite").nth(0).click()
        assert "evil.example" in page.locator("#plan mark").first.inner_text()
        assert page.locator("#plan img, #plan iframe, #plan script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        page.fill("#plan-search", "长长")
        expect(page.locator("#hits")).to_contain_text("500")


@pytest.mark.parametrize(
    "stored", ["not json", "5", '[{"id": 1, "records": [5]}]', '[{"id":"a","records":[{"question":5}]}]']
)
def test_a_broken_store_in_the_browser_does_not_break_the_page(
    chromium: Browser,
    site: Site,
    stored: str,
) -> None:
    with visit(chromium, site) as page:
        page.evaluate(
            "(text) => { localStorage['planqa.conversations'] = text; localStorage['planqa.current'] = 'a'; }", stored
        )
        page.reload()
        page.wait_for_selector("#state[data-state=ready]", state="attached")
        ask(page, "5G基站?")
        expect(page.locator(".answer .short")).to_have_text("超3万个")
