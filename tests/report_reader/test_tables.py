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


def measures(table: str) -> list[tuple[str, Decimal]]:
    return [(one.measure, one.value) for one in read(table).claims]


def test_a_head_without_the_cell_above_the_names_is_moved_over_the_figures() -> None:
    told = measures("受理(件)\t办结(件)\n甲局\t12\t10\n乙局\t8\t9\n")
    assert told[:2] == [("甲局受理(件)", 12), ("甲局办结(件)", 10)]


def test_a_row_whose_first_cells_are_merged_keeps_its_figures_in_their_columns() -> None:
    reading = read("序号\t部门\t片区\t受理(件)\t办结(件)\n1\t甲局\t东\t12\t10\n2\t乙局\t西\t8\t9\n合计\t20\t20\n")
    assert [(one.measure, one.value) for one in reading.claims][-2:] == [("合计受理(件)", 20), ("合计办结(件)", 20)]
    assert [one.verdict for one in reading.relations] == [Verdict.HOLDS, Verdict.FAILS]


def test_a_row_that_ends_early_keeps_its_columns() -> None:
    assert measures("部门\t受理(件)\t办结(件)\n甲局\t12\n乙局\t8\t9\n")[0] == ("甲局受理(件)", 12)


def test_a_masked_cell_gives_no_number() -> None:
    assert measures("部门\t受理(件)\n甲局\t**\n乙局\t1**\n丙局\t8\n") == [("丙局受理(件)", 8)]


def test_a_long_name_or_a_cell_of_spaces_does_not_blow_a_table_up() -> None:
    found = read("甲" * 5000 + "\t受理(件)\n" + "乙" * 5000 + "\t12\n丙\t1" + " " * 5000 + "x\n").claims
    assert len(found) >= 1
    assert max(len(one.measure) for one in found) < 200
