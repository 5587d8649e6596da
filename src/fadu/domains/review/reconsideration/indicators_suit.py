"""What is counted of reconsideration decisions that a court struck down, and of what is done anew."""

from __future__ import annotations

from fadu.domains.review.reconsideration import steps_suit as suit
from fadu.rules.indicators import Count, DayOf

redo = Count(
    name="recon_redo",
    label="责令重作立案数",
    system="reconsideration",
    day=DayOf((suit.enter_redo,)),
    definition="本期内因生效裁判撤销复议决定并责令重作而立的案件数，按裁判的影响登记之日计入，不计入收到的申请。",
)
decision_revoked = Count(
    name="recon_decision_revoked",
    label="被生效裁判撤销的复议决定数",
    system="reconsideration",
    day=DayOf((suit.decision_revoked, suit.redo_ordered)),
    definition="本期内被生效裁判撤销的复议决定所在的案件数，包括同时责令重作的，按裁判的影响登记之日计入；原决定的结果照旧统计。",
)
ALL = (redo, decision_revoked)
