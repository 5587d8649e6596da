"""Tables: what each number is of, and whether totals are the sums of their rows and columns."""

from decimal import Decimal

from fadu.report_reader import Verdict, read

TABLE = (
    "2023年行政复议案件情况(单位:件)\n"
    "部门\t受理\t办结\t办结率\n甲局\t12\t10\t83.3%\n乙局\t1,020\t1,000\t98%\n丙局\t8\t8\t100%\n合计\t1,040\t{}\t98%\n"
)


def test_a_number_is_named_by_row_and_column() -> None:
    claims = read(TABLE.format("1,018")).claims
    assert [(one.measure, one.value, one.unit) for one in claims[:4]] == [
        ("甲局受理", 12, "件"),
        ("甲局办结", 10, "件"),
        ("甲局办结率", Decimal("83.3"), "%"),
        ("乙局受理", 1020, "件"),
    ]


def test_totals_are_added_up() -> None:
    sums = [one for one in read(TABLE.format("1,018")).relations if one.kind == "sum"]
    assert [one.verdict for one in sums] == [Verdict.HOLDS, Verdict.HOLDS]
    wrong = [one for one in read(TABLE.format("1,019")).relations if one.verdict is Verdict.FAILS]
    assert len(wrong) == 1
    assert "1018" in wrong[0].reason


def test_a_column_of_totals_is_added_up_across() -> None:
    found = read("类型\t合计\t维持\t撤销\n公安\t30\t20\t10\n城管\t12\t6\t5\n").relations
    assert [(one.kind, one.verdict) for one in found] == [("sum", Verdict.HOLDS), ("sum", Verdict.FAILS)]


def test_the_head_says_the_unit_and_a_year_is_no_figure() -> None:
    reading = read("年度\t金额(万元)\n2022\t12.5\n2023\t13\n")
    assert [(one.value, one.unit) for one in reading.claims] == [(125000, "元"), (130000, "元")]
    assert not reading.unread
