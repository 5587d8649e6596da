"""What is counted about the government as respondent before its superior."""

from __future__ import annotations

from fadu.domains.review.respondent.texts import TEXT_2023
from fadu.rules.indicators import Condition, Count, Day, DayOf, FactIs, Indicator, Kept, Opened, Ran, Rate
from fadu.rules.procedure import Clock, Step


def _step(name: str) -> Step:
    return next(step for step in TEXT_2023.steps if step.name == name)


def _clock(name: str) -> Clock:
    return next(clock for clock in TEXT_2023.clocks if clock.name == name)


RESULT = DayOf((_step("receive_result"),))


def _count(name: str, label: str, day: Day, definition: str, *where: Condition) -> Count:
    return Count(
        name=f"respondent_{name}",
        label=label,
        system="respondent_answer",
        day=day,
        where=where,
        definition=f"本期内{definition}。",
    )


received = _count(
    "received",
    "本级政府为被申请人的复议案件数",
    Opened(),
    "收到上级行政复议机关答复通知书的案件数，按收到之日计入",
)
answered = _count(
    "answered",
    "代表本级政府复议答复数",
    DayOf((_step("submit_answer"),)),
    "向上级行政复议机关提交答复和证据的案件数，按提交之日计入",
)
concluded = _count("concluded", "上级复议审结数", RESULT, "上级行政复议机关审结的案件数，按登记复议结果之日计入")
upheld = _count(
    "upheld",
    "上级复议维持数",
    RESULT,
    "上级行政复议机关决定维持或者驳回复议请求的案件数，按登记复议结果之日计入",
    FactIs("result", ("uphold", "dismiss")),
)
upheld_rate = Rate(
    name="respondent_upheld_rate",
    label="上级复议维持率",
    numerator=upheld,
    denominator=concluded,
    definition="分子为本期上级决定维持或者驳回复议请求的案件数，分母为本期上级审结的案件数，均按登记复议结果之日计入。",
)
performed_in_time = _count(
    "performed_in_time",
    "按期履行上级复议决定数",
    DayOf((_step("report_performance"),)),
    "履行上级复议决定且没有超过所定期限的案件数，按履行之日计入",
    Ran(_clock("performance")),
    Kept(_clock("performance")),
)

ALL: tuple[Indicator, ...] = (received, answered, concluded, upheld, upheld_rate, performed_in_time)
