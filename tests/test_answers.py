"""Answers over the real plan with the real weights."""

import random
from dataclasses import replace

import pytest
from chat_world import answerer as opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import PlanError
from index.plan import Section
from qa import Answer, Answerer, Question, Turn
from qa.check import verify_citations
from qa.evidence import Evidence
from qa.frames import Frames
from qa.reader import OTHER_REACH, TWIN_REACH
from qa.search import BESIDE

SOURCE = opened


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return opened()


def ask(answerer: Answerer, text: str, *history: Turn) -> Answer:
    return answerer.answer(Question(text, history))


def is_proved(answerer: Answerer, answer: Answer) -> None:
    plan = answerer.plan
    for citation in answer.citations:
        section = plan.section(citation.section)
        assert isinstance(section, Section)
        assert plan.source[citation.start : citation.end] == citation.quote
        inside = [(section.start, section.end)] + ([(section.clause.start, section.clause.end)] if section.clause else [])
        assert any(start <= citation.start and citation.end <= end for start, end in inside)
    for statement in answer.statements:
        assert all(citation.quote in statement.text for citation in statement.citations), statement


def test_the_first_question(answerer: Answerer) -> None:
    answer = ask(answerer, "青岛累计建设了多少个5G基站?")
    assert answer.status == "grounded" and not answer.abstained
    assert "累计建设5G基站超3万个" in answer.text
    assert [citation.section for citation in answer.citations] == ["一(一)1"]
    assert answer.short_answer == "超3万个"
    line = answer.line()
    assert {"id", "question", "answer", "citations", "abstained", "status", "mode", "elapsed_ms"} <= line.keys()
    assert line["citations"][0]["label"] == "一、(一)1."
    assert line["citations"][0]["breadcrumb"].endswith("数字基础设施不断夯实")


@pytest.mark.parametrize("written", ["三(一)2(3)", "III(一)2(3)", "三、（一）２．（３）", "第三部分第一节第2点第3小点", "第三部分第一大项第2小项里头的第三条", "把3.1.2.3那段调出来,看看", "3-1-2-3", "主要任务第一部分第二点第3项"])
def test_a_section_is_looked_up_in_any_notation(answerer: Answerer, written: str) -> None:
    answer = ask(answerer, f"{written}讲了什么?")
    assert answer.citations[0].section == "三(一)2(3)"
    assert answer.citations[0].quote == "加快智慧水务设施建设"


def test_a_section_that_does_not_exist(answerer: Answerer) -> None:
    answer = ask(answerer, "二(二)9说的是什么?")
    assert answer.abstained and not answer.citations
    assert "二(二)1" in answer.text and "二(二)6" in answer.text


@pytest.mark.parametrize("written", ["基本原则第2到第4条", "基本原则第2条到第4条", "基本原则第2条至4条"])
def test_a_range_in_words(answerer: Answerer, written: str) -> None:
    answer = ask(answerer, f"{written}各说了什么?")
    assert {citation.section for citation in answer.citations} == {"二(二)2", "二(二)3", "二(二)4"}


def test_a_heading_without_text_has_no_content(answerer: Answerer) -> None:
    asked = ask(answerer, "培育数字经济竞争新优势这部分有哪些重点工程?")
    assert asked.abstained and asked.nearest == ("三(二)",)
    assert ask(answerer, "三(二)的标题是什么?").citations[0].section == "三(二)"


def test_headings_come_from_the_outline(answerer: Answerer) -> None:
    answer = ask(answerer, "发展目标下面有几条,分别叫什么")
    assert [c.section for c in answer.citations] == ["二(三)", *(f"二(三){n}" for n in range(1, 6))]
    assert "共5项" in answer.text


def test_every_place_of_a_word(answerer: Answerer) -> None:
    answer = ask(answerer, "哪些条款提到了“北斗”?")
    holding = [clause.id for clause in answerer.plan.clauses if "北斗" in clause.text]
    assert [citation.section for citation in answer.citations] == holding
    again = ask(answerer, "凡含“北斗”的条款都找出来")
    assert [citation.section for citation in again.citations] == holding


