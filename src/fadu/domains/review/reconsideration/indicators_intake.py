"""What is counted about applications and their acceptance, under both texts."""

from __future__ import annotations

from fadu.domains.review.reconsideration import steps_intake as intake
from fadu.domains.review.reconsideration import steps_suit as suit
from fadu.domains.review.reconsideration.clocks_2023 import screen
from fadu.domains.review.reconsideration.indicators import ACCEPT, count
from fadu.rules.indicators import DayOf, Did, Indicator, Kept, Not, Opened, Rate

received = count(
    "received",
    "收到行政复议申请数",
    Opened(),
    "本期内收到的行政复议申请件数，按收到申请之日计入，无论以后是否受理；生效裁判责令重作而立的案件不计入。",
    Not(Did((suit.enter_redo,))),
)
accepted = count(
    "accepted",
    "受理行政复议案件数",
    DayOf(ACCEPT),
    "本期内受理的案件数，包括期满视为受理的和上级责令受理的，按受理之日计入；"
    "旧法案件收到即为受理的，按确认受理或者五日审查期满之日计入。",
)
accepted_deemed = count(
    "accepted_deemed",
    "视为受理数",
    DayOf((intake.accept_deemed,)),
    "本期内因审查期限届满没有作出决定而视为受理的案件数，按期满之日计入。",
)
refused = count("refused", "不予受理数", DayOf((intake.refuse,)), "本期内决定不予受理的申请件数，按作出决定之日计入。")
otherwise = count(
    "otherwise",
    "以其他方式处理申请数",
    DayOf((intake.handle_otherwise,)),
    "本期内以转送、告知等其他方式处理的申请件数，按处理之日计入。",
)
examined = count(
    "examined",
    "审查决定数",
    DayOf((*ACCEPT, intake.refuse)),
    "本期内受理（包括视为受理）和决定不予受理的申请件数，按受理或者决定之日计入；以其他方式处理的不计入。",
)
examined_accepted = count(
    "examined_accepted",
    "审查后受理数",
    DayOf((*ACCEPT, intake.refuse)),
    "本期内受理（包括视为受理）的申请件数，按受理之日计入。",
    Did(ACCEPT),
)
acceptance_rate = Rate(
    name="recon_acceptance_rate",
    label="复议受理率",
    numerator=examined_accepted,
    denominator=examined,
    definition="分子为本期受理的申请件数，分母为本期受理和决定不予受理的申请件数，均按受理或者决定之日计入；"
    "以其他方式处理、视为放弃和受理前撤回的不在分母之内。",
)
waived = count(
    "waived", "视为放弃申请数", DayOf((intake.waive,)), "本期内因逾期不补正认定视为放弃的申请件数，按认定之日计入。"
)
screened_in_time = count(
    "screened_in_time",
    "按期审查受理数",
    DayOf((intake.accept, intake.refuse)),
    "本期内作出受理或者不予受理决定且没有超过审查期限的件数，按作出决定之日计入；视为受理的不计入。",
    Kept(screen),
)

ALL: tuple[Indicator, ...] = (
    *(received, accepted, accepted_deemed, refused, otherwise, examined, examined_accepted, acceptance_rate),
    *(waived, screened_in_time),
)
