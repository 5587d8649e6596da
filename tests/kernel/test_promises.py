"""承诺时限: a second, shorter line with a light of its own that never lapses."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import access, house, offers
from fadu.kernel.offers import ClockSheet
from fadu.rules.clocks import Light
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.law import Unit
from tests.kernel.conftest import House
from tests.kernel.test_time import accepted, lapse, state

BASIS = "服务承诺"


def promise(home: House, clock: str, amount: int, unit: Unit = Unit.WORKDAY, who: str | None = "admin") -> None:
    with home.session(who) as s:
        house.promise(s, "small", clock, amount, unit, BASIS)


def sheet(home: House, case: int, label: str) -> ClockSheet:
    with home.session("officer") as s:
        found = offers.clock_sheets(s, access.case(s, case))
    return next(one for one in found if one.row.data["label"] == label)


def test_both_lines_show_and_only_the_one_of_law_lapses(home: House) -> None:
    promise(home, "screen", 2)
    case = home.open().case  # Friday 1 March 2024: two working days end on the 5th, five on the 8th
    screening = sheet(home, case, "受理审查")
    assert screening.promised is not None
    assert (screening.promised.due, screening.reckoned.due) == (date(2024, 3, 5), date(2024, 3, 8))
    home.day = date(2024, 3, 6)
    screening = sheet(home, case, "受理审查")
    assert (screening.promised_light, screening.light) == (Light.RED, Light.YELLOW)
    assert lapse(home) == 0
    assert state(home, case) == "received"


def test_what_began_before_the_promise_keeps_the_time_it_had(home: House) -> None:
    case = home.open().case
    promise(home, "screen", 2)
    assert sheet(home, case, "受理审查").promised is None
    assert sheet(home, home.open().case, "受理审查").promised is not None


def test_a_pause_moves_the_promised_day_too(home: House) -> None:
    promise(home, "trial", 30, Unit.DAY)
    case = accepted(home)
    before = sheet(home, case, "审理").promised
    home.do("head", case, "stay")
    home.day = date(2024, 3, 11)
    home.do("officer", case, "resume")
    after = sheet(home, case, "审理").promised
    assert before is not None and after is not None  # noqa: PT018
    assert before.due is not None and after.due is not None  # noqa: PT018
    assert (after.due - before.due).days == 10


@pytest.mark.parametrize(
    ("clock", "amount", "unit", "fault"),
    [
        ("screen", 6, Unit.WORKDAY, "不能长于法定期限（5个工作日）"),
        ("screen", 10, Unit.DAY, "不能长于法定期限"),
        ("reply", 2, Unit.WORKDAY, "不是本机关的办理期限"),
        ("stay_wait", 2, Unit.WORKDAY, "不是本机关的办理期限"),
    ],
)
def test_a_promise_that_is_none_is_refused(home: House, clock: str, amount: int, unit: Unit, fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        promise(home, clock, amount, unit)


def test_only_the_administrator_promises_and_only_for_what_there_is(home: House) -> None:
    with pytest.raises(NotAllowed):
        promise(home, "screen", 2, who="officer")
    with pytest.raises(NotFound, match="期限“none”不存在"):
        promise(home, "none", 2)
