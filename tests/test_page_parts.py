"""The page's parts without a browser: every value checked on the real plan or a tiny one."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from page_fake import PLAN, FakeAnswerer, cite

from index.errors import PlanError
from index.parser import parse_plan
from page.accounts import fits, hashed, read_accounts, write_accounts
from page.address import clause_link
from page.asking import Desk, Limits, TurnedAway
from page.export import to_docx, to_markdown
from page.markup import plain
from page.message import messages
from page.panel import plan_panel
from page.record import Record, read_records, record_of, turns, written
from page.reports import add_report
from page.suggestions import FollowUps, candidates, examples
from page.texts import TEXTS
from qa.answer import Answer, Citation, Question, Statement


class Pieces(HTMLParser):
    """Collects the text of every element with `data-s`, by its range."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[tuple[int, int], str] = {}
        self._open: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        if "data-s" in fields:
            self._open = int(fields["data-s"] or 0), int(fields["data-e"] or 0)
            self.texts[self._open] = ""

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data


def record(question: str) -> Record:
    return record_of(FakeAnswerer().answer(Question(question)), [PLAN])


def test_every_piece_of_the_panel_is_the_source_at_its_range() -> None:
    pieces = Pieces()
    pieces.feed(plan_panel([PLAN]))
    assert all(PLAN.source[start:end] == text for (start, end), text in pieces.texts.items())
    shown = {place for start, end in pieces.texts for place in range(start, end)}
    missing = [place for place, sign in enumerate(PLAN.source) if place not in shown and not sign.isspace()]
    assert "".join(PLAN.source[place] for place in missing) == ""


def test_panel_of_a_hostile_plan_holds_no_tag_of_its_own() -> None:
    hostile = parse_plan(
        "<img src=x onerror=alert(1)>\n一、<script>alert(1)</script>\n\u202e“><b>粗</b>\n" + "长" * 500_000
    )
    panel = plan_panel([hostile])
    assert "<script" not in panel and "<img" not in panel and "<b>" not in panel
    assert html.unescape(panel).count("<script>alert(1)</script>") >= 1


@pytest.mark.parametrize(
    ("section", "range_", "plan", "link"),
    [
        ("一(一)1", (), 0, "#c-%E4%B8%80(%E4%B8%80)1"),
        ("一(一)1", (3, 9), 0, "#c-%E4%B8%80(%E4%B8%80)1@3-9"),
        ("导读:养老", (), 2, "#c2-%E5%AF%BC%E8%AF%BB%3A%E5%85%BB%E8%80%81"),
    ],
)  # fmt: skip
def test_links(section: str, range_: tuple[int, ...], plan: int, link: str) -> None:
    assert clause_link(section, *range_, plan=plan) == link


@given(st.text())
def test_plain_text_comes_back_whole_and_holds_no_markup(text: str) -> None:
    shown = plain(text)
    assert not re.search(r"<(?!br>)", shown) and "\n" not in shown and "`" not in shown and "[" not in shown
    back = html.unescape(shown.replace("<br>", "\n"))
    allowed = "".join(sign for sign in text if sign >= " " or sign in "\n\t").replace("\x7f", "").replace("\t", " ")
    assert back == html.unescape(html.escape(allowed)) or max(text, default="") >= "\x80"


def test_messages_show_statements_with_links_and_say_what_was_not_cited() -> None:
    shown = messages([record("电子公文只通到街道一级,对吧?")])
    assert [message["role"] for message in shown] == ["user", "assistant"]
    answer = shown[1]["content"]
    citation = cite("一(一)3", "实现省、市、区(市)、街道(镇)、社区(村)五级机关电子公文运转全覆盖")
    assert clause_link("一(一)3", citation.start, citation.end) in answer
    assert 'class="answer corrected"' in answer and "二&#40;三&#41;3" in answer and "<s>" in answer
    assert "\n\n" not in answer


def test_a_hostile_question_stays_text() -> None:
    hostile = '<script>alert(1)</script> ![x](http://evil/x.png) <img src="http://evil/y"> $$x$$ \u202e"onclick='
    shown = messages([Record(question=hostile, notice=hostile)], hostile)
    whole = "".join(message["content"] for message in shown)
    assert "<script" not in whole and "<img" not in whole and "![" not in whole and "$$" not in whole


