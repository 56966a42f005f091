"""Questions of several parts, taken apart by their marks; what is asked for; places. No model is needed."""

from __future__ import annotations

import pytest

from qa.compound import readings, taken_apart
from qa.values import Wants, asked_for, asked_unit, holds
from qa.wording import content_terms, substitute


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("路灯有多少盏,桥梁又有多少座?", ["路灯有多少盏", "路灯桥梁又有多少座"]),
        ("两个问题:公园几点开门?停车怎么收费?", ["公园几点开门", "停车怎么收费"]),
        ("体育馆建成了吗?后面还要怎么扩建?", ["体育馆建成了吗", "体育馆后面还要怎么扩建"]),
        ("先说防汛的目标,再说消防的措施", ["防汛的目标", "消防的措施"]),
        ("比一比:公交站和地铁站各要建多少个", ["公交站要建多少个", "地铁站要建多少个"]),
        ("学校和医院的建设任务有什么区别?", ["学校的建设任务有什么?", "医院的建设任务有什么?"]),
        ("“绿心工程”和“蓝湾工程”分别怎么推进?", ["“绿心工程”怎么推进?", "“蓝湾工程”怎么推进?"]),
        ("供水总量2020年是多少?2025年呢?", ["供水总量2020年是多少", "2025年供水总量是多少"]),
        ("路灯总数、桥梁的养护办法,两样一起告诉我", ["路灯总数", "桥梁的养护办法"]),
        ("1)公园几点开门?2)停车怎么收费?", ["公园几点开门", "停车怎么收费"]),
        ("体育中心:完工情况+后续扩建", ["体育中心完工情况", "体育中心后续扩建"]),
        ("对比2020年和2025年的绿化率", ["2020年的绿化率", "2025年的绿化率"]),
        ("要两个数,一个是公园的面积,一个是步道的里程", ["公园的面积", "步道的里程"]),
        ("北湖既是已经建好的公园,也是要扩建的湿地,这两头都说说", ["北湖已经建好的公园", "北湖要扩建的湿地"]),
        ("绿地系统 已建的 + 规划", ["绿地系统已建的", "绿地系统规划"]),
        ("公园要建成哪种样子,湿地又由谁来管?请分开答", ["公园要建成哪种样子", "公园湿地又由谁来管"]),
        ("路灯有多少盏 桥梁怎么养护", ["路灯有多少盏", "桥梁怎么养护"]),
        ("比较公园的面积与任务部分的安排", ["公园的面积", "公园,任务部分的安排"]),
        ("“绿心”属于哪条原则?“蓝湾”又属于哪条?", ["“绿心”属于哪条原则", "“蓝湾”又属于哪条"]),
        ("比较“绿心”和“蓝湾”:前者要种什么,后者要修什么?", ["“绿心”要种什么", "“蓝湾”要修什么"]),
        ("公园方面想问两点。第一,几点开门?第二,停车怎么收费?", ["公园方面几点开门", "公园方面停车怎么收费"]),
        ("北湖两件事:种什么树、何时开园", ["北湖种什么树", "北湖何时开园"]),
        ("开会急用,三个数:路灯、桥梁、公园的面积。", ["路灯", "桥梁", "公园的面积"]),
        ("提了两回北湖,一次是湿地一次是公园,青年志愿者各做什么", ["北湖湿地,青年志愿者做什么", "北湖公园,青年志愿者做什么"]),
        ("想知道两样,一个是桥梁隔几年大修,再一个公园那头灯亮得咋样", ["桥梁隔几年大修", "公园那头灯亮得咋样"]),
        ("路灯装齐了没有呀?还有河边那条步道,怎么防滑", ["路灯装齐了没有呀", "河边那条步道,怎么防滑"]),
        ("公园夜里亮不亮灯?步道提没提要加宽", ["公园夜里亮不亮灯", "步道提没提要加宽"]),
        ("公园几点开门?停车怎么收费?我是外地人,两个都要", ["公园几点开门", "停车怎么收费"]),
        ("公园、湿地、步道这三处,分别怎么养护?", ["公园怎么养护?", "湿地怎么养护?", "步道怎么养护?"]),
        ("买电动车有补贴,装充电桩也有补助,两边的标准各是多少?", ["买电动车有补贴标准是多少", "装充电桩也有补助标准是多少"]),
    ],
)
def test_each_part_stands_on_its_own(question: str, parts: list[str]) -> None:
    assert taken_apart(question) == parts


