"""What is counted about performance, enforcement, letters of suggestion and reports of correction."""

from __future__ import annotations

from fadu.common.obligation import Obligation
from fadu.domains.review.performance import court_enforcement, enforcement, judgment, supervision
from fadu.rules.indicators import Condition, Count, Day, DayOf, FactIs, Indicator, Missed, Not, Opened, Ran, Sum


def _count(name: str, label: str, system: str, day: Day, definition: str, *where: Condition) -> Count:
    return Count(name=name, label=label, system=system, day=day, where=where, definition=f"本期内{definition}。")


def in_time(pieces: Obligation) -> tuple[Condition, ...]:
    """Neither the term nor any part of it was missed."""
    return (Not(Missed(pieces.term)), Not(Missed(pieces.part)))


SUPERVISED = "decision_performance"
REPORTED = DayOf((supervision.PIECES.perform,))
performed = _count(
    "recon_performed", "履行复议决定数", SUPERVISED, REPORTED, "报告已经履行的复议决定、调解书件数，按首次报告之日计入"
)
performed_in_time = _count(
    "recon_performed_in_time",
    "按期履行复议决定数",
    SUPERVISED,
    REPORTED,
    "报告已经履行并且没有超过履行期限的复议决定、调解书件数，按首次报告之日计入",
    *in_time(supervision.PIECES),
)
performed_by_deposit = _count(
    "recon_performed_by_deposit",
    "以提存公证履行数",
    SUPERVISED,
    REPORTED,
    "以提存公证方式履行的件数，按首次报告之日计入",
    FactIs("way", ("deposit",)),
)
JUDGMENTS = "judgment_performance"
DONE = DayOf((judgment.PIECES.perform,))
COMPENSATION = FactIs("compensation_ordered", ("true",))
judgments = _count(
    "litigation_performance", "履行生效裁判数", JUDGMENTS, DONE, "履行完毕的生效裁判义务件数，按履行完毕之日计入"
)
judgments_in_time = _count(
    "litigation_performance_in_time",
    "按期履行生效裁判数",
    JUDGMENTS,
    DONE,
    "履行完毕并且没有超过裁判所定期限的生效裁判义务件数，按履行完毕之日计入；分期履行的，各期都没有超过",
    *in_time(judgment.PIECES),
)
judgments_in_parts = _count(
    "litigation_performance_in_parts",
    "分期履行生效裁判数",
    JUDGMENTS,
    DONE,
    "分期履行完毕的生效裁判义务件数，按履行完毕之日计入",
    Ran(judgment.PIECES.part),
)
judgments_by_deposit = _count(
    "litigation_performed_by_deposit",
    "以提存公证履行生效裁判数",
    JUDGMENTS,
    DONE,
    "以提存公证方式履行的生效裁判义务件数，按履行完毕之日计入",
    FactIs("way", ("deposit",)),
)
compensation_judgments = _count(
    "litigation_compensation_performed",
    "履行赔偿裁判数",
    JUDGMENTS,
    DONE,
    "履行完毕的赔偿、补偿裁判件数，按履行完毕之日计入",
    COMPENSATION,
)
compensation_by_deposit = _count(
    "litigation_compensation_by_deposit",
    "以提存公证履行赔偿裁判数",
    JUDGMENTS,
    DONE,
    "以提存公证方式履行的赔偿、补偿裁判件数，按履行完毕之日计入",
    COMPENSATION,
    FactIs("way", ("deposit",)),
)
compensation_paid = Sum(
    name="litigation_compensation_paid",
    label="履行赔偿裁判支付的金额",
    system=JUDGMENTS,
    day=DONE,
    fact="performed_amount",
    where=(COMPENSATION,),
    definition="本期内履行完毕的赔偿、补偿裁判所支付的金额之和，按履行完毕之日计入。",
)
court_enforced = _count(
    "litigation_court_enforced",
    "法院采取执行措施数",
    JUDGMENTS,
    DayOf((judgment.court_enforces,)),
    "法院对本机关采取执行措施的生效裁判义务件数，按首次采取之日计入",
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
court_denied = _count(
    "court_enforcement_refused",
    "法院不予受理、不予执行数",
    "court_enforcement",
    DayOf((court_enforcement.not_accept, court_enforcement.deny)),
    "人民法院裁定不予受理或者不予执行的强制执行申请件数，按裁定作出之日计入",
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
    *(performed, performed_in_time, performed_by_deposit, ordered, enforced, court_denied, suggestions, corrections),
    *(judgments, judgments_in_time, judgments_in_parts, judgments_by_deposit, court_enforced),
    *(compensation_judgments, compensation_by_deposit, compensation_paid),
)
