"""What a question claims, told from what it asks and from who says so. No model is needed."""

from __future__ import annotations

import pytest

from index.parser import parse_plan
from qa.asked import Kind, understand
from qa.claim import claim_of

PLAN = parse_plan(
    "港口规划(2021—2025年)\n一、发展现状\n(一)港口建设。建成自动化码头4个,吞吐量居全省第二位。\n二、发展目标\n(一)绿色港口。岸电覆盖率达到90%。\n"
    "(二)智慧港口。海事数据共享率达到95%,“海事通”平台上线。\n三、主要任务\n(一)码头改造。扩建二期码头,“海事通”接入渔船。\n"
)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("自动化码头有6个,对吧?", "自动化码头有6个"),
        ("听同事讲自动化码头有6个", "自动化码头有6个"),
        ("请确认:吞吐量居全省第一位。", "吞吐量居全省第一位"),
        ("自动化码头有6个——这句话拿去写稿没问题吗?", "自动化码头有6个"),
        ("我的理解:岸电覆盖率90%属于已取得的成绩,不是目标。", "岸电覆盖率90%属于已取得的成绩"),
        ("自动化码头应该就是6个喽?", "自动化码头应该就是6个喽"),
        ("自动化码头是6个,这数我直接写进PPT了哈", "自动化码头是6个"),
        ("吞吐量都是全省头名了,厉害呀", "吞吐量都是全省头名了"),
        ("二期码头早就扩建好了,我想去参观", "二期码头早就扩建好了"),
    ],
)
def test_what_is_put_for_agreement_or_said_flatly_is_a_claim(text: str, claim: str) -> None:
    found = claim_of(PLAN, text)
    assert found.asserted and found.yes_no
    assert found.text == claim


@pytest.mark.parametrize(
    "text",
    ["自动化码头有多少个?", "码头建成没有?", "岸电管不管?", "讲讲绿色港口", "岸电覆盖率的目标", "自动化码头数量", "帮我把码头改造串一下"],
)
def test_what_only_asks_claims_nothing(text: str) -> None:
    found = claim_of(PLAN, text)
    assert not found.asserted and not found.supposed


def test_a_text_that_asks_nothing_is_taken_for_granted_and_keywords_are_not() -> None:
    assert claim_of(PLAN, "自动化码头刚刚迈过6个这道坎").supposed == "自动化码头刚刚迈过6个这道坎"
    assert claim_of(PLAN, "自动化码头数量").supposed == ""


def test_one_of_two_is_not_claimed() -> None:
    assert claim_of(PLAN, "是全国第一,还是省里第一?").supposed == ""


def test_a_why_question_supposes_all_that_follows() -> None:
    assert claim_of(PLAN, "岸电为什么只给货船,不给渔船?").supposed.endswith("只给货船,不给渔船")


def test_what_is_taken_for_granted_stands_beside_a_question() -> None:
    assert claim_of(PLAN, "自动化码头都有6个了,秘诀是什么?").supposed == "自动化码头都有6个了"
    assert claim_of(PLAN, "岸电覆盖率为什么要达到80%?").supposed == "岸电覆盖率达到80%"
    assert claim_of(PLAN, "二期码头已经扩建好了,请介绍扩建时间").supposed == "二期码头已经扩建好了"
    assert claim_of(PLAN, "帮我把海事通的内容汇总,现状、任务都要").supposed == ""
    assert claim_of(PLAN, "我在码头干了十年,以后怎么办?").supposed == ""
    assert claim_of(PLAN, "为了建成绿色港口,要做什么?").supposed == ""
    assert claim_of(PLAN, "码头已经拿下绿色港口的牌子,是哪年授的牌?").supposed == "码头已经拿下绿色港口的牌子"
    assert not claim_of(PLAN, "码头已经建成的泊位,将来的目标").asserted


def test_every_mention_of_a_word_is_asked_of_the_outline() -> None:
    for text in ("凡是点到海事通的内容都找给我", "提到海事通的条款有哪些?", "跟海事通沾边的安排统共有哪几处?"):
        asked = understand(PLAN, text)
        assert asked.kind is Kind.OCCURRENCES and asked.phrase == "海事通"


@pytest.mark.parametrize(
    ("text", "scope"),
    [("绿色港口里岸电覆盖率是多少?", True), ("绿色港口率现在多少?", False)],
)
def test_a_heading_that_only_begins_a_noun_is_no_place_to_look_in(text: str, scope: bool) -> None:
    assert bool(understand(PLAN, text).scope) is scope


def test_a_request_a_condition_and_what_is_not_said_are_no_claims() -> None:
    assert not claim_of(PLAN, "岸电收不收费,联系电话给一个呗").asserted
    assert claim_of(PLAN, "自动化码头要是扩建了,谁来出钱?").supposed == ""
    assert claim_of(PLAN, "自动化码头有4个,不只是2个,对吧").text == "自动化码头有4个"
    assert not claim_of(PLAN, "自动化码头是4个还是6个的").asserted


def test_who_says_so_is_no_part_of_what_is_said() -> None:
    found = claim_of(PLAN, "隔壁船老大讲,自动化码头有6个")
    assert found.asserted and found.text == "自动化码头有6个"