@pytest.mark.parametrize(
    "question",
    ["这个规划的总预算是多少钱?", "负责智慧水务的局长姓名?", "上海有多少个5G基站?", "2030年要建多少个基站?", "给我写一首诗", "你估计十年后青岛的算力会排第几?", "智慧水库的投诉电话是多少", "老旧小区几月份改造完,有日子吗", "12加30等于多少", "你好呀"],
)
def test_what_the_plan_does_not_say(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert answer.abstained and answer.status == "refused" and not answer.citations


def test_a_false_claim_is_corrected(answerer: Answerer) -> None:
    answer = ask(answerer, "5G基站超过4万个了,对吧?")
    assert answer.status == "corrected" and "超3万个" in answer.text


def test_follow_ups_lean_on_what_was_said(answerer: Answerer) -> None:
    said = (Turn("user", "智慧能源怎么建?"), Turn("assistant", "「加快智慧电网建设」[三(一)2(2)]"))
    assert ask(answerer, "下一条呢?", *said).citations[0].section == "三(一)2(3)"
    assert ask(answerer, "上一条讲什么", *said).citations[0].section == "三(一)2(1)"
    assert ask(answerer, "往回翻,前面紧挨着的那条写了什么", *said).citations[0].section == "三(一)2(1)"
    back = (Turn("user", "市政怎么改?"), Turn("assistant", "「加快智慧市政设施建设」[三(一)2(5)]"))
    assert ask(answerer, "从这条倒回去两条", *back).citations[0].section == "三(一)2(3)"
    changed = ask(answerer, "换个话题,政务数据共享的满足率是多少?", *said)
    assert [c.section for c in changed.citations] == ["一(一)5"]


def test_english_gets_chinese_quotes_in_an_english_frame(answerer: Answerer) -> None:
    answer = ask(answerer, "What percentage of data sharing requests is satisfied?")
    assert answer.text.startswith("The plan states:") and "99.7%" in answer.text


@pytest.mark.parametrize(("question", "got"), [("", "none"), ("   ", "none"), ("\x00\x07", "none"), ("😀😀", "none"), ("?!", "none")])
def test_questions_without_words(answerer: Answerer, question: str, got: str) -> None:
    with pytest.raises(PlanError, match=got):
        ask(answerer, question)


def test_a_question_of_5000_characters(answerer: Answerer) -> None:
    with pytest.raises(PlanError, match="at most 2000 characters; got 5000"):
        ask(answerer, "基" * 5000)


def _random_questions() -> list[str]:
    chance = random.Random(7)
    plan = opened().plan
    frames = ("{}", "{}是什么?", "{}怎么建", "有多少{}?", "{}和{}有什么区别", "{}是全国第一,对吧?", "哪些条款提到{}")
    questions = []
    for clause in plan.clauses:
        for _ in range(3):
            start = chance.randrange(clause.start, clause.end - 8)
            piece = plan.source[start : start + chance.randint(3, 12)]
            questions.append(chance.choice(frames).format(piece, chance.choice(plan.clauses).title))
    return questions


def test_every_quote_is_verbatim_for_every_clause_and_random_questions(answerer: Answerer) -> None:
    for question in _random_questions():
        try:
            answer = ask(answerer, question)
        except PlanError:
            continue
        is_proved(answerer, answer)
        proved, rejected = verify_citations(
            answer.statements, answerer.plans, [section.id for section in answerer.plan.sections]
        )
        assert len(proved) == len(answer.statements) and not rejected, question


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=60), before=st.text(max_size=40), said=st.text(max_size=40))
def test_no_text_at_all_breaks_it(answerer: Answerer, question: str, before: str, said: str) -> None:
    try:
        answer = ask(answerer, question, Turn("user", before), Turn("assistant", said))
    except PlanError:
        return
    is_proved(answerer, answer)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Chapter 2, Section 3", "二(三)"), ("What is the third principle about?", "二(二)3"),
        ("list the basic principles", "二(二)"), ("show me part 3 section 1 point 2 item 3", "三(一)2(3)"),
    ],
)  # fmt: skip
def test_structure_is_asked_in_english(answerer: Answerer, question: str, section: str) -> None:
    answer = ask(answerer, question)
    assert answer.citations[0].section == section
    assert answer.statements[0].text == "The plan states:"


@pytest.mark.parametrize("question", ["Chapter 7 please", "what does section 9.9 say?"])
def test_a_section_that_does_not_exist_in_english(answerer: Answerer, question: str) -> None:
    assert ask(answerer, question).abstained


