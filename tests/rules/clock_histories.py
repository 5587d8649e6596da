"""Random histories of clocks, in plain words and as the product's inputs, for tests and measurements."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from random import Random

from fadu.rules.clocks import Extended, Pause, PauseKind, Running
from fadu.rules.law import Kind, Roll, Rule, Unit
from tests.rules.naive_counter import History

HOUSE_TIME = timezone(timedelta(hours=8))
FIRST, LAST = date(2004, 1, 1), date(2027, 12, 31)
LONGEST = {"day": 120, "workday": 60, "month": 24, "year": 3, "hour": 96}
UNITS = (*("day", "workday") * 4, *("month",) * 3, "year", "hour")


def a_rule(
    amount: int | None = 60,
    unit: str | None = "day",
    *,
    rolls: bool = True,
    kind: Kind = Kind.MAX,
    amount_min: int | None = None,
    month_day: str | None = None,
) -> Rule:
    """A rule of an invented statute; only its length, unit, kind and rolling matter here."""
    return Rule(
        statute="试验法",
        version="2023",
        period="试验期限",
        kind=kind,
        amount=amount,
        amount_min=amount_min,
        unit=None if unit is None else Unit(unit),
        month_day=month_day,
        article="第一条",
        since=None,
        before=None,
        roll=Roll.NEXT if rolls else Roll.NONE,
        verified=True,
        place=None,
        sector=None,
        actor="",
        trigger="",
        act="",
        note="",
        extension=None,
        excluded=None,
    )


def as_running(history: History) -> Running:
    """The same clock as the product's inputs."""
    return Running(
        rule=a_rule(history.amount, history.unit, rolls=history.rolls),
        start=history.start,
        started_by="《受理通知书》送达申请人",
        pauses=tuple(Pause(b, e, PauseKind(kind), f"试验{kind}", "第二条") for b, e, kind in history.pauses),
        extensions=tuple(Extended(n, Unit(unit), on, "第三条", "情况复杂") for n, unit, on in history.extensions),
        start_time=history.at,
        against_authority=history.authority,
    )


def random_history(random: Random) -> History:
    """A clock with a liking for edges: pauses at the start, at the end, touching, open, overlapping."""
    unit = random.choice(UNITS)
    start = FIRST + timedelta(days=random.randrange((LAST - FIRST).days - 400))
    amount = random.choice((0, 1, 2, 3, 5, 7, 10, 15, 30, 60, random.randint(0, LONGEST[unit])))
    amount = min(amount, LONGEST[unit])
    reach = 2 + amount * {"day": 1, "workday": 2, "month": 31, "year": 366, "hour": 1}[unit]
    pauses = tuple(_random_pause(random, start, reach) for _ in range(random.choice((0, 0, 1, 1, 2, 3, 5))))
    extensions = tuple(_random_extension(random, unit, start, reach) for _ in range(random.choice((0, 0, 0, 1, 2))))
    minute = timedelta(minutes=random.choice((0, 60 * 9, 24 * 60 - 1, random.randrange(24 * 60))))
    at = datetime(start.year, start.month, start.day, tzinfo=HOUSE_TIME) + minute
    return History(start, amount, unit, pauses, extensions, random.random() < 0.8, random.random() < 0.6, at)


def _random_pause(random: Random, start: date, reach: int) -> tuple[date, date | None, str]:
    offset = random.choice((-3, 0, 1, reach // 2, reach - 3, reach - 2, reach - 1, random.randint(-5, reach + 10)))
    begin = start + timedelta(days=offset)
    length = random.choice((0, 1, 2, 3, 10, 40, None, random.randint(0, 90)))
    if random.random() < 0.7 and length is None:
        length = 5
    kind = random.choice(("stays", "excluded", "excluded", "restarts"))
    return begin, None if length is None else begin + timedelta(days=length), kind


def _random_extension(random: Random, unit: str, start: date, reach: int) -> tuple[int, str, date]:
    other = random.choice((unit, unit, "day", "workday", "month", "hour"))
    amount = random.randint(1, min(LONGEST[other], 40))
    return amount, other, start + timedelta(days=random.randint(0, reach + 20))
