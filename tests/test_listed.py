"""Tests of what official plans tell one by one, on an invented plan: 一是…;二是…, leads, boxes, names that count, and claims about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_world import answerer as opened

from index.parser import read_plan
from qa import Answer, Answerer, Question, Turn

PLAN = """云溪市体育事业发展规划（2026—2030年）

为建设健康云溪，制定本规划。

一、发展基础

（一）主要成效

全市建成体育公园14个，公共体育场馆由2020年的31座增加到2025年的46座，其中免费开放的占比已超过六成。

二、总体要求

（一）基本原则

坚持群众体育优先。规划期内不新建大型专业场馆，不再扩大高尔夫用地，重点改造社区场地。

（二）发展目标

到2028年，社区健身圈基本形成。到2030年，建成“一心三带”体育空间格局，“三带”即云河健身带、北山登山带、湖东水上带。具体指标如下：

1．群众体育。经常参加锻炼人数占比达到42%。

2．竞技体育。培养国家一级运动员80名。

三、主要任务

（一）改造健身场地

重点抓好以下工作：

1．社区场地。改造社区球场120片，由市体育局牵头。

2．学校场地。推动学校操场向社会开放，65周岁以上老年人免费使用。

（二）改革体育社团

改革任务有三项：一是推动协会与机关脱钩，协会人员两年内分流完毕；二是建立协会年度评估制度，评估结果向社会公布；三是扶持基层社团，每个乡镇成立一家老年体协。

（三）办好赛事

市体育局负责赛事审批，市公安局负责赛场安保，市卫生健康委负责医疗救护。赛事收入由市、区两级按7∶3分成。以马拉松为主，以龙舟赛、自行车赛为辅。

首批在石桥、南湾、青口三镇试点“村超”，安排场地维护经费，按每场每年2000元补助。

专栏1 重点体育工程

1．云溪体育中心改造：总投资6亿元。

2．云河健身步道：长58公里。
"""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    path: Path = tmp_path_factory.mktemp("plan") / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    served = opened()
    return Answerer.over(read_plan(path), served.embedder, served.settings)


def ask(answerer: Answerer, text: str, *history: Turn) -> Answer:
    return answerer.answer(Question(text, history))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("体育社团改革有哪三项任务?", ("与机关脱钩", "年度评估制度", "扶持基层社团")),
        ("“改造健身场地”下面包括哪几项工作?", ("社区场地", "学校场地")),
        ("具体指标分成哪两类?", ("群众体育", "竞技体育")),
        ("“一心三带”里的“三带”分别是哪三个?", ("云河健身带", "北山登山带", "湖东水上带")),
        ("专栏1里列了哪些工程?", ("云溪体育中心改造", "云河健身步道")),
        ("专栏1第2项是什么项目?", ("58公里",)),
        ("凡是提到南湾镇的地方都找出来", ("石桥、南湾、青口三镇",)),
        ("三(一)底下第2条讲什么?", ("学校场地",)),
        ("赛事那块应该翻到哪一节?", ("办好赛事",)),
        ("免费开放的场馆占了多大比重?", ("六成",)),
        ("社区球场改造由哪个单位负责?", ("市体育局",)),
    ],
)
def test_what_stands_one_by_one_is_told_whole(answerer: Answerer, text: str, parts: tuple[str, ...]) -> None:
    answer = ask(answerer, text)
    assert answer.status == "grounded" and all(part in answer.text for part in parts), answer.text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("赛场安保由市体育局负责,对吧?", "市公安局负责赛场安保"),
        ("既然要新建大型专业场馆,那建在哪里?", "不新建大型专业场馆"),
        ("既然高尔夫用地还要扩大,那从哪里批?", "不再扩大高尔夫用地"),
        ("为什么以龙舟赛为主呢?", "以马拉松为主"),
        ("赛事收入市里拿三成、区里拿七成,没错吧?", "7∶3"),
    ],
)
def test_a_claim_against_what_is_told_there_is_corrected(answerer: Answerer, text: str, part: str) -> None:
    answer = ask(answerer, text)
    assert answer.status == "corrected" and part in answer.text, answer.text


@pytest.mark.parametrize(
    "text",
    ["赛事收入市里拿七成、区里拿三成,没错吧?", "赛场安保由市公安局负责,对吧?", "石桥和南湾两个镇都在首批试点里,我没记岔吧?", "场地维护一场一年补2000元,是不是?", "说以马拉松为主,对吧?"],
)
def test_a_true_claim_in_other_words_stays(answerer: Answerer, text: str) -> None:
    assert ask(answerer, text).status == "grounded"


@pytest.mark.parametrize(
    "text",
    ["占比六成是拿什么口径算的?", "2026年实际完成了多少片社区球场改造?", "马拉松用的计时芯片是A牌还是B牌?", "社区球场改造没完成的怎么问责、扣几分?", "为啥偏偏是这三个镇先试点?"],
)
def test_what_is_not_told_there_is_refused(answerer: Answerer, text: str) -> None:
    assert ask(answerer, text).abstained


def test_the_rest_of_what_is_told_one_by_one(answerer: Answerer) -> None:
    said = "「一是推动协会与机关脱钩,协会人员两年内分流完毕」[三(二)]"
    answer = ask(answerer, "还有两项是什么?", Turn("user", "体育社团改革有哪三项任务?"), Turn("assistant", said))
    assert "年度评估制度" in answer.text and "扶持基层社团" in answer.text


def test_why_it_is_so_many_leans_on_what_was_said(answerer: Answerer) -> None:
    said = "「改造社区球场120片,由市体育局牵头」[三(一)1]"
    answer = ask(answerer, "为啥定这个数?", Turn("user", "社区球场改造多少片?"), Turn("assistant", said))
    assert {citation.section for citation in answer.citations} <= {"三(一)1"}
