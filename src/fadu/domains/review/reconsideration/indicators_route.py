"""What is counted about 繁简分流: simple procedure, its change, and the marks 涉企 and 民生."""

from __future__ import annotations

from fadu.domains.review.reconsideration import indicators as base
from fadu.domains.review.reconsideration import route_2023 as route
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Indicator, Not, Rate

simple = base.concluded_part(
    "simple",
    "适用简易程序审结数",
    "适用简易程序审结（没有转为普通程序）的案件数",
    Did((route.use_simple,)),
    Not(Did((route.convert,))),
)
simple_rate = Rate(
    name="recon_simple_rate",
    label="简易程序适用率",
    numerator=simple,
    denominator=base.concluded,
    definition="分子为本期适用简易程序审结的案件数，分母为本期审结的案件数，均按审结之日计入。",
)
converted = Count(
    name="recon_converted",
    label="简易程序转为普通程序数",
    system=base.SYSTEM,
    day=DayOf((route.convert,)),
    definition="本期内由简易程序转为普通程序的案件数，按批准之日计入。",
)
enterprise = base.concluded_part(
    "enterprise", "审结涉企案件数", "审结并且标记为涉企的案件数", FactIs("enterprise", ("true",))
)
livelihood = base.concluded_part(
    "livelihood", "审结民生案件数", "审结并且标记为民生的案件数", FactIs("livelihood", ("true",))
)

ALL: tuple[Indicator, ...] = (simple, simple_rate, converted, enterprise, livelihood)
