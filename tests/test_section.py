import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import han, ordinal
from index.section import OFFICIAL_LADDER, Rung, SectionNumber


@pytest.mark.parametrize(
    ("written", "section_id"),
    [
        ("三(一)2(3)", "三(一)2(3)"),
        ("三、(一)2.(3)", "三(一)2(3)"),
        ("三、（一）２．（３）", "三(一)2(3)"),
        (" 三 (一) 2 (3) ", "三(一)2(3)"),
        ("第二部分第三节第4条", "二(三)4"),
        ("2.3.4", "二(三)4"),
        ("第三章第二节一(二)", "第三章第二节一(二)"),
        ("第十二条", "第十二条"),
        ("二)", "(二)"),
    ],
)
def test_what_people_write(written: str, section_id: str) -> None:
    assert SectionNumber.parse(written).id == section_id


@pytest.mark.parametrize("written", ["", "青岛", "三(一)abc", "(((", "第条", "0.1"])
def test_what_is_no_number(written: str) -> None:
    with pytest.raises(ValueError, match="section number"):
        SectionNumber.parse(written)


def test_label_parent_next_previous() -> None:
    number = SectionNumber.parse("三(一)2(3)")
    assert number.label == "三、(一)2.(3)"
    assert number.parent is not None and number.parent.id == "三(一)2"
    assert number.next.id == "三(一)2(4)"
    assert number.previous is not None and number.previous.id == "三(一)2(2)"
    assert SectionNumber.parse("三").parent is None
    assert SectionNumber.parse("一").previous is None


def test_order_is_the_ladders() -> None:
    written = ["三(一)2(10)", "一(二)", "三(一)2(9)", "一", "二(三)4", "三(一)10"]
    ordered = sorted(SectionNumber.parse(one) for one in written)
    assert [number.id for number in ordered] == ["一", "一(二)", "二(三)4", "三(一)2(9)", "三(一)2(10)", "三(一)10"]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_id_and_label_read_back(ordinals: list[int]) -> None:
    number = SectionNumber(tuple(Rung(style, n) for style, n in zip(OFFICIAL_LADDER, ordinals, strict=False)))
    assert SectionNumber.parse(number.id) == number
    assert SectionNumber.parse(number.label) == number


@given(st.integers(1, 999))
def test_han_numerals_read_back(number: int) -> None:
    assert ordinal(han(number)) == number
