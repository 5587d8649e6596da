"""Figures that share their day: what a definition says is said once, and what belongs to all belongs to each."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.rules.indicators import DayOf, Did, FactIs, Not, Unit
from fadu.rules.procedure import CASE_OFFICER, Step

HOLD = Step(name="hold_meeting", label="登记会议", by=(CASE_OFFICER,))
ANNUL = Step(name="annul_record", label="作废", by=(CASE_OFFICER,))
VALID = Not(Did((ANNUL,)))
HELD = Figures(
    system="law_meeting", day=DayOf((HOLD,)), said="按召开之日计入", where=(VALID,), left_out="作废的登记不计"
)
EXECUTIVE = FactIs("meeting_kind", ("executive",))


def test_what_belongs_to_all_stands_in_each() -> None:
    count = HELD.count("meetings", "会议次数", "召开的会议次数", EXECUTIVE, unit=Unit.TIMES)
    assert (count.system, count.day, count.where) == ("law_meeting", DayOf((HOLD,)), (VALID, EXECUTIVE))
    assert count.definition == "本期内召开的会议次数，按召开之日计入；作废的登记不计。"


def test_what_a_figure_leaves_out_replaces_what_all_leave_out() -> None:
    total = HELD.total("persons", "参会人次", "参会人数之和", "persons", unit=Unit.ATTENDANCES, left_out="列席的不计")
    assert total.definition == "本期内参会人数之和，按召开之日计入；列席的不计。"
    assert (total.fact, total.where) == ("persons", (VALID,))


def test_a_rate_names_its_two_counts() -> None:
    some, every = (HELD.count(name, label, label) for name, label in (("some", "专题会议数"), ("every", "会议数")))
    rate = HELD.rate("share", "专题会议率", some, every)
    assert rate.definition == "分子为本期专题会议数，分母为本期会议数，均按召开之日计入；作废的登记不计。"
    assert (rate.numerator, rate.denominator) == (some, every)
