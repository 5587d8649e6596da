"""What is open at the ends of a period, what was handled in it, and how what was closed compares with what came in."""

from __future__ import annotations

from fadu.domains.review.reconsideration import indicators as base
from fadu.domains.review.reconsideration import indicators_intake, indicators_suit
from fadu.domains.review.reconsideration import steps_intake as intake
from fadu.domains.review.reconsideration import steps_suit as suit
from fadu.domains.review.reconsideration import superior_2023 as superior
from fadu.rules.indicators import At, Before, DayOf, Indicator, Opened, Pending, Rate, Total

LEFT = DayOf(
    (*base.CONCLUDE, superior.take_over, intake.refuse, intake.waive, intake.withdraw_early, intake.handle_otherwise)
)
"""However an application is disposed of."""
IN_TRIAL = DayOf((*base.ACCEPT, suit.enter_redo))
CONCLUDED = DayOf((*base.CONCLUDE, superior.take_over))
CLOSED = DayOf((*base.CONCLUDE, intake.refuse))

carried_over = Pending(
    name="recon_carried_over",
    label="上年结转行政复议案件数",
    system=base.SYSTEM,
    day=Opened(),
    until=LEFT,
    at=At.BEGIN,
    definition="本期第一日之前收到、到本期开始时还没有办结的行政复议案件数，包括还没有受理的。",
)
pending = Pending(
    name="recon_pending",
    label="未结行政复议案件数",
    system=base.SYSTEM,
    day=Opened(),
    until=LEFT,
    definition="本期最后一日已经收到、还没有办结的行政复议案件数，包括还没有受理的和中止的。",
)
trial_carried_over = Pending(
    name="recon_trial_carried_over",
    label="上年结转的审理中案件数",
    system=base.SYSTEM,
    day=IN_TRIAL,
    until=CONCLUDED,
    at=At.BEGIN,
    definition="本期第一日之前受理、到本期开始时还没有审结的案件数，包括中止的。",
)
trial_pending = Pending(
    name="recon_trial_pending",
    label="未审结案件数",
    system=base.SYSTEM,
    day=IN_TRIAL,
    until=CONCLUDED,
    definition="本期最后一日已经受理、还没有审结的案件数，包括中止的。",
)
handled = Total(
    name="recon_handled",
    label="办理行政复议案件数",
    parts=(carried_over, indicators_intake.received, indicators_suit.redo),
    definition="本期开始时还没有办结的、本期内收到的和本期内因责令重作而立的行政复议案件数之和，不包括案前调解。",
)
disposed = base.count(
    "disposed",
    "办结行政复议案件数",
    LEFT,
    "本期内以各种方式办结的案件数，包括审结、不予受理、以其他方式处理、视为放弃、受理前撤回和由上级审理的，按办结之日计入。",
)
withdrawn_early = base.count(
    "withdrawn_early",
    "受理前撤回数",
    DayOf((intake.withdraw_early,)),
    "本期内在受理以前由申请人撤回的申请件数，按撤回之日计入。",
)
dismissed = Total(
    name="recon_dismissed",
    label="驳回数",
    parts=(*(one for one in base.by_outcome if one.name == "recon_dismiss"), base.rejected),
    definition="本期内决定驳回复议请求（按最重的一项结果归类）和受理后决定驳回申请的案件数之和，按审结之日计入。",
)
closed = base.count(
    "closed",
    "新收及旧存结案数",
    CLOSED,
    "本期内审结（作出决定、调解、终止、驳回申请）和决定不予受理的案件数，包括本期以前收到的，按审结或者决定之日计入。",
)
closed_old = base.count(
    "closed_old",
    "旧存结案数",
    CLOSED,
    "本期内审结和决定不予受理的案件中，本期以前收到的件数，按审结或者决定之日计入。",
    Before(Opened()),
)
concluded_old = base.concluded_part(
    "concluded_old", "审结旧存案件数", "审结并且在本期以前收到的案件数", Before(Opened())
)
clearance_accepted = Rate(
    name="recon_clearance_accepted",
    label="结收案比（审结与受理）",
    numerator=base.concluded,
    denominator=indicators_intake.accepted,
    own_days=True,
    definition="分子为本期审结的案件数，按审结之日计入，分母为本期受理的案件数，按受理之日计入；审结旧存多的，超过百分之百。",
)
clearance_received = Rate(
    name="recon_clearance_received",
    label="结收案比（办结与收到）",
    numerator=disposed,
    denominator=indicators_intake.received,
    own_days=True,
    definition="分子为本期办结的案件数，按办结之日计入，分母为本期收到的申请件数，按收到之日计入；办结旧存多的，超过百分之百。",
)

ALL: tuple[Indicator, ...] = (
    *(carried_over, pending, trial_carried_over, trial_pending, handled, disposed, closed, closed_old, concluded_old),
    *(withdrawn_early, dismissed),
    *(clearance_accepted, clearance_received),
)
