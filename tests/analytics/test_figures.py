"""Figures over real cases made through acts, against a naive count in Python and against another engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from fadu.analytics import recorded
from fadu.analytics.figures import Figure, add_up, cases, compute, compute_by
from fadu.analytics.measures import Scope, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import table_of
from fadu.analytics.whose import Whose
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, models, store
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import Refusal
from fadu.rules.indicators import At, Count, Median, Pending, Sum, Total
from fadu.rules.registry import Registry, Room
from tests.analytics import counted
from tests.analytics.conftest import Filled, let_time_pass

YEAR = (date(2024, 1, 1), date(2025, 1, 1))
PERIODS = [
    YEAR,
    (date(2025, 1, 1), date(2026, 1, 1)),
    (date(2024, 4, 10), date(2024, 4, 11)),
    (date(2024, 4, 11), date(2024, 11, 20)),
    (date(2023, 1, 1), date(2024, 1, 1)),
]

# ---------------------------------------------------------------- a second, deliberately naive count


def first(case: CaseFile, *steps: str) -> str | None:
    return min((entry["day"] for step in steps for entry in case.done.get(step, [])), default=None)


def decided_late(case: int) -> bool:
    """Whether the period of trial was answered after its last day, read from the projected dates."""
    clock = models.Clock.objects.get(case_id=case, name="trial")
    return clock.stopped is None or clock.lapsed is not None or clock.stopped > clock.lapses_after


def granted(case: CaseFile) -> bool:
    return case.outcome in ("grant", "part")


NAIVE: dict[str, tuple[Callable[[CaseFile], str | None], Callable[[CaseFile], bool]]] = {
    "applied": (lambda c: c.opened, lambda c: True),
    "accepted": (lambda c: first(c, "accept", "deemed"), lambda c: True),
    "deemed": (lambda c: first(c, "accept", "deemed"), lambda c: "deemed" in c.done),
    "decided": (lambda c: first(c, "decide"), lambda c: True),
    "granted": (lambda c: first(c, "decide"), granted),
    "refused": (lambda c: first(c, "decide"), lambda c: not granted(c)),
    "answered": (lambda c: first(c, "decide"), lambda c: c.facts.get("answer") == "grant"),
    "thick": (lambda c: c.opened, lambda c: c.facts.get("pages") == 9),
    "known": (lambda c: c.opened, lambda c: c.facts.get("known_on") == "2024-02-20"),
    "in_time": (lambda c: first(c, "decide"), lambda c: not decided_late(c.id)),
    "not_in_time": (lambda c: first(c, "decide"), lambda c: decided_late(c.id)),
    "missed": (lambda c: first(c, "decide"), lambda c: decided_late(c.id)),
    "closed": (lambda c: c.closed, lambda c: True),
    "worth": (lambda c: first(c, "decide"), lambda c: "worth" in c.facts),
    "pages": (lambda c: c.opened, lambda c: "pages" in c.facts and c.outcome != "part"),
    "closed_granted": (lambda c: c.closed, lambda c: c.outcome == "grant"),
    "decided_old": (lambda c: first(c, "decide"), lambda c: True),
    "copies": (lambda c: c.opened, lambda c: bool(c.of("paper", name="copy"))),
    "applicants": (lambda c: c.opened, lambda c: bool(c.of("party", role="applicant"))),
    "wishes": (lambda c: c.opened, lambda c: bool(c.table("item"))),
}
WEIGHTS: dict[str, Callable[[CaseFile], int]] = {
    "copies": lambda c: len(c.of("paper", name="copy")),
    "applicants": lambda c: len(c.of("party", role="applicant")),
    "wishes": lambda c: len(c.table("item")),
}
"""What a case adds to a figure that counts something in it."""


STOCKS: dict[str, tuple[Callable[[CaseFile], str | None], Callable[[CaseFile], bool]]] = {
    "carried_over": (lambda c: c.opened, lambda c: True),
    "pending": (lambda c: c.opened, lambda c: True),
    "pending_accepted": (lambda c: first(c, "accept", "deemed"), lambda c: "accept" in c.done),
}


def naive_stock(filled: Filled, stock: Pending, since: date, before: date) -> list[int]:
    day, holds = STOCKS[stock.name]
    edge = (since if stock.at is At.BEGIN else before).isoformat()
    return sorted(
        case.id
        for case in all_cases(filled)
        if (began := day(case)) and began < edge and (first(case, "decide") or edge) >= edge and holds(case)
    )


def naive_cases(filled: Filled, name: str, since: date, before: date) -> list[int]:
    day, holds = NAIVE[name]
    if name == "decided_old":
        return [
            case.id
            for case in all_cases(filled)
            if case.opened < since.isoformat() and since.isoformat() <= (day(case) or "") < before.isoformat()
        ]
    return sorted(
        case.id
        for case in all_cases(filled)
        if (when := day(case)) and since.isoformat() <= when < before.isoformat() and holds(case)
    )


def all_cases(filled: Filled) -> list[CaseFile]:
    loaded = [store.load(case, None, None) for case in filled.cases.values()]
    return [found.case for found in loaded if found]


def naive_median(filled: Filled, since: date, before: date, only: Callable[[CaseFile], bool]) -> int | None:
    took = sorted(
        (date.fromisoformat(decided) - date.fromisoformat(case.opened)).days
        for case in all_cases(filled)
        if (decided := first(case, "decide")) and since.isoformat() <= decided < before.isoformat() and only(case)
    )
    if not took:
        return None
    middle = len(took) // 2
    return took[middle] if len(took) % 2 else (took[middle - 1] + took[middle]) // 2


def figures(filled: Filled, since: date, before: date, **more: Any) -> dict[str, Figure]:
    with filled.session() as s:
        return compute(s, counted.catalogue(), counted.ALL, since, before, **more)


# ---------------------------------------------------------------- equal


@pytest.mark.parametrize(("since", "before"), PERIODS)
def test_every_figure_equals_the_naive_count(filled: Filled, since: date, before: date) -> None:
    let_time_pass(filled)
    found = figures(filled, since, before)
    with filled.session():
        for indicator in counted.ALL:
            figure = found[indicator.name]
            if isinstance(indicator, Count):
                held = {case.id: WEIGHTS.get(indicator.name, lambda c: 1)(case) for case in all_cases(filled)}
                wanted = naive_cases(filled, indicator.name, since, before)
                assert figure.value == sum(held[case] for case in wanted), indicator.name
            elif isinstance(indicator, Sum):
                counted_ = naive_cases(filled, indicator.name, since, before)
                facts = {case.id: case.facts for case in all_cases(filled)}
                assert figure.value == sum(facts[case][indicator.fact] for case in counted_)
            elif isinstance(indicator, Pending):
                assert figure.value == len(naive_stock(filled, indicator, since, before)), indicator.name
            elif isinstance(indicator, Total):
                assert figure.value == sum(found[part.name].value or 0 for part in indicator.parts)
            elif isinstance(indicator, Median):
                only = granted if indicator.where else lambda case: True
                assert figure.value == naive_median(filled, since, before, only)
            else:
                parts = (indicator.numerator.name, indicator.denominator.name)
                both = [len(naive_cases(filled, name, since, before)) for name in parts]
                assert [figure.numerator, figure.denominator] == both


def test_the_year_has_what_the_fixture_says(filled: Filled) -> None:
    """The naive count might err in the same way: the numbers of one year by hand."""
    let_time_pass(filled)
    found = {name: str(figure) for name, figure in figures(filled, *YEAR).items()}
    assert found == {
        "applied": "7件",
        "accepted": "7件",
        "deemed": "2件",
        "decided": "3件",
        "granted": "2件",
        "refused": "1件",
        "answered": "1件",
        "thick": "1件",
        "known": "1件",
        "in_time": "2件",
        "not_in_time": "1件",
        "missed": "1件",
        "closed": "0件",
        "worth": "350.50元",
        "pages": "12份",
        "copies": "7份",
        "applicants": "7人",
        "wishes": "7项",
        "grant_rate": "66.67%",
        "closed_rate": "—",
        "duration": "42天",
        "duration_granted": "120天",
        "carried_over": "0件",
        "pending": "4件",
        "pending_accepted": "2件",
        "handled": "7件",
        "decided_old": "0件",
        "clearance": "42.86%",
    }


def test_duckdb_gives_equal_integers(filled: Filled) -> None:
    """The same expression over the view's rows on the other engine: every partial sum and every case."""
    let_time_pass(filled)
    registry = counted.catalogue()
    table = table_of(registry, "small")
    measures = measures_of(counted.ALL)
    with filled.session() as s:
        _, held = access.execute_figures(s, f"SELECT * FROM {table.view}")
        assert len(held) == len(filled.cases)
        for since, before in PERIODS:
            scope = Scope(since, before, frozenset([filled.house.organs["bureau"]]), "body_id")
            _, here = access.execute_figures(s, statement(table, measures, scope))
            there = recorded.run(table, held, statement(table, measures, scope, "duckdb"))
            assert normal(here) == normal(there)
            for one, other in zip(add_up(measures, here), add_up(measures, there), strict=True):
                assert (one.count, one.took, sorted(one.cases)) == (other.count, other.took, sorted(other.cases))


