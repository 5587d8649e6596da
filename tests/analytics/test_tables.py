"""The table of a system from its declarations, the catalogue of indicators, and the text for each engine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

import pytest

from fadu.analytics.compile import check, columns_read, expression, to_sql
from fadu.analytics.measures import measures_of
from fadu.analytics.tables import Kind, Table, table_of
from fadu.rules.errors import DeclarationError
from fadu.rules.facts import ClosedList, Fact, Facts, Text
from fadu.rules.indicators import Closed, DayOf, Did, FactIs, Indicator, Unit
from fadu.rules.law import load_library
from fadu.rules.procedure import Procedure, Step
from fadu.rules.registry import Registry, registry
from tests.analytics import counted
from tests.kernel import small


class Kindred(ClosedList):
    ONE = "one", "一"


class Odd(Facts):
    kinds: Annotated[list[Kindred], Fact("种类", indexed=True)]
    open_: Annotated[bool, Fact("公开", indexed=True)]
    name: Annotated[Text, Fact("姓名", indexed=True, personal=True)]
    inner: Annotated[Text, Fact("不进索引")]


class Texts:
    """A catalogue of texts that need not be judged; only what a table is made from."""

    def __init__(self, *texts: Procedure, indicators: Sequence[Indicator] = ()) -> None:
        self.texts = texts
        self.indicators = tuple(indicators)
        self.registers = ()

    def versions(self, system: str) -> tuple[Procedure, ...]:
        return self.texts


def odd_table(*texts: Procedure, **more: Any) -> Table:
    return table_of(Texts(*texts, **more), "small")  # type: ignore[arg-type]  # a stand-in for the registry


def test_columns_come_from_the_declarations() -> None:
    table = table_of(counted.catalogue(), "small")
    kinds = {column.name: column.kind for column in table.columns}
    assert table.view == "v_small"
    assert kinds["opened_month"] is kinds["fact_worth"] is kinds["trial_days"] is Kind.WHOLE
    assert kinds["fact_known_on"] is kinds["accept_on"] is kinds["opened"] is Kind.DAY
    assert kinds["fact_answer"] is kinds["outcome"] is Kind.TEXT
    assert kinds["trial_ran"] is kinds["trial_kept"] is Kind.FLAG
    assert "stay_wait_kept" not in kinds, "nobody keeps or misses a minimum wait"
    assert "stay_wait_ran" in kinds


def test_nothing_personal_and_nothing_unindexed_is_a_column() -> None:
    text = replace(small.SMALL, facts=Odd, steps=(), clocks=())
    facts = {c.name: c.kind for c in odd_table(text).columns if c.name.startswith("fact_")}
    assert facts == {"fact_kinds": Kind.MANY, "fact_open_": Kind.FLAG}
    names = {column.name for column in table_of(counted.catalogue(), "small").columns}
    assert not names & {"fact_story", "title", "officer", "party"}


def test_two_texts_make_the_union_of_their_columns() -> None:
    older = replace(small.SMALL, version="2017", steps=small.SMALL.steps[:3], clocks=())
    newer = replace(small.SMALL, steps=small.SMALL.steps[3:6], clocks=small.SMALL.clocks[:1])
    names = [column.name for column in odd_table(older, newer).columns]
    assert {"apply_on", "reply_on", "screen_kept"} <= set(names)
    assert len(names) == len(set(names))


def test_a_name_that_changes_its_type_is_refused() -> None:
    class Changed(Facts):
        known_on: Annotated[Text, Fact("知道之日", indexed=True)]

    with pytest.raises(DeclarationError, match="fact_known_on”一栏在不同文本中类型不一致"):
        odd_table(small.SMALL, replace(small.SMALL, facts=Changed))


@pytest.mark.parametrize("name", ["大写", "with space", 'quote"d', "x" * 80])
def test_a_name_that_is_no_plain_word_is_refused(name: str) -> None:
    with pytest.raises(DeclarationError, match="不能用作分析表的名称"):
        odd_table(replace(small.SMALL, steps=(Step(name=name, label="步", by=()),)))


def test_the_digest_changes_with_any_column() -> None:
    table = table_of(counted.catalogue(), "small")
    assert table.digest == table_of(counted.catalogue(), "small").digest
    assert table.digest != Table("small", table.columns[:-1]).digest


def checked(indicator: Indicator, *more: Indicator) -> None:
    check(Texts(small.SMALL, indicators=(indicator, *more)))  # type: ignore[arg-type]  # see above


def test_an_indicator_of_unknown_words_is_refused() -> None:
    gone = Step(name="gone", label="没有", by=())
    for wrong, name in [
        (replace(counted.decided, day=DayOf((gone,))), "gone_on"),
        (replace(counted.decided, where=(Did((gone,)),)), "gone_on"),
        (replace(counted.decided, where=(FactIs("story", ("x",)),)), "fact_story"),
        (replace(counted.duration, until=DayOf((gone,))), "gone_on"),
    ]:
        with pytest.raises(DeclarationError, match=f"没有“{name}”一栏"):
            checked(wrong)


def test_a_rate_needs_two_counts_of_one_kind() -> None:
    with pytest.raises(DeclarationError, match="按同一个日期"):
        checked(replace(counted.grant_rate, denominator=replace(counted.decided, day=Closed())))
    with pytest.raises(DeclarationError, match="属于同一个程序"):
        checked(replace(counted.grant_rate, denominator=replace(counted.decided, system="follow")))
    checked(counted.clearance)
    with pytest.raises(DeclarationError, match="却是同一个日期"):
        checked(replace(counted.grant_rate, own_days=True))


def test_a_total_adds_cases_of_one_system() -> None:
    checked(counted.handled)
    for wrong, told in (
        ((counted.applied, replace(counted.applied, system="follow")), "属于同一个程序"),
        ((counted.copies, counted.copies), "只能把案件数相加"),
    ):
        with pytest.raises(DeclarationError, match=told):
            checked(replace(counted.handled, parts=wrong))


def test_two_readings_do_not_bear_one_name() -> None:
    other = replace(counted.grant_rate, name="other_rate", numerator=counted.refused)
    with pytest.raises(DeclarationError, match="都叫“支持率”"):
        checked(counted.grant_rate, other)
    with pytest.raises(DeclarationError, match="没有写明口径"):
        checked(replace(counted.decided, definition=" "))


def test_only_numbers_are_added_up_each_in_its_unit() -> None:
    with pytest.raises(DeclarationError, match="只能合计金额或者数字"):
        checked(replace(counted.worth, fact="answer"))
    for wrong in (replace(counted.worth, unit=Unit.PAPERS), replace(counted.pages, unit=Unit.YUAN)):
        with pytest.raises(DeclarationError, match="单位不对"):
            checked(wrong)
    with pytest.raises(DeclarationError, match="fact_nothing"):
        checked(replace(counted.worth, fact="nothing"))


def test_what_is_counted_belongs_to_the_case_and_has_its_own_unit() -> None:
    strange = replace(counted.copies, of=small.BODY)
    for wrong, told in (
        (strange, "不是程序“小程序”的文书、当事人或者分项"),
        (replace(counted.copies, unit=Unit.CASES), "不能以件为单位"),
    ):
        with pytest.raises(DeclarationError, match=told):
            check(Registry([replace(small.ROOM, indicators=(wrong,))], load_library()))


def test_the_indicators_of_all_rooms_hold() -> None:
    told = registry().indicators
    check(registry())
    assert {indicator.source for indicator in told} <= {
        *registry().systems,
        *(one.name for one in registry().registers),
    }


def test_each_thing_is_counted_once() -> None:
    measures = measures_of([counted.grant_rate, counted.decided, counted.granted])
    assert measures == [counted.granted, counted.decided]


def test_each_engine_gets_its_fastest_form() -> None:
    table = table_of(counted.catalogue(), "small")
    expr = expression(table, [counted.granted], members=False)
    duckdb, postgres, spark = (to_sql(expr, name) for name in ("duckdb", "postgres", "pyspark"))
    assert "COUNT_IF" in duckdb
    assert "FILTER" not in duckdb
    assert "COUNT_IF" not in postgres
    assert "`scoped`" in spark


def test_only_needed_columns_are_read() -> None:
    table = table_of(counted.catalogue(), "small")
    assert columns_read(table, [counted.in_time]) == ["case_id", "organ_id", "body_id", "decide_on", "trial_kept"]


def test_the_compiler_is_not_loaded_before_the_first_figure() -> None:
    """Pages import the figures; loading the compiler there would make every first page slow."""
    program = (
        "import django, sys; django.setup();"
        "import fadu.analytics.figures, fadu.analytics.views, fadu.report_writer;"
        "print(sorted({'ibis', 'sqlglot', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
