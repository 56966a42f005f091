from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PlanError
from index.parser import PARAGRAPHS_WARNING, parse_plan, read_plan
from index.plan import Plan
from index.settings import DEFAULT_PLAN

QINGDAO_IDS = (
    "导读:优化智慧医疗服务 导读:完善智慧社保、医保服务 导读:健全智慧养老服务 前言 "
    "一 一(一) 一(一)1 一(一)2 一(一)3 一(一)4 一(一)5 一(一)6 一(二) "
    "二 二(一) 二(二) 二(二)1 二(二)2 二(二)3 二(二)4 二(二)5 二(二)6 二(三) 二(三)1 二(三)2 二(三)3 二(三)4 二(三)5 "
    "三 三(一) 三(一)1 三(一)1(1) 三(一)1(2) 三(一)1(3) 三(一)1(4) "
    "三(一)2 三(一)2(1) 三(一)2(2) 三(一)2(3) 三(一)2(4) 三(一)2(5) 三(二)"
).split(" ")


@pytest.fixture(scope="module")
def qingdao() -> Plan:
    return read_plan(DEFAULT_PLAN)


def every_character_once(plan: Plan) -> None:
    owned: list[str] = [""] * len(plan.source)
    for section in plan.sections:
        clause = section.clause
        ranges = [(clause.start, clause.end)] if clause else []
        if not (clause and clause.start <= section.start < clause.end):
            ranges.append((section.start, section.end))
        for start, end in ranges:
            for place in range(start, end):
                assert not owned[place], (section.id, owned[place], plan.source[place])
                owned[place] = section.id
    for place in range(plan.body_start, len(plan.source)):
        sign = plan.source[place]
        assert owned[place] or sign.isspace() or sign in "\u200b\ufeff", (place, plan.source[place - 8 : place + 8])


def test_the_plan_is_byte_for_byte_the_one_given(qingdao: Plan) -> None:
    assert qingdao.sha256 == "a8c443fb45690954e0269f8a932ae93687ad5a1c83dead99e9ad264b1b05775c"
    assert DEFAULT_PLAN.read_bytes() == qingdao.source.encode()


def test_all_sections_of_the_plan_in_order(qingdao: Plan) -> None:
    assert [section.id for section in qingdao.sections] == QINGDAO_IDS
    assert qingdao.title == "数字青岛发展规划(2023—2025年)"
    assert qingdao.warnings == ()
    numbered = [section.number for section in qingdao.sections if section.number.is_numbered]
    assert numbered == sorted(numbered)


def test_every_clause_is_verbatim_and_every_character_has_one_owner(qingdao: Plan) -> None:
    for clause in qingdao.clauses:
        assert qingdao.source[clause.start : clause.end] == clause.text
        assert clause.start <= clause.body_start < clause.end
    every_character_once(qingdao)


def test_titles_and_breadcrumb(qingdao: Plan) -> None:
    clause = qingdao.clause("三(一)2(3)")
    assert clause is not None
    assert clause.title == "加快智慧水务设施建设"
    assert clause.breadcrumb == (
        "主要任务", "夯实数字基础设施新底座,促进城市高性能运行", "加快融合基础设施智能升级", "加快智慧水务设施建设"
    )  # fmt: skip
    assert qingdao.source[clause.body_start :].startswith("完善雨量")
    assert qingdao.clause("三(二)") is None
    assert len(qingdao.children("二(二)")) == 6


@pytest.mark.parametrize("written", ["三(一)2(3)", "3.1.2.3", "第三部分第一节第2点第3小点", "三、（一）２．（３）"])
def test_a_section_is_found_in_any_notation(qingdao: Plan, written: str) -> None:
    section = qingdao.find(written)
    assert section is not None and section.id == "三(一)2(3)"


def test_chapters_sections_and_articles_counted_through() -> None:
    plan = parse_plan(
        "某市数据条例\n第一章 总则\n第一条 为了规范数据处理,制定本条例。\n第二条 本条例所称数据,是指记录。见第一条。\n"
        "第二章 权益\n第一节 一般规定\n第三条 依法保护下列权益:\n(一)查询;\n(二)更正。\n第二节 特别规定\n第四条 另行规定。\n"
    )
    assert [section.id for section in plan.sections] == [
        "第一章", "第一条", "第二条", "第二章", "第二章第一节", "第三条", "第三条(一)", "第三条(二)", "第二章第二节", "第四条"
    ]  # fmt: skip
    assert plan.section("第四条").parent == "第二章第二节"  # type: ignore[union-attr]
    every_character_once(plan)