def normal(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    """Rows in an order of their own, lists of cases sorted."""
    plain = [[sorted(value) if isinstance(value, list) else value for value in row] for row in rows]
    return sorted(plain, key=repr)


def test_without_members_the_sums_are_the_same(filled: Filled) -> None:
    table = table_of(counted.catalogue(), "small")
    measures = measures_of(counted.ALL)
    with filled.session() as s:
        lean = access.execute_figures(s, statement(table, measures, Scope(*YEAR), members=False))[1]
        full = access.execute_figures(s, statement(table, measures, Scope(*YEAR)))[1]
    assert len(lean[0]) == 4 + len(measures)
    for one, other in zip(add_up(measures, lean), add_up(measures, full), strict=True):
        assert (one.count, one.took) == (other.count, other.took)
        assert one.cases == []


# ---------------------------------------------------------------- what is behind a figure


def test_a_figure_opens_its_cases(filled: Filled) -> None:
    registry = counted.catalogue()
    named = {number: name for name, number in filled.cases.items()}
    with filled.session() as s:
        for indicator, part, wanted in [
            (counted.decided, None, ["granted", "denied", "late"]),
            (counted.not_in_time, None, ["late"]),
            (counted.missed, None, ["late"]),
            (counted.grant_rate, "numerator", ["granted", "late"]),
            (counted.grant_rate, "denominator", ["granted", "denied", "late"]),
            (counted.grant_rate, None, ["granted", "denied", "late"]),
            (counted.duration_granted, None, ["granted", "late"]),
        ]:
            found = cases(s, registry, indicator, *YEAR, part=part)
            assert [named[number] for number in found] == wanted


def test_papers_persons_and_items_are_not_cases(filled: Filled) -> None:
    """One case with two applicants and three wishes adds two and three, on both engines and folded anew."""
    kinds = [counted.applied, counted.applicants, counted.wishes, counted.copies]
    registry, house = counted.catalogue(), filled.at("2024-12-20")
    with filled.session() as s:
        before = {name: figure.value for name, figure in compute(s, registry, kinds, *YEAR).items()}
    people = [{"role": "applicant", "name": name, "kind": "person"} for name in ("甲", "乙")]
    body = {"role": "respondent", "name": "某局", "kind": "organ", "organ": house.organs["respondent"]}
    case = house.open(parties=[*people, body], items=[{"wish": wish} for wish in "一二三"]).case
    table, measures = table_of(registry, "small"), measures_of(kinds)
    with filled.session() as s:
        after = {name: figure.value for name, figure in compute(s, registry, kinds, *YEAR).items()}
        assert case in cases(s, registry, counted.wishes, *YEAR)
        assert case not in cases(s, registry, counted.copies, *YEAR)
        _, held = access.execute_figures(s, f"SELECT * FROM {table.view}")
        scope = Scope(*YEAR, frozenset([house.organs["bureau"]]), "body_id")
        there = add_up(measures, recorded.run(table, held, statement(table, measures, scope, "duckdb")))
        loaded = store.load(case, None, None)
        assert loaded is not None
        folded = dict(zip((c.name for c in table.columns), recorded.row_of(loaded.case, table, s.env), strict=True))
    more = {name: (after[name] or 0) - (before[name] or 0) for name in after}
    assert more == {"applied": 1, "applicants": 2, "wishes": 3, "copies": 0}
    assert [one.count for one in there] == [after[kind.name] for kind in kinds]
    assert (folded["applicant_parties"], folded["wish_items"], folded["copy_papers"]) == (2, 3, 0)


def test_a_reversed_act_counts_nowhere(filled: Filled) -> None:
    by_act = replace(counted.accepted, name="by_act", day=counted.DayOf((counted.small.accept,)))
    with filled.session() as s:
        found = cases(s, counted.catalogue(), by_act, *YEAR)
    assert filled.cases["stayed"] in found
    assert filled.cases["taken_back"] not in found


def test_the_digest_tells_which_cases_were_counted(filled: Filled) -> None:
    before = figures(filled, *YEAR)
    assert before["decided"].cases == before["duration"].cases
    assert before["granted"].cases == before["duration_granted"].cases != before["decided"].cases
    with filled.house.session(None) as s:
        acts.run_lapses(s, filled.cases["denied"])
    for step in ("lapse:publishing", "stamp_paper", "decide"):  # what rests on the decision is taken back first
        reversal = {"position": event_of(filled, "denied", step), "reason": "有误", "article": "第三条"}
        filled.house.do("head", filled.cases["denied"], "reverse", reversal)
    after = figures(filled, *YEAR)
    changed = {name for name in before if before[name].cases != after[name].cases}
    moved = {"decided", "refused", "in_time", "worth", "grant_rate", "duration"}
    assert changed == moved | {"pending", "pending_accepted", "clearance"}
    assert after["decided"].value == 2


def event_of(filled: Filled, name: str, step: str) -> int:
    with filled.session():
        stream = models.Case.objects.get(pk=filled.cases[name]).stream_id
        return models.Event.objects.get(stream_id=stream, step=step).position


def test_months_and_bodies_add_up_to_the_whole(filled: Filled) -> None:
    registry = counted.catalogue()
    counts = [indicator for indicator in counted.ALL if isinstance(indicator, Count)]
    with filled.session() as s:
        whole = compute(s, registry, counts, *YEAR)
        months = compute_by(s, registry, counts, *YEAR, by="month")
        bodies = compute_by(s, registry, counts, *YEAR, by="body")
    assert list(months) == [202403, 202404, 202405, 202406, 202407, 202408, 202411]
    assert months[202411]["decided"].value == 1
    assert list(bodies) == [filled.house.organs["bureau"]]
    for name, figure in whole.items():
        assert figure.value == sum(month[name].value or 0 for month in months.values()), name


# ---------------------------------------------------------------- whose figures


@pytest.mark.parametrize(("who", "number"), [("officer", 3), ("mayor", 3), ("clerk", 0), ("stranger", 0), (None, 3)])
def test_only_cases_seen_from_inside_are_counted(filled: Filled, who: str | None, number: int) -> None:
    """The respondent's clerk sees his cases as a party; what is internal must not show in a count either."""
    with filled.session(who) as s:
        assert compute(s, counted.catalogue(), [counted.decided], *YEAR)["decided"].value == number
        assert len(cases(s, counted.catalogue(), counted.decided, *YEAR)) == number


@pytest.mark.parametrize(("organ", "number"), [("government", 3), ("bureau", 3), ("other", 0)])
def test_an_organ_is_the_one_named_or_the_one_that_handles(filled: Filled, organ: str, number: int) -> None:
    found = figures(filled, *YEAR, whose=Whose(filled.house.organs[organ]))
    assert found["decided"].value == number
    assert found["decided"].whose.organ == filled.house.organs[organ]


def test_a_view_of_other_declarations_is_refused(filled: Filled) -> None:
    clocks = tuple(clock for clock in counted.small.SMALL.clocks if clock.name != "sue")
    without = replace(counted.small.SMALL, clocks=clocks)
    room: Room = replace(counted.small.ROOM, procedures=(without, counted.small.FOLLOW))
    registry = Registry([room], counted.load_library())
    with filled.session() as s, pytest.raises(Refusal, match="不一致") as refused:
        compute(s, registry, [counted.decided], *YEAR)
    assert "fadu sync" in (refused.value.todo or "")


# ---------------------------------------------------------------- the second axis of time


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=SHANGHAI)


