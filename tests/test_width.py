"""Tests of a plan that is written with full-width signs: it is read as its half-width twin, and quoted as it is written."""

from __future__ import annotations

from pathlib import Path

from eval.questions import OWN_QUESTIONS, of_split, read_questions
from index.parser import read_plan
from index.width import half_width
from qa import Answerer, Settings

_FULL = str.maketrans({half: chr(ord(half) + 0xFEE0) for half in ",;:()"})


def test_half_width_keeps_every_place() -> None:
    text = "\uff081\uff09到\uff12025年\uff1b\uff21类\uff0cB类\u3000。"
    assert half_width(text) == "(1)到2025年;A类,B类 。"
    assert len(half_width(text)) == len(text)
    assert half_width("二〇三〇年建成二〇三号码头") == "2030年建成二〇三号码头"


def test_full_width_twin_gets_the_same_answers(tmp_path: Path) -> None:
    answerer = Answerer.open(Settings(mode="extractive"))
    written = answerer.plan.source.translate(_FULL)
    path = tmp_path / "twin.txt"
    path.write_text(written, encoding="utf-8")
    twin = Answerer.over(read_plan(path), answerer.embedder, answerer.settings)
    for case in of_split(read_questions(OWN_QUESTIONS), "tune")[::60]:
        ours, theirs = answerer.answer(case.question), twin.answer(case.question)
        assert (theirs.status, [c.section for c in theirs.citations]) == (ours.status, [c.section for c in ours.citations]), case.id
        assert all(c.quote == written[c.start : c.end] for c in theirs.citations)
        assert [half_width(c.quote) for c in theirs.citations] == [half_width(c.quote) for c in ours.citations], case.id
