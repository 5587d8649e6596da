"""Figures broken down by a list, the outcome or the organs: the same lines on both engines, and their total."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from fadu.analytics import breakdown, figures, recorded, snapshot
from fadu.analytics.breakdown import MISSING, Line, break_down, break_down_on, dimension, dimensions, ranks
from fadu.analytics.figures import Period
from fadu.analytics.measures import Scope, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import table_of
from fadu.analytics.whose import EVERYBODY
from fadu.kernel import access, store
from fadu.rules.errors import NotFound
from fadu.rules.registry import registry
from tests.analytics import counted
from tests.analytics.conftest import Filled, let_time_pass
from tests.fixtures.database import move_in

YEAR = Period.year(2024)
WANTED = [counted.decided, counted.applied, counted.pending, counted.grant_rate, counted.duration, counted.worth]


def told(lines: list[Line]) -> list[tuple[str, dict[str, str]]]:
    return [(line.label, {name: str(one) for name, one in line.figures.items()}) for line in lines]


def lines(filled: Filled, by: str, period: Period = YEAR) -> list[Line]:
    known = counted.catalogue()
    with filled.session() as s:
        return break_down(s, known, WANTED, period, dimension(known, "small", by), EVERYBODY)


def test_by_a_closed_list_in_its_order(filled: Filled) -> None:
    let_time_pass(filled)
    found = told(lines(filled, "answer"))
    assert [label for label, _ in found] == ["支持", "部分支持", "不支持", MISSING]
    assert [one["decided"] for _, one in found] == ["1件", "1件", "1件", "0件"]
    assert [one["applied"] for _, one in found] == ["2件", "1件", "1件", "3件"]
    assert found[0][1] == {
        "decided": "1件", "applied": "2件", "pending": "1件", "grant_rate": "100%", "duration": "40天",
        "worth": "100.00元",
    }  # fmt: skip


@pytest.mark.parametrize("by", ["answer", "outcome", "respondent"])
def test_the_lines_add_up_to_the_figure(filled: Filled, by: str) -> None:
    let_time_pass(filled)
    with filled.session() as s:
        whole = figures.compute(s, counted.catalogue(), WANTED, YEAR.since, YEAR.before)
    found = lines(filled, by)
    for name in ("decided", "applied", "pending", "worth"):
        assert sum(line.figures[name].value or 0 for line in found) == whole[name].value, name
    assert sum(line.figures["grant_rate"].numerator or 0 for line in found) == whole["grant_rate"].numerator


def test_organs_are_ranked_equal_ones_alike(filled: Filled) -> None:
    by = dimension(counted.catalogue(), "small", "respondent")
    (line,) = lines(filled, "respondent")
    figure, rate = line.figures["applied"], line.figures["grant_rate"]
    made = [Line(str(n), f"{n}", {"applied": replace(figure, value=n)}) for n in (5, 7, 5, 3)]
    assert ranks(by, made, "applied") == [2, 1, 2, 4]
    shares = [(1, 2), (2, 3), (0, 0), (2, 4)]
    made = [Line("1", "", {"grant_rate": replace(rate, numerator=n, denominator=d)}) for n, d in shares]
    assert ranks(by, made, "grant_rate") == [2, 1, None, 2]
    assert ranks(dimension(counted.catalogue(), "small", "answer"), made, "grant_rate") == [None] * 4
    assert ranks(by, [replace(made[0], key="")], "grant_rate") == [None]


@pytest.mark.parametrize("source", ["plan_task", "shortfall", "law_assessment"])
def test_tasks_and_assessments_are_told_apart_by_whom_they_are_given(source: str) -> None:
    assert "responsible" in {one.name for one in dimensions(registry(), source) if one.organs}


def test_the_same_lines_on_the_other_engine(filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(tmp_path, monkeypatch)
    let_time_pass(filled)
    known = counted.catalogue()
    with filled.session() as s:
        taken = snapshot.take(s, known)
        for by in dimensions(known, "small"):
            for year in (2023, 2024, 2025):
                here = break_down(s, known, counted.ALL, Period.year(year), by, EVERYBODY)
                assert break_down_on(taken, counted.ALL, Period.year(year), by, EVERYBODY) == here
                assert bool(here) == (year > 2023)


def test_organs_by_name_and_a_case_with_two_counts_under_each(filled: Filled) -> None:
    """One of the house is known by its number, another one by its name; folded anew from the events it is the same."""
    known, bureau = counted.catalogue(), filled.house.organs["respondent"]
    table, measures = table_of(known, "small"), measures_of([counted.applied])
    by = dimension(known, "small", "respondent")
    with filled.session() as s:
        _, held = access.execute_figures(s, f"SELECT * FROM {table.view}")
        loaded = store.load(filled.cases["granted"], None, None)
        assert loaded is not None
        folded = dict(zip((c.name for c in table.columns), recorded.row_of(loaded.case, table, s.env), strict=True))
        place = [column.name for column in table.columns].index("respondent_organs")
        assert folded["respondent_organs"] == str(bureau) == held[0][place]
        both = [[*row[:place], f"{bureau},别的局", *row[place + 1 :]] for row in held[:1]] + [list(r) for r in held[1:]]
        text = statement(table, measures, Scope(YEAR.since, YEAR.before), "duckdb", split=by.column.name)
        rows = recorded.run(table, both, text)
        found = {key: breakdown.label_of(by, key) for row in rows for key in str(row[-1]).split(",")}
    assert found == {str(bureau): "某区某局", "别的局": "别的局"}
    assert Counter(row[-1] for row in rows for _ in range(row[4])) == {str(bureau): 6, f"{bureau},别的局": 1}


def test_a_line_opens_its_cases(filled: Filled) -> None:
    let_time_pass(filled)
    known = counted.catalogue()
    by = dimension(known, "small", "answer")
    with filled.session() as s:
        for key, wanted in (("grant", ["granted", "next_year"]), ("", ["deemed", "stayed", "taken_back"])):
            figure = breakdown.figure_among(s, known, counted.applied, YEAR, by, key, EVERYBODY)
            assert (figure.value, figure.among) == (len(wanted), ("answer", key))
            assert breakdown.ids_behind(s, known, figure) == sorted(filled.cases[name] for name in wanted)
        assert breakdown.figure_among(s, known, counted.applied, YEAR, by, "nonsense", EVERYBODY).value == 0


def test_what_figures_may_be_broken_down_by(filled: Filled) -> None:
    assert [one.name for one in dimensions(counted.catalogue(), "small")] == ["outcome", "answer", "respondent"]
    names = {one.name: one.label for one in dimensions(registry(), "reconsideration")}
    assert {"category", "outcome", "respondent"} <= set(names)
    assert "applicant" not in names, "persons are no heading of a table"
    with filled.session() as s, pytest.raises(NotFound):
        break_down(s, counted.catalogue(), WANTED, YEAR, dimension(counted.catalogue(), "small", "story"), EVERYBODY)


def test_entries_of_a_register_too() -> None:
    """The same word serves lists: members of a committee by kind."""
    names = [one.name for one in dimensions(registry(), "committee_member")]
    assert names == ["member_kind"]
