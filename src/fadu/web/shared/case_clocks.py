"""The periods of a case for its page: whose, how each stands today, why it ends when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import offers
from fadu.kernel.offers import ClockSheet
from fadu.rules.clocks import EntryKind, Light
from fadu.rules.procedure import LapseEffect
from fadu.web.shared.case_seen import Seen
from fadu.web.shared.words import chinese_day, days_left, item_name


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One period: whose, how it stands, and why it ends when it ends."""

    sheet: ClockSheet
    bearer: str
    stands: str
    lapse: str
    waits: bool

    @property
    def light(self) -> Light:
        """The light; a minimum wait has none: it makes nobody late."""
        return Light.GREY if self.waits else self.sheet.light

    @property
    def entries(self) -> list[Any]:
        """The reckoning; its first lines and the last day are what a person reads first."""
        return list(self.sheet.entries)

    @property
    def promised(self) -> str:
        """The shorter time that the house promised: the day, and how it stands while it matters."""
        shorter = self.sheet.promised
        if shorter is None or shorter.due is None:
            return ""
        return f"承诺 {chinese_day(shorter.due)}前办结"

    @property
    def overtaken(self) -> str:
        """That it stood on record as run out until an answer in time was entered."""
        was = self.sheet.row.data.get("overtaken")
        if was is None:
            return ""
        day = chinese_day(date.fromisoformat(was["day"]))
        return f"{day}届满曾记录在案，因期限内已“{was['by']}”，不再计为逾期。"

    @property
    def running(self) -> bool:
        """Still to be answered; a duty that was missed goes on."""
        row = self.sheet.row
        return row.stopped is None and row.lapsed in (None, LapseEffect.BREACHES)


def clock_lines(seen: Seen) -> list[ClockLine]:
    names = {party.key: party.name for party in seen.parties}
    names |= {paper.key: f"《{paper.data['label']}》" for paper in seen.papers}
    if seen.procedure.items:
        names |= {item.key: item_name(seen.procedure.items, item.data) for item in seen.items}
    lines = []
    for sheet in offers.clock_sheets(seen.s, seen.case):
        declared = seen.procedure.clock(sheet.row.name)
        bearer = declared.bearer.label if declared else ""
        if sheet.row.party:
            bearer = f"{bearer} {names.get(sheet.row.party, '')}".strip()
        lapse = declared.lapse.told if declared and declared.lapse else ""
        waits = declared is not None and declared.waits
        lines.append(ClockLine(sheet, bearer, _stands(sheet, seen.s.today, waits=waits), lapse, waits))
    return lines


def _stands(sheet: ClockSheet, today: date, *, waits: bool) -> str:
    row = sheet.row
    if row.lapsed and row.lapsed != LapseEffect.BREACHES:
        return LapseEffect(row.lapsed).label
    if row.data.get("void"):
        return "随案件办结终止"
    if row.stopped:
        return f"{chinese_day(row.stopped)}办结"
    if row.due is None:
        paused = any(entry.kind is EntryKind.PAUSED for entry in sheet.entries)
        return "已中止计算" if paused else "尚不能确定"
    if waits and any(not cut["from"] for cut in row.data.get("cuts", ())):
        return "已放弃等待"
    if waits and row.due < today:
        return "已经届满"
    return days_left(row.due, today)
