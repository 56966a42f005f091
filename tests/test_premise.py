"""What counts as a difference between a claim and a clause, and what is only another way of saying it."""

import pytest
from chat_world import answerer

from qa.answer import Question
from qa.premise import differences

PORT = "建成自动化码头4个,集装箱吞吐量位列全省第二,由市交通运输局牵头建设“智慧港口一张图”,成为全国绿色港口样板"
SOURCE = PORT + "。市海洋发展局推进海洋牧场建设,居民可在线办理登记,农业示范区扩大到三处。"


@pytest.mark.parametrize(
    ("claim", "claimed"),
    [
        ("建成自动化码头6个", "6个"),
        ("集装箱吞吐量位列全省第三", "全省第三"),
        ("港口成为全省绿色港口样板", "全省"),
        ("由市海洋发展局牵头建设", "市海洋发展局"),
        ("建设“智慧渔港一张图”", "智慧渔港一张图"),
        ("自动化码头超过5个", "5个"),
    ],
)
def test_a_difference_is_found(claim: str, claimed: str) -> None:
    found = differences(claim, PORT, strict=True, source=SOURCE, title="港口规划")
    assert any(claimed in one.claimed for one in found)


@pytest.mark.parametrize(
    "claim",
    [
        "自动化码头建成了4个",
        "自动化码头超过3个",
        "集装箱吞吐量在全省排第2",
        "交通运输局带头搞智慧港口一张图",
        "这个港口成了全国的样板",
    ],
)
def test_another_way_of_saying_it_is_none(claim: str) -> None:
    assert differences(claim, PORT, strict=True, source=SOURCE, title="港口规划") == []


def test_what_is_only_asked_is_compared_in_hard_facts_alone() -> None:
    assert differences("居民能办登记吗", PORT, strict=False, source=SOURCE) == []
    assert differences("自动化码头是6个吗", PORT, strict=False, source=SOURCE)


@pytest.mark.parametrize("text", ["既然千兆城市是全国第三批,规划怎么说?", "Given that 5G base stations exceed 90000, is that right?"])
def test_what_a_question_takes_as_given_is_compared(text: str) -> None:
    answer = answerer().answer(Question(text))
    assert answer.status in ("corrected", "refused")