def test_decimals_full_width_and_circles() -> None:
    plan = parse_plan(
        "应急预案\n1 总则\n1.1 目的\n保障安全。\n1.2 依据\n依据法律1.5亿元。\n2 组织\n2.1 机构\n2.1.1 领导小组\n设组长。\n"
    )
    assert [section.id for section in plan.sections] == ["1", "1.1", "1.2", "2", "2.1", "2.1.1"]
    wide = parse_plan("方案\n一、目标\n１．提升能力。到2025年完成。\n（１）建平台。建设平台。\n（２）建机制。建立机制。\n２．优化服务。持续优化。\n")
    assert [section.id for section in wide.sections] == ["一", "一1", "一1(1)", "一1(2)", "一2"]


def test_a_reference_in_a_sentence_is_no_heading() -> None:
    plan = parse_plan(
        "计划\n一、任务\n(一)建网。按三(一)2推进。\n见三(一)2的要求,由各区落实。\n"
        "2023年完成一半。\n3.5万个基站建成。\n(二)用网。推广应用。\n(一)所列工作由市局负责。\n"
    )
    assert [section.id for section in plan.sections] == ["一", "一(一)", "一(二)"]
    assert "3.5万个基站" in plan.clause("一(一)").text  # type: ignore[union-attr]


def test_a_heading_that_ends_in_a_full_stop() -> None:
    plan = parse_plan("规划\n一、任务\n1.提升港口能级。\n(1)扩建码头。新建泊位。\n(2)改造堆场。换新设备。\n2.做好保障。\n")
    assert plan.section("一1").title == "提升港口能级"  # type: ignore[union-attr]
    assert plan.clause("一1") is None
    assert plan.clause("一2").text == "2.做好保障。"  # type: ignore[union-attr]


def test_a_table_of_contents_is_front_matter() -> None:
    plan = parse_plan("规划\n目录\n一、现状\n二、目标\n一、现状\n已有基础。\n二、目标\n将要提高。\n")
    assert [section.id for section in plan.sections] == ["一", "二"]
    assert plan.clause("一").text == "已有基础。"  # type: ignore[union-attr]


def test_a_text_without_ladder_becomes_paragraphs() -> None:
    plan = parse_plan("第一段的话。\n\n第二段的话。")
    assert [clause.id for clause in plan.clauses] == ["段1", "段2"]
    assert plan.warnings == (PARAGRAPHS_WARNING,)


def test_windows_line_ends_keep_offsets() -> None:
    plan = parse_plan("规划\r\n一、目标\r\n到2025年完成。\r\n")
    clause = plan.clause("一")
    assert clause is not None and clause.text == "到2025年完成。" == plan.source[clause.start : clause.end]


@given(st.text(alphabet="一二三(）()1.、。\n 第章条节a建设，", max_size=200))
def test_any_text_parses_and_keeps_its_characters(text: str) -> None:
    plan = parse_plan(text)
    for clause in plan.clauses:
        assert plan.source[clause.start : clause.end] == clause.text
    assert len({section.id for section in plan.sections}) == len(plan.sections)


@pytest.mark.parametrize(
    ("name", "content", "got"),
    [("empty.txt", b"", "empty"), ("blank.txt", b" \n \n", "empty"), ("binary.txt", bytes(range(256)) * 40, "neither")],
)
def test_files_that_are_no_plan(tmp_path: Path, name: str, content: bytes, got: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PlanError, match=got):
        read_plan(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="a folder"):
        read_plan(tmp_path)
    with pytest.raises(PlanError, match="no such file"):
        read_plan(tmp_path / "none.txt")


def test_gb18030_and_utf16_are_read(tmp_path: Path) -> None:
    text = "规划\n一、目标\n到2025年建成5G基站4万个。\n"
    for encoding in ("gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        assert read_plan(path).clause("一").text == "到2025年建成5G基站4万个。"  # type: ignore[union-attr]


def test_boxes_are_numbered_through_the_plan() -> None:
    text = "某市规划\n\n一、甲\n\n第一段。\n\n专栏1 项目\n\n1.甲项目。\n\n二、乙\n\n第二段。\n\n专栏2 工程\n\n1.乙工程。\n"
    assert parse_plan(text).warnings == ()
    assert parse_plan(text.replace("专栏2", "专栏4")).warnings != ()
