"""Ablation over written answers: one mechanism answers about cabinets, the other spoils what is asked of stations."""

from __future__ import annotations

import pytest
from eval_world import WrittenAnswers, answer, cite

from eval.ablation import ablate
from eval.questions import Case
from eval.table import ablation_table, print_all
from qa.answer import Question

CASES = tuple(
    Case(text, Question(text, (), text), "fact", "test", True, (section,), (), ((fact,),), (), "grounded")
    for text, section, fact in (("基站?", "一(一)", "3万"), ("机柜?", "一(二)", "4万"), ("架?", "一(二)", "4万"))
)
STATIONS, CABINETS = answer(("超3万个", cite("一(一)", "超3万个"))), answer(("超4万架", cite("一(二)", "超4万架")))


def open_without(off: frozenset[str]) -> WrittenAnswers:
    answers = {} if "cabinets" in off else {"机柜?": CABINETS, "架?": CABINETS}
    return WrittenAnswers(answers | ({"基站?": STATIONS} if "spoil" in off else {}))


def test_what_each_mechanism_adds(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[int, int]] = []
    mechanisms = {"cabinets": "knows cabinets", "spoil": "refuses stations"}
    found = ablate(open_without, mechanisms, CASES, lambda done, total: seen.append((done, total)))
    assert seen == [(done, 9) for done in range(1, 10)]
    assert found.full.headline["correct"].value == 2 / 3
    cabinets, spoil = found.ablated
    assert (cabinets.mended, cabinets.broken) == (("机柜?", "架?"), ())
    assert cabinets.correct.value == 0
    assert cabinets.gained["correct"].value == 2 / 3
    assert (spoil.mended, spoil.broken) == ((), ("基站?",))
    assert spoil.gained["correct"].value == pytest.approx(-1 / 3)
    print_all(ablation_table(found.full, found.ablated, ("correct",)))
    printed = capsys.readouterr().out
    assert "knows cabinets" in printed
    assert "+0.667" in printed
    assert "-0.333" in printed
