"""What pages of 修法演练 tell: how far one is, its list page by page, its list as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from fadu.infra.jobs import Course
from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import law_rehearsal
from fadu.kernel.access import Session
from fadu.kernel.desk_models import Rehearsed, RehearsedCase
from fadu.kernel.law_rehearsal import KINDS
from fadu.rules.days import chinese_day
from fadu.web.workbench.listing import PAGE_SIZE

LISTED = 10
IN_A_FILE = 10_000
"""Rows of one file, as of other lists; a longer list is several files."""
HEADINGS = ("案件", "触及的", "说明", "现在", "施行之后")
WIDTHS = (28, 28, 28, 28, 28)


@dataclass(frozen=True, slots=True)
class Line:
    """A rehearsal, and how its job stands."""

    row: Rehearsed
    course: Course | None

    @property
    def title(self) -> str:
        return f"《{self.row.statute}》{self.row.asked['name']}：{self.row.before} → {self.row.after}"

    @property
    def since(self) -> str:
        return str(self.row.asked["since"])

    @property
    def looks_at(self) -> str:
        return KINDS[self.row.asked["kind"]].looks_at

    @property
    def broken(self) -> bool:
        """The job is over, or its worker gone, and there is no answer."""
        return self.row.answer is None and (self.course is None or self.course.how == "lost")

    @property
    def words(self) -> str:
        """How it stands, in a line."""
        if self.row.answer is not None:
            return f"看过 {self.row.answer['looked']} 个{self.looks_at}，{self.row.answer['touched']} 个会不同"
        if self.broken:
            return "后台演练中断，没有结果" + ("，系统会自动重新开始" if self.course else "，请打开后重新演练")
        assert self.course is not None
        if self.course.how == "waiting":
            return "等待演练"
        return f"正在演练：看过 {self.course.done} 个，共约 {self.course.whole} 个" if self.course.whole else "正在演练"


def line(row: Rehearsed) -> Line:
    return Line(row, law_rehearsal.course(row) if row.answer is None else None)


def unseen(s: Session) -> list[Line]:
    """What the person is told of: what is under way, and what ended since he last looked."""
    return [line(one) for one in law_rehearsal.unseen(s)]


def own(s: Session, statute: str) -> list[Line]:
    """What the person rehearsed in a statute, the newest first."""
    return [line(one) for one in law_rehearsal.own_ones(s, Q(statute=statute))[:LISTED]]


def page(s: Session, row: Rehearsed, asked: int) -> dict[str, Any]:
    """One page of the list, the pages there are, and its files; beyond the end the last page."""
    found = law_rehearsal.lines(s, row)
    number = found.order_by().count()
    last = max(1, -(-number // PAGE_SIZE))
    now = max(1, min(asked, last))
    return {
        "number": number,
        "lines": list(found[(now - 1) * PAGE_SIZE : now * PAGE_SIZE]),
        "pages": {
            "now": now,
            "last": last,
            "before": f"?page={now - 1}" if now > 1 else None,
            "after": f"?page={now + 1}" if now < last else None,
        },
        "files": [
            (part + 1, part * IN_A_FILE + 1, min(number, (part + 1) * IN_A_FILE))
            for part in range(-(-number // IN_A_FILE))
        ],
    }


def file(s: Session, row: Rehearsed, part: int) -> bytes:
    """The rows of one file of the list, from 1, as .xlsx."""
    found = law_rehearsal.lines(s, row)[(part - 1) * IN_A_FILE : part * IN_A_FILE]
    since = chinese_day(date.fromisoformat(row.asked["since"]))
    note = (line(row).title, f"{since}起施行；{chinese_day(s.today)}导出。只是演练，不改动法律库和案件")
    return to_xlsx([Sheet("修法演练", HEADINGS, tuple(map(_cells, found)), WIDTHS, note)])


def _cells(one: RehearsedCase) -> tuple[str, ...]:
    return (one.case.number or one.case.title, one.what, one.start, one.before, one.after)
