"""Lights 红黄绿灯 of a clock: from its due day, the day of looking and the office's thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fadu.rules.clocks.periods import working_between
from fadu.rules.errors import Refusal
from fadu.rules.law_terms import Unit
from fadu.rules.working_days import Calendar


class Light(StrEnum):
    """Grey: nothing runs (paused without end, or no due day)."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def label(self) -> str:
        return {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "未计时"}[self.value]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many days left a light is yellow and red; a local setting, never law.

    unit: working days or calendar days. red None: red only when the due day is over.
    """

    yellow: int
    red: int | None = None
    unit: Unit = Unit.DAY

    def __post_init__(self) -> None:
        if self.unit not in (Unit.DAY, Unit.WORKDAY) or (self.red is not None and self.red > self.yellow):
            raise Refusal(
                "预警天数设置有误：红灯天数不能多于黄灯天数，单位只能是日或者工作日。",
                todo="请在“预警设置”中改正。",
            )


def light(due: date | None, day: date, calendar: Calendar, thresholds: Thresholds) -> Light:
    """Red when late or nearly so, yellow when near, else green; the due day itself is not late."""
    if due is None:
        return Light.GREY
    if day > due:
        return Light.RED
    in_working_days = thresholds.unit is Unit.WORKDAY
    left = working_between(day, due, calendar) if in_working_days else (due - day).days
    if thresholds.red is not None and left <= thresholds.red:
        return Light.RED
    return Light.YELLOW if left <= thresholds.yellow else Light.GREEN
