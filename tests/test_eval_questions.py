"""Question files: ours held to its format, anyone else's read as far as it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eval_world import PLAN

from eval.questions import CATEGORIES, OWN_QUESTIONS, Case, of_split, problems, read_questions
from index.errors import PlanError
from index.parser import read_plan
from index.settings import DEFAULT_PLAN
from qa.answer import Question, Turn

OWN: dict[str, Any] = {
    "id": "test-001", "category": "fact", "question": "有多少基站?", "history": [], "answerable": True,
    "relevant": ["一(一)"], "acceptable": [], "facts": [["3万"]], "forbidden": [], "status": "grounded",
    "split": "test",
}  # fmt: skip


def written(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_question_of_ours(tmp_path: Path) -> None:
    (case,) = read_questions(written(tmp_path, OWN), own=True)
    assert case == Case(
        id="test-001", question=Question("有多少基站?", (), "test-001"), category="fact", split="test", answerable=True,
        relevant=("一(一)",), facts=(("3万",),), forbidden=(), status="grounded",
    )  # fmt: skip


@pytest.mark.parametrize("change", [{"fact": []}, {"category": "else"}, {"facts": ["3万"]}, {"answerable": 1}])
def test_ours_takes_no_other_key_and_no_other_form(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match=r"questions\.jsonl, line 1"):
        read_questions(written(tmp_path, OWN | change), own=True)


@pytest.mark.parametrize("missing", sorted(OWN))
def test_ours_has_every_field(tmp_path: Path, missing: str) -> None:
    line = {name: value for name, value in OWN.items() if name != missing}
    with pytest.raises(PlanError, match=missing):
        read_questions(written(tmp_path, line), own=True)


def test_of_anyone_elses_only_the_question_is_needed(tmp_path: Path) -> None:
    bare, own_words = read_questions(
        written(
            tmp_path,
            {"question": "港口呢?", "difficulty": 3, "history": [{"role": "user", "content": "水务?", "time": 1}]},
            {"id": 7, "question": "?", "relevant": "二、（一）", "facts": ["3万", ["4万", "四万"]], "status": None},
        )
    )
    assert bare == Case("q0001", Question("港口呢?", (Turn("user", "水务?"),), "q0001"))
    assert own_words.id == "7"
    assert own_words.facts == (("3万",), ("4万", "四万"))
    assert own_words.located(PLAN).relevant == ("二(一)",)


def test_one_json_list_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text('\ufeff[{"question": "a"}, {"question": "b"}]', encoding="utf-8")
    assert [case.id for case in read_questions(path)] == ["q0001", "q0002"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "line 1"), ('{"question": "a"}\n\n{"q": 1}', "line 3: question"), ("", "no question"), ("3", "line 1"),
        ('{"id": "a", "question": "x"}\n{"id": "a", "question": "y"}', "a second time"), ("[1]", "line 1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PlanError, match=said):
        read_questions(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="check --questions"):
        read_questions(tmp_path / "none.jsonl")


def test_splits() -> None:
    tune, test = Case("1", Question("a"), split="tune"), Case("2", Question("b"), split="test")
    bare = Case("3", Question("c"))
    assert of_split([tune, test], "tune") == (tune,)
    assert of_split([tune, test], "all") == (tune, test)
    assert of_split([bare], "test") == (bare,)


def test_problems_are_found() -> None:
    wrong = Case(
        "1", Question("a"), answerable=True, relevant=("九",), facts=(("5万", "6"), ("4 万", "五")), status="refused"
    )
    assert problems([wrong], PLAN) == (
        "1: no section 九",
        "1: no alternative of ['5万', '6'] stands in the plan",
        "1: answerable and status do not agree",
    )
    assert problems([Case("2", Question("b"), answerable=False, relevant=("一",))], PLAN) == (
        "2: answerable and relevant do not agree",
    )


@pytest.mark.skipif(not OWN_QUESTIONS.exists(), reason="eval/questions.jsonl is not merged yet")
def test_our_set_is_sound() -> None:
    cases = read_questions(OWN_QUESTIONS)
    wrong = len(problems(cases, read_plan(DEFAULT_PLAN)))  # a failure must not show what is asked on the test split
    assert wrong == 0, f"{wrong} problems; eval.questions.problems names them"
    assert len(cases) >= 240
    for split in ("tune", "test"):
        assert {case.category for case in of_split(cases, split)} == set(CATEGORIES)
