"""The product's clocks against the naive counter, over histories chosen by seed and by Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fadu.rules.clocks import latest_before, reckon, wait_over
from fadu.rules.working_days import Calendar, load_calendar
from tests.rules.clock_histories import a_rule, as_running, random_history
from tests.rules.naive_counter import ALMANAC, History, answer, left_after

DAYS = st.dates(date(2004, 1, 5), date(2027, 6, 30))
SPANS = st.integers(0, 45)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar()


def differences(history: History, calendar: Calendar, days: tuple[date, ...] = ()) -> list[str]:
    """Where the two counters differ: strict day, generous day, due day, minute, end of lapse, pause, days left."""
    expected, running = answer(history, ALMANAC), as_running(history)
    got = reckon(running, calendar)
    pairs = {
        "strict day": (got.last_day, expected.last),
        "generous day": (got.rolled, expected.rolled),
        "minute": (got.due_at, expected.minute),
        "due day": (got.due, expected.due(history)),
        "lapses after": (got.lapses_after, expected.rolled),
        "runs": (got.paused_since is None, expected.rolled is not None),
    }
    pairs |= {f"left on {day}": (got.remaining_at(day, calendar), left_after(history, day, ALMANAC)) for day in days}
    return [f"{what}: {ours} and {naive} in {history}" for what, (ours, naive) in pairs.items() if ours != naive]


def test_random_histories(calendar: Calendar) -> None:
    random = Random("clocks")
    for _ in range(3000):
        history = random_history(random)
        day = history.start + timedelta(days=random.randint(-2, 100))
        assert differences(history, calendar, (day,)) == []


@st.composite
def histories(draw: st.DrawFn) -> History:
    start = draw(DAYS)
    unit = draw(st.sampled_from(("day", "workday", "month")))
    pauses = draw(
        st.lists(
            st.tuples(st.integers(-5, 60), st.none() | SPANS, st.sampled_from(("stays", "excluded", "restarts"))),
            max_size=4,
        )
    )
    extensions = draw(
        st.lists(
            st.tuples(st.integers(1, 20), st.sampled_from((unit, "day", "workday")), st.integers(0, 60)),
            max_size=2,
        )
    )
    return History(
        start,
        draw(st.integers(0, 3 if unit == "month" else 40)),
        unit,
        tuple((start + timedelta(b), None if n is None else start + timedelta(b + n), k) for b, n, k in pauses),
        tuple((amount, other, start + timedelta(on)) for amount, other, on in extensions),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@settings(max_examples=400, deadline=None)
@given(histories(), st.integers(-3, 120))
def test_any_history(history: History, later: int) -> None:
    assert differences(history, load_calendar(), (history.start + timedelta(later),)) == []


@given(DAYS, st.integers(1, 60), st.sampled_from(("day", "workday", "month")), st.booleans())
def test_the_order_of_pauses_does_not_matter(day: date, amount: int, unit: str, rolls: bool) -> None:
    calendar = load_calendar()
    pauses = tuple((day + timedelta(n), day + timedelta(n + 9), "stays") for n in (1, 4, 30))
    there = reckon(as_running(History(day, amount, unit, pauses, rolls=rolls)), calendar)
    back = reckon(as_running(History(day, amount, unit, pauses[::-1], rolls=rolls)), calendar)
    assert there == back


@given(DAYS, st.integers(0, 60), st.sampled_from(("day", "workday", "month")))
def test_a_longer_period_never_ends_earlier(day: date, amount: int, unit: str) -> None:
    calendar = load_calendar()
    one, two = (reckon(as_running(History(day, n, unit)), calendar).due for n in (amount, amount + 1))
    assert one is not None
    assert two is not None
    assert one < two or (unit == "month" and one <= two)


@given(DAYS, st.integers(1, 90), st.booleans())
def test_a_wait_is_over_on_the_day_after_the_generous_day(day: date, amount: int, rolls: bool) -> None:
    history = History(day, amount, "day", rolls=rolls)
    rolled = answer(history, ALMANAC).rolled
    assert rolled is not None
    assert wait_over(a_rule(amount, "day", rolls=rolls), day, load_calendar()) == rolled + timedelta(days=1)


@given(DAYS, st.integers(1, 30))
def test_a_lead_in_working_days_counts_back_one_by_one(event: date, amount: int) -> None:
    day, counted = event, 0
    while counted < amount:
        day -= timedelta(days=1)
        counted += ALMANAC.worked(day)
    assert latest_before(a_rule(amount, "workday"), event, load_calendar()) == day


def test_a_notice_moves_a_clock_only_with_its_digest_and_only_if_it_was_provisional() -> None:
    """Over random histories: which clocks a notice touches can be told by comparing digests."""
    random, calendar, moved = Random(20270101), load_calendar(), 0
    known = [Calendar(calendar.notice(year) for year in calendar.years if year <= last) for last in (2022, 2023, 2024)]
    for _ in range(3000):
        running = as_running(random_history(random))
        results = [reckon(running, edition) for edition in known]
        for earlier, later in pairwise(results):
            if (earlier.due, earlier.lapses_after, earlier.due_at) != (later.due, later.lapses_after, later.due_at):
                moved += 1
                assert earlier.digest != later.digest, running
                assert earlier.provisional, running
    assert moved > 20
