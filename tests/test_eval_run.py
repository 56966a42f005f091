"""A run over written answers: its figures, its files, comparing, the gate, the report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from eval_world import PLAN, WrittenAnswers, answer, cite
from pydantic import SecretStr

from eval.compare import flipped, paired_differences
from eval.gate import check_gate, write_gate
from eval.questions import Case
from eval.record import public_settings
from eval.report import refusal_curve, to_html
from eval.run import Run, load, load_latest, run, to_json
from eval.table import kind_table, overall_table, pace, print_all
from eval.writing import write_atomically, write_run
from index.errors import PlanError
from qa.answer import Answer, Question, Turn
from qa.settings import Settings

ODD = "<b>预算</b>?"
CASES = (
    Case("1", Question("基站?", (), "1"), "fact", "test", True, ("一、(一)",), (), (("3万",),), (), "grounded"),
    Case("2", Question("机柜?", (), "2"), "fact", "test", True, ("一(二)",), (), (("4万",),), ("3万",), "grounded"),
    Case("3", Question(ODD, (Turn("user", "<i>你好"),), "3"), "refuse", "test", False, (), (), (), (), "refused"),
    Case("4", Question("水务?", (), "4"), "measure", "tune", True, ("二(一)",), (), (("一张网",),), (), "grounded"),
)
GOOD = {
    "基站?": answer(("「超3万个」", cite("一(一)", "超3万个")), retrieved=("一(一)", "一(二)")),
    "机柜?": answer(("「超4万架」", cite("一(二)", "超4万架")), retrieved=("一(一)", "一(二)")),
    "水务?": answer(("「推进一张网」", cite("二(一)", "推进一张网")), retrieved=("二(一)",)),
}
BAD = GOOD | {
    "机柜?": answer(("「超3万个」<script>", cite("一(一)", "超3万个")), retrieved=("一(一)", "一(二)")),
    ODD: answer(("三亿", cite("二(二)", "港口"))),
}


def ran(answers: dict[str, Answer], cases: tuple[Case, ...] = CASES) -> Run:
    return run(WrittenAnswers(answers), cases, name="written", record={"model": "none"})


def test_figures_overall_and_by_kind() -> None:
    seen: list[tuple[int, int]] = []
    judged = run(WrittenAnswers(BAD), CASES, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert judged.scored[0].case.relevant == ("一(一)",)
    assert judged.headline["correct"].value == 2 / 4
    assert judged.headline["answered_right"].value == 2 / 3
    assert judged.headline["refusal_recall"].value == 0
    assert "refusal_precision" not in judged.headline
    assert judged.headline["mrr"].value == (1 + 1 / 2 + 1) / 3
    assert judged.by_category["fact"]["correct"].n == 2
    assert [one.case.id for one in judged.wrong] == ["2", "3"]
    assert judged.sections["一(一)"].startswith("一、(一)网络")
    assert [one.case.id for one in judged.of_split("tune").scored] == ["4"]


def test_a_question_that_is_turned_away_counts_as_refused() -> None:
    class Turning(WrittenAnswers):
        def answer(self, question: Question) -> Answer:
            raise PlanError(expected="a shorter question", got="a long one", next_step="shorten it")

    judged = run(Turning({}), CASES[:1])
    assert judged.scored[0].line["status"] == "refused"
    assert "shorten it" in judged.scored[0].line["details"]["error"]
    assert judged.headline["refusal_precision"].value == 0
    assert "shorten it" in to_html(judged)


def test_a_run_comes_back_from_its_file(tmp_path: Path) -> None:
    judged = ran(BAD)
    as_json, as_html = write_run(judged, tmp_path)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}Z\.json", as_json.name)
    assert {path.name for path in tmp_path.iterdir()} == {as_json.name, as_html.name, "latest.html", "latest.json"}
    loaded = load(as_json)
    assert loaded == judged
    assert loaded.headline == judged.headline
    assert load_latest(tmp_path) == judged
    assert load_latest(tmp_path / "nowhere") is None
    fields = json.loads(to_json(judged))
    assert fields["headline"]["correct"] == {
        "value": 0.5, "low": judged.headline["correct"].low, "high": judged.headline["correct"].high, "n": 4,
    }  # fmt: skip
    assert fields["scored"][1]["line"]["citations"][0]["quote"] == "超3万个"


def test_what_is_no_run_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "else.json").write_text("{}")
    for name in ("else.json", "none.json"):
        with pytest.raises(PlanError, match="the JSON of an earlier run"):
            load(tmp_path / name)


def test_paired_differences_and_flips() -> None:
    old, new = ran(BAD), ran(GOOD)
    differences = paired_differences(old, new)
    assert differences["correct"].value == 1.0 - 0.5
    assert differences["correct"].n == 4
    assert "refusal_precision" not in differences
    assert flipped(old, new) == (["2", "3"], [])
    assert flipped(new, old) == ([], ["2", "3"])
    with pytest.raises(PlanError, match="no question in common"):
        paired_differences(ran(GOOD, CASES[:1]), ran(GOOD, CASES[1:]))


def test_the_gate_holds_the_test_split(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    write_gate(ran(GOOD), path)
    stored = json.loads(path.read_text())
    assert stored["figures"]["correct"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 3}
    assert "latency_ms" not in stored["figures"]
    check_gate(ran(GOOD), path)
    without_tuned = {text: one for text, one in GOOD.items() if text != "水务?"}
    check_gate(ran(without_tuned), path)
    with pytest.raises(PlanError, match=r"correct 0\.333 \(held 1\.000 ± 0\.000\)"):
        check_gate(ran(BAD), path)


def test_the_gate_lets_chance_pass_and_shorter_answers_too(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    write_gate(ran(BAD), path)
    stored = json.loads(path.read_text())
    assert stored["figures"]["correct"]["high"] - stored["figures"]["correct"]["low"] == 1.0
    check_gate(ran(GOOD), path)
    longer = GOOD | {"基站?": answer(("「超3万个」" * 40, cite("一(一)", "超3万个")), retrieved=("一(一)",))}
    write_gate(ran(GOOD), path)
    with pytest.raises(PlanError, match="characters"):
        check_gate(ran(longer), path)


def test_the_gate_is_for_its_questions(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    write_gate(ran(GOOD), path)
    with pytest.raises(PlanError, match="the questions that the gate was written for"):
        check_gate(ran(GOOD, CASES[:2]), path)
    with pytest.raises(PlanError, match="--split test"):
        write_gate(ran(GOOD, CASES[3:]), path)
    with pytest.raises(PlanError, match="--write-gate"):
        check_gate(ran(GOOD), tmp_path / "none.json")


def test_what_is_recorded_holds_no_secret_and_no_home() -> None:
    class Some(Settings):
        plans: tuple[Path, ...] = (Path.home() / "plan.txt",)

    shown = public_settings(Some(chat_api_key=SecretStr("s3cret"), chat_base_url="http://me:pass@host/v1"))
    assert shown["plans"] == ["~/plan.txt"]
    assert shown["chat_base_url"] == "http://host/v1"
    assert not {"s3cret", "chat_api_key", str(Path.home())} & {*shown, *map(str, shown.values())}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "style", "onclick")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_report_shows_wrong_cases_and_loads_nothing() -> None:
    html = to_html(ran(BAD), paired_differences(ran(GOOD), ran(BAD)))
    reader = _Reader()
    reader.feed(html)
    assert reader.tags.count("details") == 2
    assert not {"script", "link", "img", "b>"} & set(reader.tags)
    assert "i" not in reader.tags
    assert reader.addresses == []
    assert "http" not in html.replace("https://www.w3.org", "")
    for shown in (ODD, "<i>你好", "「超3万个」<script>", "✗ 4万", "不应出现:3万", "在用机柜超4万架。", "未引"):
        assert shown in reader.words
    assert reader.tags.count("svg") >= 4


def test_a_report_without_wrong_cases_says_so() -> None:
    assert "<p>没有。</p>" in to_html(ran(GOOD))


def test_tables(capsys: pytest.CaptureFixture[str]) -> None:
    print_all(kind_table(ran(BAD)), overall_table(ran(BAD)))
    printed = capsys.readouterr().out
    for shown in ("事实", "规划未载", "引用精确率", "4 题", "答错 2 题", "0.500"):
        assert shown in printed


def test_the_pace_is_measured_beside_the_answers() -> None:
    class Embedding(WrittenAnswers):
        class embedder:
            @staticmethod
            def encode_queries(texts: list[str]) -> None:
                assert len(texts) == 1

    judged = run(Embedding(GOOD), CASES)
    assert judged.embedding_ms is not None
    assert "倍" in pace(judged)
    assert ran(GOOD).embedding_ms is None
    assert pace(ran(GOOD)) == ""


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    with pytest.raises(TypeError):
        write_atomically(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    with pytest.raises(PlanError, match="--out"):
        write_atomically(path / "below", b"new")


def test_the_plan_of_the_tests_is_what_it_says() -> None:
    assert [clause.id for clause in PLAN.clauses] == ["一(一)", "一(二)", "二(一)", "二(二)"]
    assert all(PLAN.source[clause.start : clause.end] == clause.text for clause in PLAN.clauses)


def test_the_refusal_curve_goes_through_the_threshold_in_use() -> None:
    judged = ran(GOOD)
    lines = [(0.1, True), (0.3, False), (0.8, True), (0.9, False)]
    scored = []
    for one, (probability, absent) in zip([*judged.scored, *judged.scored][:4], lines, strict=True):
        case = replace(one.case, answerable=not absent)
        scored.append(replace(one, case=case, line={**one.line, "details": {"probability": probability}}))
    points = refusal_curve(replace(judged, scored=tuple(scored)))
    assert points == [(0.5, 1.0), (0.5, 0.5), (1.0, 2 / 3), (1.0, 0.5)]