def test_a_goal_of_a_year_is_told_from_the_goals(answerer: Answerer) -> None:
    answer = ask(answerer, "到2025年5G网络要覆盖到什么程度?")
    assert answer.citations[0].section == "二(三)1"


def test_what_is_taken_for_granted_is_corrected_though_the_rest_has_no_answer(answerer: Answerer) -> None:
    answer = ask(answerer, "既然海底光缆登陆站设在红岛,我想问问占地多少亩")
    assert answer.status == "corrected" and "石老人" in answer.text


def test_nothing_is_quoted_twice(answerer: Answerer) -> None:
    answer = ask(answerer, "智慧水库建在哪个流域?另外数字孪生流域是谁负责,智慧水库怎么建?")
    spans = [(c.section, c.start, c.end) for c in answer.citations]
    assert not any(s == t and c <= a and b <= d and (a, b) != (c, d) for s, a, b in spans for t, c, d in spans)


def test_a_question_of_structure_that_names_a_topic_is_about_the_topic(answerer: Answerer) -> None:
    answer = ask(answerer, "How far should 5G coverage go by the 2025 targets?")
    assert answer.details["kind"] not in ("lookup", "children")


def test_a_heading_is_put_at_its_place(answerer: Answerer) -> None:
    wrong = ask(answerer, "坚持系统性协同排在基本原则第四位,对吧?")
    assert wrong.status == "corrected" and "5.「坚持系统性协同」" in wrong.text
    assert ask(answerer, "坚持系统性协同排在基本原则第五位,对吧?").status == "grounded"


def test_a_second_statement_covers_what_the_first_leaves(answerer: Answerer) -> None:
    question = "电网怎么自愈故障,地下管网怎么预警"
    with_second = {citation.section for citation in ask(answerer, question).citations}
    assert {"三(一)2(2)", "三(一)2(5)"} <= with_second
    assert len({citation.section for citation in ask(answerer, "青岛累计建设了多少个5G基站?").citations}) == 1


@pytest.mark.parametrize("question", ["这份文件管哪几年?", "规划期限是多久", "规划从哪年到哪年"])
def test_the_years_of_the_plan_itself(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert answer.citations[0].section == "前言" and answer.short_answer == "2023至2025年"


@pytest.mark.parametrize(
    ("question", "full"),
    [("UCS的全称是什么?", "城市云脑通用能力服务平台"), ("F5G 中文名", "第五代固定网络"), ("万兆无源光网络的英文缩写", "10G—PON")],
)
def test_an_abbreviation_is_spelt_out(answerer: Answerer, question: str, full: str) -> None:
    assert ask(answerer, question).short_answer == full


def test_a_choice_of_which_the_plan_has_neither_is_refused(answerer: Answerer) -> None:
    assert ask(answerer, "智慧水库先建在崂山水库还是产芝水库?").abstained
    assert not ask(answerer, "UCS平台是全国首个还是省内首个?").abstained


def test_a_wrong_year_is_corrected_by_the_right_one(answerer: Answerer) -> None:
    answer = ask(answerer, "2028年才会成为国内宜居、韧性、智慧城市标杆,对吗?")
    assert answer.status == "corrected" and "到2025年" in answer.text


def test_the_year_of_a_lead_is_that_of_what_stands_below(answerer: Answerer) -> None:
    assert ask(answerer, "到2025年5G网络真的要城乡全覆盖?").status == "grounded"


def test_what_is_asked_beside_a_wrong_claim_is_answered(answerer: Answerer) -> None:
    answer = ask(answerer, "“坚持系统性协同”排在基本原则第一条,它要统筹哪些关系?")
    assert answer.status == "corrected" and "5.「坚持系统性协同」" in answer.text and "效率和温度" in answer.text


def test_a_name_in_quotes_is_told_from_each_clause_that_has_it(answerer: Answerer) -> None:
    answer = ask(answerer, "“全市一家医院”已经做成了什么,接下来还要做什么?")
    assert {"一(一)4", "导读:优化智慧医疗服务"} <= {citation.section for citation in answer.citations}


def test_a_place_beside_the_clause_cited_last(answerer: Answerer) -> None:
    said = (Turn("user", "港口怎么升级?"), Turn("assistant", "「加快推广干散货全流程自动化作业」[三(一)2(1)]"))
    assert ask(answerer, "跟它并列的第(3)项讲什么?", *said).citations[0].section == "三(一)2(3)"


def test_the_rest_of_a_list_that_ends_with_and_others_is_not_stated(answerer: Answerer) -> None:
    assert ask(answerer, "数据资产登记的6个领域除了农业和制造业,其余4个是哪些?").abstained
    assert not ask(answerer, "数据资产登记在几个领域推进?").abstained


def test_a_wrong_year_is_corrected_by_that_of_the_lead_above(answerer: Answerer) -> None:
    answer = ask(answerer, "2030年5G网络才实现城乡全面覆盖,对吗?")
    assert answer.status == "corrected" and "到2025年" in answer.text
    assert {"二(三)", "二(三)1"} <= {citation.section for citation in answer.citations}


@pytest.mark.parametrize(
    ("text", "right", "claimed"),
    [
        ("基本原则第三条,坚持系统性协同——请核对序号", "二(二)5", "二(二)3"),
        ("第六条原则是革命性重塑,我背得对不对", "二(二)3", "二(二)6"),
        ("发展目标头一条是数字生态健康有序,念一下", "二(三)5", "二(三)1"),
    ],
)
def test_a_heading_put_at_another_place_in_the_order_is_corrected(answerer: Answerer, text: str, right: str, claimed: str) -> None:
    answer = ask(answerer, text)
    assert answer.status == "corrected"
    assert {right, claimed} <= {citation.section for citation in answer.citations}
    is_proved(answerer, answer)


def test_a_heading_at_its_own_place_is_looked_up(answerer: Answerer) -> None:
    answer = ask(answerer, "基本原则第五条,坚持系统性协同,讲了什么")
    assert answer.status == "grounded" and {citation.section for citation in answer.citations} == {"二(二)5"}


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("跟停车沾边的条文,一处都别落下", {"一(一)4", "三(一)2(2)"}),
        ("有关量子的说法,帮我全部梳理出来", {"三(一)1(2)", "三(一)1(4)"}),
        ("“策源地”这个词用了不止一次,都写在哪儿", {"二(三)2", "三(一)1(4)"}),
    ],
)
def test_every_place_is_told_where_all_mentions_are_asked_for(answerer: Answerer, text: str, sections: set[str]) -> None:
    assert {citation.section for citation in ask(answerer, text).citations} == sections


