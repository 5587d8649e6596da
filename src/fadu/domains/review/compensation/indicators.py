"""What is counted about applications for compensation."""

from __future__ import annotations

from fadu.domains.review.compensation import steps
from fadu.domains.review.compensation.clocks import DECIDE, decision
from fadu.rules.indicators import Condition, Count, DayOf, Did, Indicator, Kept, Opened, Rate, Sum

DECIDED = DayOf(DECIDE)


def _count(name: str, label: str, day: DayOf | Opened, definition: str, *where: Condition) -> Count:
    return Count(
        name=f"compensation_{name}", label=label, system="compensation", day=day, where=where, definition=definition
    )


received = _count(
    "received",
    "收到行政赔偿申请数",
    Opened(),
    "本期内收到的行政赔偿申请件数，按收到申请之日计入；在复议、诉讼中一并提出的不计入。",
)
decided = _count(
    "decided",
    "作出行政赔偿决定数",
    DECIDED,
    "本期内作出赔偿决定和不予赔偿决定的件数，按作出决定之日计入。",
)
granted = _count(
    "granted",
    "决定赔偿案件数",
    DECIDED,
    "本期内决定赔偿（包括部分赔偿）的件数，按作出决定之日计入。",
    Did((steps.decide,)),
)
in_time = _count(
    "decided_in_time",
    "按期作出行政赔偿决定数",
    DECIDED,
    "本期内作出是否赔偿的决定且没有超过法定期限的件数，按作出决定之日计入。",
    Kept(decision),
)
in_time_rate = Rate(
    name="compensation_in_time_rate",
    label="行政赔偿按期决定率",
    numerator=in_time,
    denominator=decided,
    definition="分子为本期按期作出决定的件数，分母为本期作出决定的件数，均按作出决定之日计入；期满未决定的不在其内。",
)
amount = Sum(
    name="compensation_granted_amount",
    label="决定行政赔偿金额",
    system="compensation",
    day=DECIDED,
    fact="granted_amount",
    where=(Did((steps.decide,)),),
    definition="本期内决定赔偿的案件的赔偿金额之和，按作出决定之日计入，无论是否已经支付。",
)

ALL: tuple[Indicator, ...] = (received, decided, granted, in_time, in_time_rate, amount)
