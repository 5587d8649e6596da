"""What is counted about performance, enforcement, letters of suggestion and reports of correction."""

from __future__ import annotations

from fadu.domains.review.performance import enforcement, supervision
from fadu.rules.indicators import Condition, Count, Day, DayOf, FactIs, Indicator, Kept, Opened


def _count(name: str, label: str, system: str, day: Day, definition: str, *where: Condition) -> Count:
    return Count(name=name, label=label, system=system, day=day, where=where, definition=f"本期内{definition}。")


SUPERVISED = "decision_performance"
REPORTED = DayOf((supervision.report,))
performed = _count(
    "recon_performed", "履行复议决定数", SUPERVISED, REPORTED, "报告已经履行的复议决定、调解书件数，按首次报告之日计入"
)
performed_in_time = _count(
    "recon_performed_in_time",
    "按期履行复议决定数",
    SUPERVISED,
    REPORTED,
    "报告已经履行并且没有超过履行期限的复议决定、调解书件数，按首次报告之日计入",
    Kept(supervision.performance),
)
performed_by_deposit = _count(
    "recon_performed_by_deposit",
    "以提存公证履行数",
    SUPERVISED,
    REPORTED,
    "以提存公证方式履行的件数，按首次报告之日计入",
    FactIs("way", ("deposit",)),
)
ordered = _count(
    "recon_performance_ordered",
    "责令限期履行数",
    SUPERVISED,
    DayOf((supervision.order,)),
    "责令限期履行的件数，按首次责令之日计入",
)
enforced = _count(
    "recon_enforced",
    "复议决定强制执行数",
    "reconsideration_enforcement",
    DayOf((enforcement.apply_court, enforcement.decide)),
    "申请人民法院强制执行或者决定自行强制执行的件数，按申请或者决定之日计入",
)
suggestions = _count(
    "recon_suggestion_letters",
    "制发行政复议建议书数",
    "suggestion_letter",
    Opened(),
    "制发的行政复议建议书份数，按制发之日计入",
)
corrections = _count(
    "recon_correction_report",
    "责成报送纠错报告数",
    "correction_report",
    Opened(),
    "责成报送的纠错报告件数，按通知之日计入",
)

ALL: tuple[Indicator, ...] = (
    *(performed, performed_in_time, performed_by_deposit, ordered, enforced, suggestions, corrections),
)