def test_a_claim_beside_a_question_for_the_place_is_compared(answerer: Answerer) -> None:
    wrong = ask(answerer, "新型智慧城市水平拿了全国第一,依据在哪一条?")
    assert wrong.status == "corrected" and "全省第一" in wrong.text
    right = ask(answerer, "新型智慧城市水平拿了全省第一,依据在哪一条?")
    assert right.status == "grounded" and "一(一)4" in {citation.section for citation in right.citations}


def test_an_aim_is_told_from_the_clause_that_names_the_thing(answerer: Answerer) -> None:
    answer = ask(answerer, "“全市算力一张网”最后要打造成什么?")
    assert answer.short_answer == "打造融入全国、辐射全省的北方重要新型算力枢纽节点"
    assert answer.citations[0].section == "三(一)1(1)"


def test_an_honour_is_told_where_one_is_asked_for(answerer: Answerer) -> None:
    answer = ask(answerer, "智慧养老方面拿到过什么国家级称号?")
    assert "国家智慧健康养老示范基地" in answer.short_answer and "一(一)4" in {citation.section for citation in answer.citations}
    answer = ask(answerer, "青岛的智慧养老得过什么牌子?")
    assert "国家智慧健康养老示范基地" in answer.short_answer and [citation.section for citation in answer.citations] == ["一(一)4"]


def test_errands_and_sums_of_money_are_refused(answerer: Answerer) -> None:
    assert ask(answerer, "帮我把电脑里的文件删掉").abstained
    money = ask(answerer, "这三年总共要往里投多少亿?")
    assert money.abstained and "金额" in money.text


@pytest.mark.parametrize("text", ["这份规划是2021到2030年的十年规划吧?", "规划要管到2028年,对吧"])
def test_a_claim_about_the_years_of_the_plan_is_compared(answerer: Answerer, text: str) -> None:
    answer = ask(answerer, text)
    assert answer.status == "corrected" and "2023至2025年" in answer.text
    assert ask(answerer, "这份规划管2023到2025年,对吧").status == "grounded"


