"""What is counted about applications taken in at agency points."""

from __future__ import annotations

from fadu.domains.review import agency_receipt as system
from fadu.rules.indicators import Count, DayOf, Indicator, Kept, Opened, Pending, Rate

FORWARDED = DayOf((system.forward,))

received = Count(
    name="recon_agency_received",
    label="代办点收到行政复议申请数",
    system=system.SYSTEM,
    day=Opened(),
    definition="本期内司法所代办点收到的行政复议申请件数，按代办点收到之日计入，无论以后是否转送。",
)
forwarded = Count(
    name="recon_agency_forwarded",
    label="代办点转送行政复议申请数",
    system=system.SYSTEM,
    day=FORWARDED,
    definition="本期内代办点转送行政复议机构的申请件数，按转送之日计入。",
)
forwarded_in_time = Count(
    name="recon_agency_forwarded_in_time",
    label="代办点按期转送数",
    system=system.SYSTEM,
    day=FORWARDED,
    where=(Kept(system.term),),
    definition="本期内代办点转送并且没有超过转送期限的申请件数，按转送之日计入。",
)
in_time_rate = Rate(
    name="recon_agency_in_time_rate",
    label="代办点按期转送率",
    numerator=forwarded_in_time,
    denominator=forwarded,
    definition="分子为本期按期转送的申请件数，分母为本期转送的申请件数，均按转送之日计入。",
)
tracked = Pending(
    name="recon_agency_tracked",
    label="代办点跟踪办理中的申请数",
    system=system.SYSTEM,
    day=FORWARDED,
    until=DayOf((system.tell_result,)),
    definition="本期最后一日已经转送、还没有告知办理结果的申请件数。",
)

ALL: tuple[Indicator, ...] = (received, forwarded, forwarded_in_time, in_time_rate, tracked)