def test_figures_as_they_were_recorded(filled: Filled) -> None:
    let_time_pass(filled)
    for day, wanted in [
        ("2024-03-01", {"applied": 0, "accepted": 0, "decided": 0}),
        ("2024-03-02", {"applied": 1, "accepted": 0, "decided": 0}),
        ("2024-04-10", {"applied": 2, "accepted": 2, "decided": 0}),
        ("2024-08-03", {"applied": 6, "accepted": 4, "decided": 2}),
        ("2024-08-04", {"applied": 6, "accepted": 4, "decided": 2}),
        ("2025-01-01", {"applied": 7, "accepted": 5, "decided": 3}),
    ]:
        found = figures(filled, *YEAR, recorded_before=moment(day))
        assert {name: found[name].value for name in wanted} == wanted, day


def test_recorded_up_to_now_is_what_there_is(filled: Filled) -> None:
    let_time_pass(filled)
    assert figures(filled, *YEAR, recorded_before=moment("2030-01-01")) == figures(filled, *YEAR)


def test_a_late_entry_is_missing_in_the_earlier_count(filled: Filled) -> None:
    """Accepted on 3 August, taken back the same day; entered again half a year later with its true day."""
    case = filled.cases["taken_back"]
    filled.house.do("officer", case, "accept", day=date(2024, 8, 2))
    assert figures(filled, *YEAR)["accepted"].value == 6
    assert figures(filled, *YEAR, recorded_before=moment("2025-02-01"))["accepted"].value == 5


def test_a_folded_row_equals_the_row_of_the_view(filled: Filled) -> None:
    let_time_pass(filled)
    table = table_of(counted.catalogue(), "small")
    with filled.session() as s:
        names, rows = access.execute_figures(s, f"SELECT * FROM {table.view} ORDER BY case_id")
        held = [case for case in access.cases(s).order_by("pk") if case.system == "small"]
        folded = list(recorded.rows(s, table, held, moment("2030-01-01")))
    assert names == [column.name for column in table.columns]
    assert [dict(zip(names, row, strict=True)) for row in rows] == [
        dict(zip(names, row, strict=True)) for row in folded
    ]