def test_two_equal_sentences_are_both_told(answerer: Answerer) -> None:
    found = answerer.compare(Question("老人的日子能不能过得方便些"))
    best = found.evidence[0]
    same = next(one for one in found.evidence[1:] if one.owner == best.owner)
    other = next(one for one in found.evidence[1:] if one.owner != best.owner)

    def told(one: Evidence, gap: float) -> int:
        evidence = [best, replace(one, score=best.score - gap)]
        return len(answerer.reader.read(found.asked, evidence, found.query.encoded.vector, Frames(False)).statements)

    assert told(same, TWIN_REACH - 0.1) == 2 and told(same, TWIN_REACH + 0.1) == 1
    assert told(other, OTHER_REACH - 0.1) == 2 and told(other, OTHER_REACH + 0.1) == 1


def test_a_name_that_few_sentences_have_tells_them_apart(answerer: Answerer) -> None:
    answer = ask(answerer, "听说UCS那个平台在全国都是头一个")
    assert answer.status == "corrected" and [c.section for c in answer.citations] == ["一(一)3"]


def test_as_many_places_as_the_question_counts(answerer: Answerer) -> None:
    answer = ask(answerer, "量子通信在两条里都写到了,上下文各是什么")
    assert {c.section for c in answer.citations} == {"三(一)1(2)", "三(一)1(4)"} and answer.details["kind"] == "occurrences"


def test_words_of_ones_own_are_no_phrase_to_be_found(answerer: Answerer) -> None:
    answer = ask(answerer, "哪条原则说的是提早押宝将来的技术和产业")
    assert "二(二)6" in {c.section for c in answer.citations}  # 技术和产业 itself stands in 二(二)5


@pytest.mark.parametrize(
    "text",
    [
        "居家社区养老服务,最低要满多少岁才能享受?", "满足率99.7%是用什么公式算的?", "这次换水表的钱是公司掏还是住户自己掏?", "医保支付方式改革用的是DRG还是DIP?",
        "三(二)底下第1条讲什么?", "标识解析为啥偏偏是机械、家电这几个行业?", "48个标杆场景,知道四个了,剩下44个叫什么?",
    ],
)  # fmt: skip
def test_what_is_lacking_of_a_thing_that_the_plan_has_is_refused(answerer: Answerer, text: str) -> None:
    assert ask(answerer, text).abstained


def test_the_weather_of_a_day_is_no_question_about_a_plan(answerer: Answerer) -> None:
    assert ask(answerer, "明天崂山下不下雨").status == "refused"
    for question in ("下大雨的时候河里的水位有人盯着吗", "周末下雨,河水漫上来有人管吗"):
        assert ask(answerer, question).status == "grounded"


def test_the_same_asked_of_another_topic_is_looked_for_beside(answerer: Answerer) -> None:
    def lead(question: Question) -> float:
        best = {one.clause.id: one.score for one in reversed(answerer.compare(question).evidence)}
        return best["二(三)4"] - best["一(一)4"]

    history = (Turn("user", "数字政府要达到什么水平"), Turn("assistant", "「数字政府发展位居全国第一梯队」[二(三)3]"))
    assert lead(Question("数字社会呢?", history)) == pytest.approx(lead(Question("数字社会要达到什么水平")) + BESIDE)


@pytest.mark.parametrize(
    "text",
    [
        "“六个城市”都是哪几个?",
        "“六个城市”分别指什么",
        "智慧工地的名单里有没有沙子口社区",
        "48个标杆场景中,第30个叫什么",
        "标杆场景48个里头,由市教育局负责的有几个",
        "5G基站超3万个,平均每个镇有多少个?",
        "5G基站将来要增加到几万个",
        "多表合一换表,居民要不要自己掏钱",
        "凭什么单单挑西海岸新区做示范?说个理由",
        "违反数据中心功率指标怎么处罚",
        "帮忙看看,养老监管一张网现在接了几家养老院",
        "“十一五”的时候标准机柜有多少",
        "数据商的申请门槛是什么",
        "DNA存储的原理是什么",
        "崂山实验室几时揭牌",
        "医生号源几点放",
        "神经芯片交给哪家研究院牵头",
        "5G基站2024年要加多少座",
        "卡奥斯平台接了多少家工厂",
        "先诊疗后付费要是赖账,有啥后果",
        "领导小组有几位副组长",
        "青岛眼下总算力有几P",
        "“1+1+N”里的N代表啥",
        "数据资产登记的六个领域,文件只点了农业和制造业,剩下四个是啥",
        "烟台的智慧港口搞到哪一步了",
        "调用“全市算力一张网”怎么计价",
        "为什么单把“高效农业”写进特色领域",
        "在小区装充电桩物业能收多少钱,还用不用邻居签字",
        "5G用户普及率到百分之几",
        "海洋大数据中心建在哪条路上",
    ],
)
def test_what_the_plan_leaves_open_about_what_it_has_is_refused(answerer: Answerer, text: str) -> None:
    assert ask(answerer, text).status == "refused"


