"""Indicators of the small procedure of the kernel's tests: one of every word."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from fadu.rules.indicators import (
    At,
    Before,
    Closed,
    Count,
    DayOf,
    Did,
    FactIs,
    Indicator,
    Kept,
    Median,
    Missed,
    Not,
    Opened,
    Outcome,
    Pending,
    Ran,
    Rate,
    Sum,
    Total,
    Unit,
)
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.kernel import small

DECIDED = DayOf((small.decide,))

applied = Count(name="applied", label="收到申请数", system="small", day=Opened(), definition="按收到之日计入。")
accepted = Count(
    name="accepted", label="受理数", system="small", day=DayOf((small.accept, small.deemed)), definition="含视为受理。"
)
deemed = replace(accepted, name="deemed", label="视为受理数", where=(Did((small.deemed,)),))
decided = Count(name="decided", label="决定数", system="small", day=DECIDED, definition="按决定之日计入。")
granted = replace(decided, name="granted", label="支持数", where=(Outcome(("grant", "part")),))
refused = replace(decided, name="refused", label="未支持数", where=(Not(Outcome(("grant", "part"))),))
answered = replace(decided, name="answered", label="答复为支持的", where=(FactIs("answer", ("grant",)),))
thick = replace(applied, name="thick", label="九页的", where=(FactIs("pages", ("9",)),))
known = replace(applied, name="known", label="二月二十日知道的", where=(FactIs("known_on", ("2024-02-20",)),))
in_time = replace(decided, name="in_time", label="按期决定数", where=(Kept(small.trial),))
not_in_time = replace(
    decided, name="not_in_time", label="未按期决定数", where=(Ran(small.trial), Not(Kept(small.trial)))
)
missed = replace(decided, name="missed", label="逾期决定数", where=(Missed(small.trial),))
closed = Count(name="closed", label="归档数", system="small", day=Closed(), definition="按归档之日计入。")
worth = Sum(
    name="worth", label="决定案件标的", system="small", day=DECIDED, fact="worth", definition="决定案件的标的合计。"
)
pages = Sum(
    name="pages", label="申请页数", system="small", day=Opened(), fact="pages", unit=Unit.PAPERS,
    where=(Not(Outcome(("part",))),), definition="申请的页数合计。",
)  # fmt: skip
copies = replace(applied, name="copies", label="副本份数", of=small.copy, unit=Unit.PAPERS)
applicants = replace(applied, name="applicants", label="申请人数", of=small.APPLICANT, unit=Unit.PERSONS)
wishes = replace(applied, name="wishes", label="请求项数", of=small.SMALL.items, unit=Unit.ENTRIES)
grant_rate = Rate(
    name="grant_rate", label="支持率", numerator=granted, denominator=decided, definition="支持数占决定数。"
)
closed_rate = Rate(
    name="closed_rate",
    label="归档支持率",
    numerator=replace(closed, name="closed_granted", where=(Outcome(("grant",)),)),
    denominator=closed,
    definition="支持数占归档数。",
)
carried_over = Pending(
    name="carried_over",
    label="上年结转",
    system="small",
    day=Opened(),
    until=DECIDED,
    at=At.BEGIN,
    definition="期初没有决定的。",
)
pending = replace(carried_over, name="pending", label="未结", at=At.END, definition="期末没有决定的。")
pending_accepted = replace(
    pending, name="pending_accepted", label="已受理未结", day=accepted.day, where=(Did((small.accept,)),)
)
handled = Total(name="handled", label="办理数", parts=(carried_over, applied), definition="结转加新收。")
decided_old = replace(decided, name="decided_old", label="旧存决定数", where=(Before(Opened()),))
clearance = Rate(
    name="clearance", label="结收案比", numerator=decided, denominator=applied, own_days=True, definition="决定÷新收。"
)
duration = Median(
    name="duration",
    label="办理天数中位数",
    system="small",
    day=DECIDED,
    since=Opened(),
    until=DECIDED,
    definition="自收到至决定的自然日。",
)
duration_granted = replace(duration, name="duration_granted", label="支持案件天数", where=(Outcome(("grant", "part")),))

ALL: tuple[Indicator, ...] = (
    *(
        applied,
        accepted,
        deemed,
        decided,
        granted,
        refused,
        answered,
        thick,
        known,
        in_time,
        not_in_time,
        missed,
        closed,
    ),
    *(worth, pages, copies, applicants, wishes, grant_rate, closed_rate, duration, duration_granted),
    *(carried_over, pending, pending_accepted, handled, decided_old, clearance),
)


@cache
def catalogue() -> Registry:
    """The small room with its indicators."""
    return Registry([replace(small.ROOM, indicators=ALL)], load_library())
