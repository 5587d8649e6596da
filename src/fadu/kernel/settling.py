"""Acts that settle the house's own parameters (本地参数) and the targets of a year (年度目标), each from a day on."""

from __future__ import annotations

from datetime import date

from fadu.kernel import house, models
from fadu.kernel.access import Session
from fadu.kernel.parameters import COUNTER, LIGHTS, REGISTER, UNSERVED, UPLOADS, thresholds
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.facts import YEARS
from fadu.rules.law import Unit
from fadu.rules.law_besides import counter_hours

TARGETS = "targets"
"""Register of the targets of a year. Key: the indicator; valid from the first day of its first year."""
LESS = "less_than_last_year"
BOUNDS = ("at_least", "at_most", LESS)


def settle_lights(s: Session, yellow: int, red: int, unit: Unit) -> None:
    """From how many days left on lights are yellow and red, from today on. Raises NotAllowed, Refusal."""
    said = {"yellow": yellow, "red": red, "unit": unit.value}
    thresholds(said)
    house.put_entry(s, REGISTER, LIGHTS, said, since=s.today)


def settle_counter(s: Session, closing: str, late: str) -> None:
    """When the counter closes (HH:MM), and of which day is what comes later. Raises NotAllowed, BadInput."""
    said = {"closing": closing, "late": late}
    try:
        counter_hours(said)
    except (KeyError, ValueError) as fault:
        raise BadInput({"closing": "下班时间请写成时和分，例如 17:30"}) from fault
    house.put_entry(s, REGISTER, COUNTER, said, since=s.today)


def settle_unserved(s: Session, days: int) -> None:
    """After how many working days a paper that was not served is pointed out. Raises NotAllowed, BadInput."""
    if days < 1:
        raise BadInput({"days": "至少是一个工作日"})
    house.put_entry(s, REGISTER, UNSERVED, {"unserved_after": days}, since=s.today)


def settle_uploads(s: Session, days: int) -> None:
    """For how many days an upload is kept that came to nothing. Raises NotAllowed, BadInput."""
    if days < 1:
        raise BadInput({"days": "至少是一日"})
    house.put_entry(s, REGISTER, UPLOADS, {"unused_after": days}, since=s.today)


def aim(s: Session, indicator: str, first: int, bound: str, amount: int | None) -> None:
    """A target for a figure from a year on. bound: one of BOUNDS; amount: of a rate in percent, none for the last.

    Raises NotAllowed, NotFound, BadInput.
    """
    if indicator not in {one.name for one in s.registry.indicators}:
        raise NotFound("指标")
    if bound not in BOUNDS or (amount is None) != (bound == LESS):
        raise BadInput({"amount": "不低于、不高于要填写数值，低于上年不填"})
    if first not in YEARS:
        raise BadInput({"first": f"年份应为四位数，在{YEARS[0]}年至{YEARS[-1]}年之间"})
    last = models.RegisterEntry.objects.filter(register=TARGETS, key=indicator).order_by("-since").first()
    since = date(first, 1, 1)
    if last is not None and last.since >= since:
        raise BadInput({"first": f"这一指标自{last.since.year}年起已有目标，新的目标请从以后的年度起"})
    house.put_entry(s, TARGETS, indicator, {bound: True if amount is None else amount}, since=since)


def no_aim(s: Session, indicator: str, first: int) -> None:
    """From a year on the figure has no target any more. Raises NotAllowed, NotFound, BadInput."""
    row = models.RegisterEntry.objects.filter(register=TARGETS, key=indicator, before=None).first()
    if row is None:
        raise NotFound("年度目标")
    if first not in YEARS or first <= row.since.year:
        raise BadInput({"first": f"目标自{row.since.year}年起，取消应当从以后的年度起"})
    house.end_entry(s, TARGETS, indicator, date(first, 1, 1))