def test_records_go_to_the_browser_and_come_back_the_same() -> None:
    kept = [record("基站"), record("市长是谁"), Record(question="?", notice="已停止")]
    assert read_records(json.loads(json.dumps(written(kept)))) == kept
    said = turns(kept)
    assert [turn.role for turn in said] == ["user", "assistant", "user", "assistant"]
    assert said[1].content == FakeAnswerer().answer(Question("基站")).text


@pytest.mark.parametrize("bad", [5, [5], [{"question": 5}], [{"question": "x" * 30_000}], [{"question": "x"}] * 301])
def test_records_that_do_not_fit_are_refused_in_one_line(bad: object) -> None:
    with pytest.raises(PlanError, match="expected a conversation"):
        read_records(bad)


def test_examples_and_suggestions_come_from_the_plan() -> None:
    kinds = {one.kind: one.text for one in examples(PLAN)}
    assert list(kinds) == ["fact", "measure", "structure", "lookup"]
    assert kinds["fact"] == "累计建设5G基站达到多少?"
    assert [one.english for one in examples(PLAN)][-1] == "What does 三(一)2(3) say?"
    assert all(PLAN.section(one.section) for one in candidates(PLAN))
    tiny = parse_plan(
        "某某规划\n一、总则\n全县建成水库超12座。\n二、主要任务\n(一)修路工程。修路。\n(二)架桥工程。架桥。"
    )
    assert [(one.kind, one.section) for one in candidates(tiny)] == [
        ("fact", "一"), ("lookup", "一"), ("structure", "二"), ("measure", "二(一)"), ("lookup", "二(一)"),
        ("measure", "二(二)"), ("lookup", "二(二)"),
    ]  # fmt: skip
    assert candidates(tiny)[0].text == "全县建成水库达到多少?"


def test_follow_ups_are_only_what_the_answerer_answers_from_that_clause() -> None:
    answerer = FakeAnswerer()
    followups = FollowUps()
    followups.learn(answerer)
    answer = answerer.answer(Question("智慧水务怎么建?"))
    offered = followups.after(answer, [])
    assert all(answerer.answer(Question(text)).status == "grounded" for text in offered)
    assert answer.question.text not in offered


def test_the_desk_counts_by_address_and_turns_away() -> None:
    desk = Desk(FakeAnswerer, Limits(question=10, a_minute=2))
    desk.start()
    for _ in range(2):
        desk.ask(Question("基站"), "10.0.0.1")
    with pytest.raises(TurnedAway) as turned:
        desk.ask(Question("基站"), "10.0.0.1")
    assert turned.value.reason == "rate" and 1 <= turned.value.retry_after <= 61
    assert desk.ask(Question("基站"), "10.0.0.2").status == "grounded"
    for text in ("", " \n", "长" * 11):
        with pytest.raises(PlanError):
            desk.ask(Question(text))


def test_the_desk_says_why_loading_failed_and_that_it_still_loads() -> None:
    def broken() -> FakeAnswerer:
        raise PlanError(expected="a model", got="none", next_step="install one")

    desk = Desk(broken, Limits(loading=0.2))
    with pytest.raises(TurnedAway, match="载入"):
        desk.ask(Question("基站"))
    desk.start()
    with pytest.raises(PlanError, match="got none"):
        for _ in range(50):
            desk.ask(Question("基站"))
    assert desk.state == "failed"