def test_a_question_of_several_parts_is_not_taken_for_one_about_the_words_it_quotes(answerer: Answerer) -> None:
    answer = ask(answerer, "哪条原则讲要布局未来工厂?说“全市一盘棋”的又是哪条?")
    assert {"二(二)5", "二(二)6"} <= {citation.section for citation in answer.citations}


def test_the_sentence_after_the_one_quoted_last(answerer: Answerer) -> None:
    history = (Turn("user", "崂山实验室有什么安排"), Turn("assistant", "「加快崂山实验室、海洋大数据中心建设」[三(一)2(4)]"))
    assert "加快建设青岛市智慧海洋系统项目" in ask(answerer, "那下一句呢", *history).text
    assert "支持中科院海洋大科学研究中心高质量运行" in ask(answerer, "上一句写的什么", *history).text


def test_back_to_the_first_topic(answerer: Answerer) -> None:
    history = (
        Turn("user", "智慧港口怎么建"), Turn("assistant", "「升级智慧港口」[三(一)2(1)]"),
        Turn("user", "电网呢"), Turn("assistant", "「加快智慧电网建设」[三(一)2(2)]"),
    )  # fmt: skip
    answer = ask(answerer, "回到头一个话题,干散货怎么推广", *history)
    assert [citation.section for citation in answer.citations][:1] == ["三(一)2(1)"]


def test_a_claim_told_by_somebody_at_home_is_compared(answerer: Answerer) -> None:
    assert ask(answerer, "俺家邻居说电子公文只到区里,街道都没通,是这样不").status == "corrected"
    assert ask(answerer, "我家老二说电子公文通到社区了,是真的吗").status == "grounded"


def test_a_personal_case_is_not_corrected_by_a_number_about_something_else(answerer: Answerer) -> None:
    assert ask(answerer, "我家那栋房子二十多年了,能不能装得聪明些").status != "corrected"


def test_the_years_of_the_plan_are_compared_whoever_claims_them(answerer: Answerer) -> None:
    answer = ask(answerer, "我家孩子说这份规划要管到2035年,真的假的")
    assert answer.status == "corrected" and answer.citations[0].section == "前言"


def test_a_goal_of_a_year_is_not_the_period_of_the_plan(answerer: Answerer) -> None:
    assert ask(answerer, "规划到2025年要实现5G网络城乡全面覆盖,是吧").status == "grounded"
    assert ask(answerer, "既然规划要管到2032年,我们慢慢来也不迟吧").citations[0].section == "前言"


def test_the_years_of_an_earlier_plan_are_not_those_of_this_one(answerer: Answerer) -> None:
    answer = ask(answerer, "以前那份数字青岛发展规划管的是2019到2022年,对吧")
    assert answer.status == "grounded" and answer.citations[0].section == "一(一)6"


def test_a_particle_at_the_end_makes_no_claim_of_a_question(answerer: Answerer) -> None:
    answer = ask(answerer, "崂山实验室要怎么弄,养老助餐又归哪一块,给说说呗")
    assert answer.status == "grounded"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("打造的标杆场景主要有多少个?", "48个标杆场景"),
        ("到2025年5G网络要达到什么要求?", "5G网络实现城乡全面覆盖"),
        ("一体化政务服务能力稳居全国第一梯队多久了?", "连续四年"),
        ("规划怎么专门给老年人提供服务?", "养老"),
        ("数字青岛连续三年进入全国第一梯队,那数据开放水平连续几年位列副省级城市前两名?", "数据开放水平连续三年"),
        ("政务数据需求共享满足率平均达到多少?", "99.7%"),
        ("十四五末,数字政府发展要达到全国第几梯队?", "全国第一梯队"),
        ("中国公司能参与上合算力联盟吗?", "上合算力联盟"),
    ],
)
def test_what_the_plan_states_is_not_refused_for_how_it_is_asked(answerer: Answerer, text: str, part: str) -> None:
    assert part in ask(answerer, text).text


