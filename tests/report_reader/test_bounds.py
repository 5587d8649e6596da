"""No text is too long or too strange: work grows with the length, and nothing ends the reader."""

import random
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest

from fadu.report_reader import Reading, read
from fadu.report_reader.relations.arithmetic import printed_as, wholes
from fadu.report_reader.relations.scope import MOST_FIGURES

SMALL, LARGE = 3_000, 9_000
"""Signs: several times the longest sentence, so that what is bounded by a sentence has reached its bound."""
MARGIN = 1.15
LONG = 100_000


def calls(text: str) -> int:
    """How many functions, also of C, reading a text calls: the same on every machine."""
    count = 0

    def counted(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    read("受理5件。")  # what is made once is made
    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


def long(unit: str, size: int) -> str:
    return unit * (size // len(unit))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda size: long("受理12345件,", size), id="numbers"),
        pytest.param(lambda size: long("办理案件12件和", size), id="no punctuation"),
        pytest.param(lambda size: long("其中3件", size), id="其中"),
        pytest.param(lambda size: long("甲乙分别为3件、4件,", size), id="分别"),
        pytest.param(lambda size: long("(3件", size // 2) + long(")", size // 2), id="parentheses"),
        pytest.param(lambda size: long("每个3件", size), id="averages"),
        pytest.param(lambda size: long("取消3项后为2项", size), id="differences"),
        pytest.param(lambda size: long("同比增长3%,", size), id="growth"),
        pytest.param(lambda size: long("受理3件。办结2件,办结率98%。", size), id="shares of a paragraph"),
        pytest.param(lambda size: long("全年召开专题会议12次。", size), id="restated"),
        pytest.param(lambda size: "部门\t受理(件)\n" + long("甲局\t12\n", size) + "合计\t12\n", id="table"),
        pytest.param(lambda size: long("合计\t甲\t乙\n3\t1\t2\n", size), id="heads and totals"),
        pytest.param(lambda size: "甲\t" + long("1\t", size // 2) + "\n" + long("甲\t1\n", size // 2), id="wide table"),
    ],
)
def test_three_times_the_text_is_three_times_the_work(make: Callable[[int], str]) -> None:
    small, large = make(SMALL), make(LARGE)
    assert calls(large) <= calls(small) * len(large) / len(small) * MARGIN


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("其中" * LONG, id="a million of 其中"),
        pytest.param("受理案件办理事项" * (LONG // 8), id="no punctuation"),
        pytest.param("(" * LONG + "3件" + ")" * LONG, id="parentheses"),
        pytest.param("全" + "123 " * (LONG // 4) + "1件", id="groups of three"),
        pytest.param("1" + "," * LONG + "件", id="commas"),
        pytest.param("123," * (LONG // 4) + "件", id="grouped"),
        pytest.param("1." * (LONG // 2) + "件", id="points"),
        pytest.param("1-" * (LONG // 2) + "件", id="hyphens"),
        pytest.param("“" * LONG, id="quotes"),
        pytest.param("《《甲》" * (LONG // 4), id="titles"),
        pytest.param("《" + "《甲》" * (LONG // 3), id="titles in a title"),
        pytest.param("1" + " " * LONG + "x", id="spaces"),
        pytest.param("甲\t乙\n1" + " " * LONG + "x\t3\n", id="spaces in a cell"),
        pytest.param("\n" * LONG, id="empty lines"),
        pytest.param("\t" * LONG, id="empty cells"),
        pytest.param("&nbsp;" * (LONG // 6) + "3件", id="entities"),
        pytest.param("法治建设" * (LONG // 4), id="a title without end"),
        pytest.param("1" * LONG + "件", id="digits"),
        pytest.param("一" * LONG + "件", id="Chinese digits"),
        pytest.param("9" + "亿" * LONG + "件", id="multipliers"),
        pytest.param("百分之" + "一" * LONG, id="a share without end"),
        pytest.param("甲" * LONG + "\t受理(件)\n" + "甲" * LONG + "\t3\n" * 3, id="a cell without end"),
        pytest.param(("达到" * 19 + "x3件,") * 200, id="endings that may be cut in many ways"),
        pytest.param("<!---->" * (LONG // 7), id="comments"),
    ],
)
def test_a_strange_text_is_read_to_its_end(text: str) -> None:
    reading = read(text)
    assert reading.source == text
    assert len(reading.claims) < 1000


def test_a_hundred_thousand_numbers_are_counted_one_by_one() -> None:
    numbers = 100_000
    reading = read("2023年1月1日 " * numbers)
    assert len(reading.others) == numbers
    assert not reading.claims
    assert not reading.unread


def test_a_table_of_fifty_thousand_rows_is_added_up() -> None:
    rows = 50_000
    reading = read("部门\t备注\n" + "无\t无\n" * rows + "甲局\t12件\n")
    assert reading.others == []
    reading = read("部门\t受理(件)\n" + "甲局\t1\n" * (rows // 10) + f"合计\t{rows // 10}\n")
    assert [one.verdict for one in reading.relations] == ["holds"]
    assert len(reading.claims) == rows // 10 + 1


def test_figures_of_a_sentence_share_its_text() -> None:
    reading = read("办理案件12件," * 200)
    assert len(reading.claims) == 200
    assert len({id(one.sentence) for one in reading.claims}) == 1


# ---------------------------------------------------------------- numbers that are none


@pytest.mark.parametrize(
    "text",
    [
        "完成3-5,",
        "受理3—5。",
        "受理" + "一" * 5000 + "件。",
        "受理9亿亿亿亿件,成功率3%。",
        "受理1" + ",111" * 11 + "件",
        "合格率99." + "1" * 60 + "%,其中3件合格9件。",
        "受理3-" + "1" * 5000 + "件。",
        "受理3-4." + "1" * 5000 + "件。",
        "部门\t受理\n甲局\t" + "1" * 40 + "\n乙局\t3\n",
        "共99999999999999999件,其中1件,占比0.0000000000000001%。",
        "受理𝟏𝟐件,办结١٢件,²件。",
        "百分之,百分之点,第,〇〇件,点五件。",
        "\ud800受理3件\udfff。",
    ],
)
def test_a_number_beyond_measure_ends_nothing(text: str) -> None:
    reading: Reading = read(text)
    assert all(one.value < 10**18 for one in reading.claims)
    assert all(reading.source[one.start : one.end] == one.raw for one in reading.claims)


def test_a_share_of_a_large_number_is_not_searched_for() -> None:
    (one,) = [r for r in read("进驻中心办理123456789项,进驻比例达到5%。").relations if r.kind == "ratio"]
    assert "分母应为2057613151至2743484200" in one.reason


def test_denominators_are_those_that_a_search_finds() -> None:
    chance = random.Random(7)
    for _ in range(20):
        decimals = chance.choice([0, 1, 2])
        above = Decimal(chance.randrange(1, 60))
        share = Decimal(chance.randrange(10**decimals, 100 * 10**decimals)).scaleb(-decimals)
        fitting = [n for n in range(1, 12_500) if printed_as_share(above, n, share, decimals)]
        assert wholes(above, share, decimals) == ((fitting[0], fitting[-1]) if fitting else None)


def printed_as_share(above: Decimal, below: int, share: Decimal, decimals: int) -> bool:
    near = abs(above * 100 / below - share) < 2 * Decimal(1).scaleb(-decimals)
    return near and printed_as(above * 100 / below, share, Decimal(1).scaleb(-decimals)) is not None


def test_pieces_of_strange_signs_are_read() -> None:
    signs = "一二三百万亿1234567890..,,件次人个%‰。、()其中分别共率同比增长占比日均每 \n\t“”《》:年月日达到至-*+第余近"
    chance = random.Random(11)
    for _ in range(400):
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(1, 80)))
        reading = read(text)
        assert all(reading.source[one.start : one.end] == one.raw for one in reading.claims)


def test_no_more_figures_of_a_sentence_are_compared_than_said() -> None:
    def compared(parts: int) -> list[int]:
        text = f"共受理{parts}件:" + ",".join("甲局1件" for _ in range(parts)) + "。"
        return [len(one.claims) for one in read(text).relations]

    assert compared(MOST_FIGURES - 1) == [MOST_FIGURES]
    assert compared(MOST_FIGURES + 20) == []