def test_passwords_are_hashed_and_checked(tmp_path: Path) -> None:
    entry = hashed("一个很长的口令")
    assert fits("一个很长的口令", entry) and not fits("另一个口令", entry)
    assert entry != hashed("一个很长的口令")
    file = tmp_path / "accounts.json"
    write_accounts(file, {"wang": entry})
    assert read_accounts(file) == {"wang": entry}
    assert file.stat().st_mode & 0o077 == 0
    for content in ("", "{}", '{"wang": "plaintext"}', "[]"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(PlanError, match=r"page\.accounts"):
            read_accounts(file)


def test_reports_are_question_lines_that_the_evaluation_reads(tmp_path: Path) -> None:
    from eval.questions import read_questions

    file = tmp_path / "reports.jsonl"
    add_report([record("基站"), record("市长是谁")], "应当回答", file)
    add_report([record("基站")], "", file)
    first, second = read_questions(file)
    assert first.question.text == "市长是谁" and len(first.question.history) == 2 and first.answerable is None
    assert second.question.text == "基站" and second.category == "reported"
    with pytest.raises(PlanError):
        add_report([], "", file)


def test_markdown_has_numbered_notes_with_verbatim_quotes() -> None:
    text = to_markdown(
        [record("基站"), record("水务"), record("市长是谁")], [PLAN], "对话*一*", {"回答方式": "原文摘录"}
    )
    assert text.startswith("# 对话\\*一\\*\n")
    assert "依据:《数字青岛发展规划\\(2023—2025年\\)》" in text and "回答方式:原文摘录" in text
    assert "[^1]: 「累计建设5G基站超3万个」\\(《数字青岛发展规划\\(2023—2025年\\)》一、\\(一\\)1\\.\\)" in text
    assert text.count("[^2]") == 2 and text.count("[^3]") == 2
    assert "规划原文没有说到" in text


def test_word_file_opens_and_holds_the_same_notes() -> None:
    made = to_docx(
        [record("基站"), record("水务"), Record(question="坏\x00\x0b字\ufffe", notice="停")], [PLAN], "对话", {"a": "b"}
    )
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs)
    assert "规划写明:「累计建设5G基站超3万个」[一(一)1][1]" in text
    assert "[1] 「累计建设5G基站超3万个」(《数字青岛发展规划(2023—2025年)》一、(一)1.)" in text
    assert "[3] 「探索建设数字孪生流域、智慧水库等应用场景」(《数字青岛发展规划(2023—2025年)》三、(一)2.(3))" in text
    assert "坏字" in text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed (apt: libreoffice-writer-nogui)")
def test_libreoffice_opens_the_word_file(tmp_path: Path) -> None:
    made = tmp_path / "对话.docx"
    made.write_bytes(to_docx([record("基站"), record("水务")], [PLAN], "对话", {"回答方式": "原文摘录"}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(made)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    text = (tmp_path / "对话.txt").read_text(encoding="utf-8-sig")
    assert done.returncode == 0 and "repair" not in done.stderr.lower()
    assert "[1] 「累计建设5G基站超3万个」(《数字青岛发展规划(2023—2025年)》一、(一)1.)" in text


def test_an_unnumbered_passage_is_said_to_be_without_number() -> None:
    section = "导读:健全智慧养老服务"
    citation = cite(section, "推广数字化养老设施应用")
    answer = record("基站").model_copy(update={"statements": ()})
    kept = Record.model_validate(
        answer.model_dump() | {"statements": [{"text": "「推广」", "citations": [citation.line()]}]}
    )
    assert "没有给这一段编号" in to_markdown([kept], [PLAN], "t")


def test_two_plans_stand_side_by_side_and_links_tell_them_apart() -> None:
    other = parse_plan("另一份规划\n一、总则\n(一)范围。适用于全县。\n")
    panel = plan_panel([PLAN, other])
    assert 'id="c-一(一)"' in panel and 'id="c1-一(一)"' in panel
    clause = other.clause("一(一)")
    assert clause is not None
    citation = Citation(
        clause.id, clause.label, "", "适用于全县", clause.body_start, clause.body_start + 5, other.title
    )
    answer = Answer(Question("?"), (Statement("「适用于全县」", (citation,)),), "grounded")
    kept = record_of(answer, [PLAN, other])
    assert kept.statements[0].citations[0].plan == 1
    shown = messages([kept])[1]["content"]
    assert clause_link("一(一)", citation.start, citation.end, plan=1) in shown
    assert "「适用于全县」\\(《另一份规划》一、\\(一\\)\\)" in to_markdown([kept], [PLAN, other], "t")


def test_texts_are_in_both_languages() -> None:
    assert all(chinese and english for chinese, english in TEXTS.values())
    used = set(re.findall(r'page\.word\("(\w+)"\)', "".join(p.read_text() for p in Path("page/browser").glob("*.js"))))
    assert used <= set(TEXTS)
