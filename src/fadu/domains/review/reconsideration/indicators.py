"""What is counted about reconsideration, under both texts; where usage differs, each reading has its own name."""

from __future__ import annotations

from fadu.domains.review import opinion_letter
from fadu.domains.review.reconsideration import steps_conclusion as conclusion
from fadu.domains.review.reconsideration import steps_intake as intake
from fadu.domains.review.reconsideration import steps_trial as main
from fadu.domains.review.reconsideration import superior_2023 as superior
from fadu.domains.review.reconsideration.clocks_2023 import trial
from fadu.domains.review.reconsideration.lists_2017 import Outcome as Outcome2017
from fadu.domains.review.reconsideration.lists_2023 import Outcome as Outcome2023
from fadu.rules.indicators import (
    Condition,
    Count,
    DayOf,
    Did,
    FactIs,
    Indicator,
    Kept,
    Median,
    Not,
    Opened,
    Outcome,
    Rate,
    Unit,
)

SYSTEM = "reconsideration"
ACCEPT = (intake.accept, intake.accept_deemed, superior.order_acceptance)
CONCLUDE = (conclusion.decide, conclusion.mediate, conclusion.terminate, conclusion.reject)

REDRESSED = ("void", "revoke", "revoke_part", "change", "order_performance", "agreement", "unlawful")
"""Outcomes that set an act right. 责令赔偿 alone is not among them: it is given beside one of these."""

WITHDRAWN_OR_SETTLED = ("withdrawn", "settled")
OTHER_TERMINATIONS = ("death", "dissolved", "criminal", "long_suspension")
"""Grounds of termination: those by the will of the parties, and the others."""


def count(name: str, label: str, day: DayOf | Opened, definition: str, *where: Condition) -> Count:
    return Count(name=f"recon_{name}", label=label, system=SYSTEM, day=day, where=where, definition=definition)


# ---------------------------------------------------------------- out


def concluded_part(name: str, label: str, definition: str, *where: Condition) -> Count:
    """A part of the concluded cases: all parts go by the same day, so that they add up."""
    return count(name, label, DayOf(CONCLUDE), f"本期内{definition}，按审结之日计入。", *where)


concluded = concluded_part(
    "concluded", "审结行政复议案件数", "作出复议决定、调解结案、终止和驳回申请的案件数（不含不予受理和视为放弃）"
)
concluded_in_time = concluded_part(
    "concluded_in_time",
    "法定期限内审结数",
    "审结且没有超过法定审理期限（含依法延长，扣除中止、鉴定等时间）的案件数",
    Kept(trial),
)
in_time_rate = Rate(
    name="recon_in_time_rate",
    label="法定期限内办结率",
    numerator=concluded_in_time,
    denominator=concluded,
    definition="分子为本期法定期限内审结的案件数，分母为本期审结的案件数，均按审结之日计入；未审结的不在其内。",
)
decided = concluded_part("decided", "作出复议决定数", "作出行政复议决定的案件数", Did((conclusion.decide,)))
mediated = concluded_part("mediated", "调解结案数", "以行政复议调解书结案的案件数", Did((conclusion.mediate,)))
terminated = concluded_part("terminated", "终止数", "决定终止的案件数", Did((conclusion.terminate,)))
withdrawn = concluded_part(
    "withdrawn",
    "撤回申请终止数",
    "因申请人撤回申请、达成和解而终止的案件数",
    Did((conclusion.terminate,)),
    FactIs("termination_ground", WITHDRAWN_OR_SETTLED),
)
rejected = concluded_part("rejected", "驳回申请数", "受理后决定驳回申请的案件数", Did((conclusion.reject,)))

OUTCOMES = {str(code): code.label for code in (*Outcome2017, *Outcome2023)}
by_outcome = tuple(
    concluded_part(
        code,
        f"决定{label}数",
        f"作出的复议决定中，按最重的一项结果计为“{label}”的案件数（一案多项请求的只计一次）",
        Outcome((code,)),
    )
    for code, label in OUTCOMES.items()
)

# ---------------------------------------------------------------- redress, mediation and settlement, how long

redressed = concluded_part(
    "redressed",
    "纠错案件数",
    "决定撤销（含部分撤销）、变更、确认违法、确认无效、责令履行或者责令承担行政协议责任的案件数（按最重的一项结果归类）",
    Outcome(REDRESSED),
)
redressed_among_decided = Rate(
    name="recon_redress_rate_decided",
    label="复议纠错率（占作出决定）",
    numerator=redressed,
    denominator=decided,
    definition="分子为本期纠错案件数，分母为本期作出复议决定的案件数，均按审结之日计入；"
    "调解、终止、驳回申请的不在分母之内。",
)
redressed_among_concluded = Rate(
    name="recon_redress_rate_concluded",
    label="复议纠错率（占审结）",
    numerator=redressed,
    denominator=concluded,
    definition="分子为本期纠错案件数，分母为本期审结的案件数，包括作出决定、调解、终止和驳回申请的，均按审结之日计入。",
)
mediated_settled = concluded_part(
    "mediated_settled",
    "调解和解结案数",
    "调解结案以及因撤回申请、达成和解而终止的案件数",
    Did((conclusion.mediate, conclusion.terminate)),
    Not(FactIs("termination_ground", OTHER_TERMINATIONS)),
)
mediation_settlement_rate = Rate(
    name="recon_mediation_settlement_rate",
    label="复议调解和解率",
    numerator=mediated_settled,
    denominator=concluded,
    definition="分子为本期调解和解结案数，分母为本期审结的案件数，均按审结之日计入。",
)
hearings = count(
    "hearings",
    "听证数",
    DayOf((main.hold_hearing,)),
    "本期内举行听证的案件数，按首次举行听证之日计入；一案多次听证只计一次。",
)
trial_days = Median(
    name="recon_trial_days",
    label="审理天数中位数",
    system=SYSTEM,
    day=DayOf(CONCLUDE),
    since=DayOf(ACCEPT),
    until=DayOf(CONCLUDE),
    definition="本期审结的案件自受理之日至审结之日的自然日天数的中位数，不扣除中止时间，按审结之日计入。",
)
opinion_letters = Count(
    name="recon_opinion_letters",
    label="制发行政复议意见书数",
    system="opinion_letter",
    day=Opened(),
    unit=Unit.PAPERS,
    definition="本期内制发的行政复议意见书份数，按制发之日计入。",
)
opinion_letters_reported = Count(
    name="recon_opinion_letters_reported",
    label="行政复议意见书已反馈数",
    system="opinion_letter",
    day=Opened(),
    unit=Unit.PAPERS,
    where=(Did((opinion_letter.report_back,)),),
    definition="本期内制发的行政复议意见书中，有关机关已经报送纠正情况的份数，按制发之日计入，无论何时报送。",
)

ALL: tuple[Indicator, ...] = (
    *(concluded, concluded_in_time, in_time_rate, decided, mediated, terminated, withdrawn, rejected),
    *by_outcome,
    *(redressed, redressed_among_decided, redressed_among_concluded, mediated_settled, mediation_settlement_rate),
    *(hearings, trial_days, opinion_letters, opinion_letters_reported),
)