@pytest.mark.parametrize(
    "question",
    ["水库怎么管?", "我家楼下总积水,什么时候能修好?", "攒了好几年的数据,有没有地方可以卖?", "学校和医院怎么建?", "旧楼改造几月完工,有时间表吗?", "公园、湿地和步道这几样都要建,是吗?", "路灯坏了找谁?我是老住户"],
)
def test_one_question_stays_whole(question: str) -> None:
    assert taken_apart(question) == [question]


def test_a_later_part_may_go_on_or_have_a_topic_of_its_own() -> None:
    assert readings("公园几点开门?停车场怎么收费?") == [("公园几点开门",), ("停车场怎么收费", "公园停车场怎么收费")]
    assert readings("水库怎么管?") == [("水库怎么管?",)]


def test_now_and_goal_of_one_topic_are_one_question() -> None:
    assert taken_apart("绿化率现在多少,2025年要到多少?", roles=True) == ["绿化率现在多少,2025年要到多少?"]
    assert len(taken_apart("绿化率现在多少,2025年打算铺到什么地步?", roles=True)) == 2
    assert len(taken_apart("绿化率现在多少,2025年公园要建多少个?", roles=True)) == 2


@pytest.mark.parametrize(
    ("question", "wants", "held", "not_held"),
    [
        ("局长叫什么名字?", Wants.PERSON, "由王建国同志任局长", "由市长任组长"),
        ("谁来牵头?", Wants.ORGANISATION, "由市水务局牵头", "加快推进建设"),
        ("组长是谁?", Wants.WHO, "由市长任组长", "加快推进建设"),
        ("多久开一次会?", Wants.DURATION, "每季度召开1次会议", "召开会议"),
        ("需要哪些材料?", Wants.PROCEDURE, "凭身份证申请", "推进改革"),
        ("是最低工资的百分之多少?", Wants.PERCENT, "最低工资的90%", "最低工资标准"),
        ("乱倒垃圾罚多少?", Wants.PENALTY, "由城管部门依法处罚", "推进垃圾分类"),
        ("为什么偏偏选北湖建公园?", Wants.REASON, "为满足居民健身需要,建设北湖公园", "建设北湖公园"),
        ("做样板企业要满足哪些条件?", Wants.CONDITION, "符合条件的企业可申报", "培育样板企业"),
        ("水库的闸门是什么原理?", Wants.DEFINITION, "闸门是指调节水位的装置", "加固水库闸门"),
        ("停一小时收几毛?", Wants.MONEY, "每小时收费2元", "规范停车收费"),
        ("健康码怎么激活?", Wants.STEPS, "登录后依次填写姓名", "推广健康码"),
        ("在哪几个国家有海外仓?", Wants.PLACE, "在德国、波兰布局海外仓", "布局海外仓11个"),
    ],
)
def test_the_kind_asked_for_has_to_stand_there(question: str, wants: Wants, held: str, not_held: str) -> None:
    assert asked_for(question) is wants
    assert holds(wants, held)
    assert not holds(wants, not_held)


def test_measure_words_of_one_kind_answer_each_other() -> None:
    unit = asked_unit("要培养多少名农民?")
    assert holds(Wants.NUMBER, "培养高素质农民5000人", unit)
    assert not holds(Wants.NUMBER, "修路5000公里", unit)