def test_what_only_sounds_like_a_follow_up_is_none(answerer: Answerer) -> None:
    network = (Turn("user", "双千兆网络怎么建设"), Turn("assistant", "「深化双千兆高速网络建设」[三(一)1(2)]"))
    assert "深化双千兆高速网络建设" in ask(answerer, "前面那句提到的5G覆盖哪些场所?", *network).text
    masts = (Turn("user", "5G基站有多少个?"), Turn("assistant", "「累计建设5G基站超3万个」[一(一)1]"))
    assert ask(answerer, "效果评估怎么做?", *masts).status == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "一体化政务服务能力连着四年稳居全国第一梯队,没说错吧",
        "数字青岛连续三年进入全国第一梯队,和政务服务那边的年数不同,对吗",
        "海尔跟青啤这两个都入选了“灯塔工厂”,没错吧",
        "水表、电表都算在“多表合一”的改造里,是这样的吧",
        "数字孪生流域还是“探索建设”,并不是说已经建成,我没理解错吧",
        "“坚持整体性转变”是第二条,“坚持革命性重塑”是第三条,顺序没错吧",
    ],
)
def test_a_true_claim_is_not_corrected(answerer: Answerer, text: str) -> None:
    assert ask(answerer, text).status == "grounded"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("卡奥斯拿下了“双跨”平台五连冠,标题没毛病吧", "一(一)2"),
        ("智慧农业试验区是市级的,我没记岔吧", "一(一)2"),
        ("能源互联网示范区定在即墨,我们怎么配合", "三(一)2(2)"),
        ("Handle全球根节点还在施工,什么时候能用上", "一(一)1"),
        ("公共数据运营的架子叫“1+3+N”,里头有哪几家公司", "一(一)5"),
        ("青岛是第三批“千兆城市”,原因何在", "一(一)1"),
        ("为什么要把5G上的物联网业务退到2G去,图便宜吗", "三(一)1(3)"),
        ("基本原则首条当为“坚持系统性协同”吧", "二(二)1"),
        ("要当南方的数据信息通信枢纽节点,对吧", "二(三)1"),
        ("标准机柜才五千来个,也叫大型数据中心?", "一(一)1"),
    ],
)
def test_a_false_premise_is_corrected_however_it_is_put(answerer: Answerer, text: str, section: str) -> None:
    answer = ask(answerer, text)
    assert answer.status == "corrected" and section in {citation.section for citation in answer.citations}


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("上一版规划管哪几年,这一版呢", {"一(一)6", "前言"}),
        ("5G网络哪一年要做到城乡全面覆盖", {"二(三)1", "二(三)"}),
        ("西海岸新区都有哪些安排", {"一(二)", "三(一)2(2)", "导读:健全智慧养老服务"}),
        ("已建成的5G基站规模,对照2025年5G覆盖目标,怎么表述", {"一(一)1", "二(三)1"}),
        ("“空天地”和“空天海地”,前一个说的啥网后一个组的啥网", {"三(一)2(3)", "三(一)2(4)"}),
    ],
)
def test_each_part_is_answered_from_its_own_clause(answerer: Answerer, text: str, sections: set[str]) -> None:
    answer = ask(answerer, text)
    assert answer.status == "grounded" and sections <= {citation.section for citation in answer.citations}


def test_what_letters_stand_for_is_told(answerer: Answerer) -> None:
    assert "城市云脑通用能力服务平台(UCS)" in ask(answerer, "UCS这三个字母指的是什么东西").text


def test_the_place_where_the_asker_lives_is_not_asked_about(answerer: Answerer) -> None:
    assert ask(answerer, "俺家住灵山岛,海岛监管覆盖范围要提升吗").status == "grounded"


