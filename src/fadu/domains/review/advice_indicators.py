"""What is counted about advice of courts: each kind has its own term, so each its own figure of timeliness."""

from __future__ import annotations

from fadu.domains.review import court_advice as advice
from fadu.rules.indicators import Condition, Count, DayOf, Did, Indicator, Kept, Opened, Rate

ANSWERED = DayOf((advice.answer,))


def _count(name: str, label: str, day: DayOf | Opened, definition: str, *where: Condition) -> Count:
    return Count(name=f"advice_{name}", label=label, system="court_advice", day=day, where=where, definition=definition)


received = _count("received", "收到司法建议数", Opened(), "本期内收到的人民法院司法建议件数，按收到之日计入。")
answered = _count("answered", "书面回复司法建议数", ANSWERED, "本期内书面回复人民法院的司法建议件数，按回复之日计入。")
general = _count(
    "general_answered",
    "回复综合治理类司法建议数",
    ANSWERED,
    "本期内书面回复的综合治理类司法建议件数，按回复之日计入。",
    Did((advice.receive_general,)),
)
general_in_time = _count(
    "general_in_time",
    "按期回复综合治理类司法建议数",
    ANSWERED,
    "本期内书面回复且没有超过规定期限的综合治理类司法建议件数，按回复之日计入。",
    Kept(advice.general_answer),
)
rule = _count(
    "rule_answered",
    "回复规范性文件司法建议数",
    ANSWERED,
    "本期内书面回复的规范性文件司法建议件数，按回复之日计入。",
    Did((advice.receive_rule,)),
)
rule_in_time = _count(
    "rule_in_time",
    "按期回复规范性文件司法建议数",
    ANSWERED,
    "本期内书面回复且没有超过法定期限的规范性文件司法建议件数，按回复之日计入。",
    Kept(advice.rule_answer),
)
general_rate = Rate(
    name="advice_general_in_time_rate",
    label="综合治理类司法建议按期回复率",
    numerator=general_in_time,
    denominator=general,
    definition="分子为本期按期回复的综合治理类司法建议件数，分母为本期回复的综合治理类司法建议件数，均按回复之日计入。",
)
rule_rate = Rate(
    name="advice_rule_in_time_rate",
    label="规范性文件司法建议按期回复率",
    numerator=rule_in_time,
    denominator=rule,
    definition="分子为本期按期回复的规范性文件司法建议件数，分母为本期回复的规范性文件司法建议件数，均按回复之日计入。",
)

ALL: tuple[Indicator, ...] = (
    *(received, answered, general, general_in_time, rule, rule_in_time),
    *(general_rate, rule_rate),
)