def test_a_place_is_known_or_called_as_places_are() -> None:
    def places(text: str) -> list[str]:
        return [term.text for term in content_terms(text) if term.place]

    assert places("济南有多少个基站") == ["济南"]
    assert places("专家上门看过厂子,入园要什么条件") == []


def test_an_ellipsis_replaces_what_the_question_is_about() -> None:
    assert substitute("水务改革的核心是什么?", "能源") == "能源改革的核心是什么?"
    assert substitute("2023年建了多少座桥?", "2025年") == "2025年建了多少座桥?"


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("投诉电话是多少", Wants.CONTACT), ("推销电话太多,有什么治理手段", Wants.ANYTHING), ("我家住得偏,公交能通吗", Wants.ANYTHING),
        ("管哪三年", Wants.TIME), ("公园面积有多大", Wants.NUMBER), ("几家合着办能不能省钱", Wants.ANYTHING),
        ("那几条路要修成什么样", Wants.ANYTHING), ("评估安排在哪一年做", Wants.TIME), ("三个年份的数都给我", Wants.ANYTHING),
        ("多雨的是哪几个月份", Wants.TIME), ("协调会几个月开一回", Wants.DURATION), ("规划里说原因了没有", Wants.REASON),
        ("光网速率到户是多少", Wants.NUMBER), ("科技成果获奖多少项", Wants.NUMBER), ("还要补多少学位", Wants.NUMBER), ("建一张床补多少", Wants.MONEY), ("覆盖率达到40%的小区有多少个", Wants.NUMBER),
        ("部分子女多的家庭有什么支持", Wants.ANYTHING), ("水管口径多大", Wants.ANYTHING), ("物流园有几个点", Wants.NUMBER), ("过渡住宿每家给几个月", Wants.NUMBER),
        ("到岁数的老人换房有什么方便", Wants.ANYTHING), ("强化到哪几块", Wants.ANYTHING), ("写在第几部分第几条", Wants.ANYTHING), ("占比现在几个点", Wants.PERCENT),
        ("每亩给多少", Wants.MONEY), ("最高几块", Wants.MONEY), ("多少岁可以免费", Wants.AGE), ("这个比例的统计口径是什么", Wants.METHOD),
    ],
)  # fmt: skip
def test_a_word_is_asked_for_only_where_it_asks(question: str, wants: Wants) -> None:
    assert asked_for(question) is wants


def test_two_things_in_english_are_two_questions() -> None:
    apart = taken_apart("I need two things: the frontier technologies (quantum, DNA storage) to lay out early, and what kind of port it wants.")
    assert apart == ["the frontier technologies (quantum, DNA storage) to lay out early", "what kind of port it wants"]


def test_minutes_are_not_answered_with_years() -> None:
    assert asked_for("几分钟办完?") is Wants.DURATION
    assert holds(Wants.DURATION, "30分钟内办结", "分钟") and holds(Wants.DURATION, "当场办结", "分钟")
    assert not holds(Wants.DURATION, "服务期三年", "分钟")


def test_all_but_some_is_one_question() -> None:
    assert len(taken_apart("资产登记那6个领域,除了农业、制造业,剩下四个分别是?")) == 1


def test_years_are_asked_about_one_by_one() -> None:
    assert taken_apart("库容2023、2028、2035三个年份的数给我") == ["库容2023年数给我", "库容2028年数给我", "库容2035年数给我"]
    assert taken_apart("库容2023和2028年各是多少") == ["库容2023年各是多少", "库容2028年各是多少"]
    assert taken_apart("落实2021、2022年行动方案要做什么") == ["落实2021、2022年行动方案要做什么"]


def test_a_class_in_roman_numbers_is_counted() -> None:
    assert holds(Wants.NUMBER, "水质稳定达到Ⅲ类", asked_unit("水质现在是几类?"))
    assert not holds(Wants.NUMBER, "河流水质达到Ⅲ类", asked_unit("要治理多少条河?"))