def test_a_greeting_in_english_does_not_hide_the_question(answerer: Answerer) -> None:
    assert ask(answerer, "Hi, I just moved here. Is there going to be a single code for seeing a doctor in other regions?").status == "grounded"
    assert ask(answerer, "Hi there, nice to meet you!").status == "refused"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("老旧小区智慧化改造和管网改造什么时候做完", "refused"),
        ("目前一体化平台规划什么时候完成", "refused"),
        ("数据要素有什么价值", "grounded"),
        ("我想问问上海的数字政府怎么建", "refused"),
        ("上海的5G网络什么时候实现城乡全面覆盖", "refused"),
        ("5G网络实现城乡全面覆盖是几月几号", "refused"),
        ("5G基站是3万个还是5万个的", "grounded"),
        ("规划提了5G,还有哪些网络设施", "grounded"),
        ("电子病历共享是在医院还是社区推", "grounded"),
        ("现在有多少座已经建好的5G基站", "grounded"),
        ("政务数据共享率是多少", "grounded"),
        ("2023年的规划里写了多少个标杆场景", "grounded"),
        ("数据中心正在建,没错吧", "grounded"),
        ("规划要给2G物联网业务转到5G网络,对吧", "grounded"),
        ("社区居家养老是线上线下结合,对吧", "grounded"),
        ("社保缴到25年能退休吗", "refused"),
        ("济南的UCS指什么", "refused"),
        ("投诉电话是多少,政务数据共享满足率多少?", "grounded"),
        ("我从北京搬来青岛养老,有哪些智慧养老服务?", "grounded"),
        ("之前的规划管到哪年?", "grounded"),
        ("机关电子公文要五级全覆盖,没有说社区和村。", "corrected"),
        ("石老人海底光缆登陆站还没建成,对吧?", "grounded"),
        ("数字青岛建设按几个阶段推进?", "refused"),
        ("简单来说,数字青岛的建设宗旨", "grounded"),
        ("智慧公交,同其他城市相比,青岛有什么目标?", "refused"),
        ("累计建了多少座5G基站支撑网络能力?", "grounded"),
        ("新建住宅花多少钱,旧楼怎么弄", "grounded"),
    ],
)
def test_words_that_only_look_like_a_pattern_are_not_taken_for_it(answerer: Answerer, text: str, status: str) -> None:
    assert ask(answerer, text).status == status


def test_what_is_asked_beside_a_false_premise_is_answered_too(answerer: Answerer) -> None:
    answer = ask(answerer, "标准机柜有5万个,5G基站有多少,双千兆怎么深化")
    assert answer.status == "corrected" and "5G基站超3万个" in answer.text and "深化双千兆高速网络建设" in answer.text


def test_what_the_asker_tells_of_himself_is_not_looked_for(answerer: Answerer) -> None:
    answer = ask(answerer, "My neighbour and I are both 83. Is there any help with meals for the elderly?")
    assert answer.status == "grounded" and answer.citations[0].section == "导读:健全智慧养老服务"


def test_parts_of_the_whole_text_are_counted(answerer: Answerer) -> None:
    answer = ask(answerer, "全文分成哪几大部分?")
    assert [citation.section for citation in answer.citations] == ["一", "二", "三"]


@pytest.mark.parametrize(
    ("before", "said", "text", "section"),
    [
        ("智慧能源有什么安排", "「加快智慧电网建设」[三(一)2(2)]", "说错了,我问的不是智慧能源,是智慧海洋", "三(一)2(4)"),
        ("智能建造和智慧工地怎么推进", "「推进智能建造和智慧工地建设」[三(一)2(5)]", "目的是什么", "三(一)2(5)"),
        ("海域怎么监管", "「完善海域动态监视监测体系」[三(一)2(4)]", "往前一条里提到的数据治理体系围绕什么?", "三(一)2(3)"),
        ("专网也要建?", "「推进工业、能源、交通、医疗、教育、城管、港口、园区等领域5G专网建设」[三(一)1(2)]", "在哪些领域建啊,念一遍", "三(一)1(2)"),
    ],
)
def test_a_follow_up_is_told_from_what_it_leans_on(answerer: Answerer, before: str, said: str, text: str, section: str) -> None:
    answer = ask(answerer, text, Turn("user", before), Turn("assistant", said))
    assert {citation.section for citation in answer.citations} == {section}


def test_an_opening_that_names_the_topic_is_not_cut_off(answerer: Answerer) -> None:
    assert ask(answerer, "月球基地请问什么时候能够完工").status == "refused"
