"""What is counted about the work with the courts: meetings, bulletins, appearances of heads, activities, checks."""

from __future__ import annotations

from fadu.common import book
from fadu.domains.review.court_work import enterprise_check, three_in_one
from fadu.rules.indicators import Condition, Count, Day, DayOf, Indicator, Opened, Sum, Unit


def _count(name: str, label: str, system: str, day: Day, definition: str, *where: Condition, unit: Unit) -> Count:
    return Count(
        name=name, label=label, system=system, day=day, where=where, unit=unit, definition=f"本期内{definition}。"
    )


meetings = _count(
    "court_meeting_held",
    "召开府院联席会议次数",
    "court_meeting",
    Opened(),
    "召开的府院联席会议次数，按召开之日计入；作废的不计",
    book.VALID,
    unit=Unit.TIMES,
)
bulletins = _count(
    "appearance_bulletins",
    "印发出庭应诉情况通报份数",
    "appearance_bulletin",
    Opened(),
    "印发的出庭应诉情况通报份数，按印发之日计入；作废的不计",
    book.VALID,
    unit=Unit.PAPERS,
)
appearances = _count(
    "head_appearances",
    "负责人出庭人次",
    "head_appearance",
    Opened(),
    "负责人出庭的人次，每次庭审每人计一次，按出庭之日计入；作废的不计",
    book.VALID,
    unit=Unit.ATTENDANCES,
)
HELD = DayOf((three_in_one.hold,))
activities = _count(
    "three_in_one_held",
    "开展“出庭、旁听、讲评”活动次数",
    "three_in_one",
    HELD,
    "开展的“出庭、旁听、讲评”三合一活动次数，按庭审之日计入",
    unit=Unit.TIMES,
)
observers = Sum(
    name="three_in_one_observers",
    label="旁听庭审人次",
    system="three_in_one",
    day=HELD,
    fact="persons",
    unit=Unit.ATTENDANCES,
    definition="本期内开展的三合一活动的旁听人数之和，按庭审之日计入。",
)
VERIFIED = DayOf((enterprise_check.PIECES.verify,))
checks = _count(
    "enterprise_checks",
    "涉企案件履行专项检查次数",
    "enterprise_check",
    VERIFIED,
    "验收通过的涉企案件履行专项检查次数，按验收之日计入",
    unit=Unit.TIMES,
)


def _checked(name: str, label: str, fact: str, what: str) -> Sum:
    return Sum(
        name=f"enterprise_check_{name}",
        label=label,
        system="enterprise_check",
        day=VERIFIED,
        fact=fact,
        unit=Unit.CASES,
        definition=f"本期内验收通过的专项检查中，{what}之和，按验收之日计入。",
    )


ALL: tuple[Indicator, ...] = (
    *(meetings, bulletins, appearances, activities, observers, checks),
    _checked("checked", "专项检查涉企案件数", "checked", "检查的涉企案件数"),
    _checked("not_performed", "专项检查发现没有履行的案件数", "not_performed", "发现没有履行的案件数"),
    _checked("urged", "专项检查督促履行的案件数", "urged", "督促履行的案件数"),
)
