"""The proof, on a small plan: what holds passes, each kind of fault is found."""

from dataclasses import replace

import pytest

from index.parser import parse_plan
from qa.answer import Citation, Statement
from qa.check import verify_citations

PLAN = parse_plan("小规划\n一、现状\n(一)网络。建成5G基站超3万个,连续四年第一。\n(二)港口。改造“智慧码头”2座。\n")
WHOLE = PLAN.source.index("建成5G"), PLAN.source.index(",连续")
CITATION = Citation.of(PLAN, "一(一)", *WHOLE)


def reason(statement: Statement, retrieved: tuple[str, ...] = ("一(一)",)) -> str:
    proved, rejected = verify_citations([statement], [PLAN], retrieved)
    assert len(proved) + len(rejected) == 1
    return rejected[0].reason if rejected else ""


def test_a_true_statement_passes() -> None:
    assert reason(Statement("「建成5G基站超3万个」", (CITATION,))) == ""
    assert reason(Statement("基站超3万个", (CITATION,))) == ""


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("建成5G基站超4万个", "4"),
        ("到2030年建成基站", "2030"),
        ("「建成6G基站」", "6G"),
        ("基站和IPv6", "IPv6"),
        ("连续五年建成", "五"),
        ("满足率99.7%", "99.7"),
    ],
)
def test_what_the_quote_does_not_have(text: str, part: str) -> None:
    assert part in reason(Statement(text, (CITATION,)))


def test_a_quote_that_is_not_to_the_letter() -> None:
    assert "不一致" in reason(Statement("基站", (replace(CITATION, quote="建成5G基站超4万个"),)))
    assert "不一致" in reason(Statement("基站", (replace(CITATION, start=CITATION.start + 1),)))


def test_a_section_that_is_not_there_or_was_not_retrieved() -> None:
    assert "没有条款" in reason(Statement("基站", (replace(CITATION, section="九(九)"),)))
    assert "不在检索结果中" in reason(Statement("基站", (CITATION,)), retrieved=("一(二)",))


def test_a_quote_of_another_section() -> None:
    moved = replace(CITATION, section="一(二)")
    assert "之内" in reason(Statement("基站", (moved,)), retrieved=("一(一)", "一(二)"))


def test_a_count_of_sections_is_checked_against_the_outline() -> None:
    heading = Citation.of(PLAN, "一", PLAN.source.index("现状"), PLAN.source.index("现状") + 2)
    assert reason(Statement("「现状」下共2项:", (heading,)), retrieved=("一",)) == ""
    assert "3" in reason(Statement("「现状」下共3项:", (heading,)), retrieved=("一",))
