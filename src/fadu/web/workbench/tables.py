"""What pages of an import tell: how far a table is, what a try came to, the report on its rows, the empty table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from fadu.infra.jobs import Course
from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import bulk
from fadu.kernel.access import Session
from fadu.kernel.bulk import IGNORED, About, Mirrored, Target, bringing, messy
from fadu.kernel.desk_models import Brought
from fadu.rules.errors import BadInput

SHOWN, LISTED = 500, 20
MOST_LABELS = 60
SEVERAL = "一项或者几项"
"""What the kind of a column begins with that takes several of its list: a rule of the sheet would refuse them."""
FIRST_ROW = 2
"""Rows of a table are numbered as spreadsheets do; the headings are the first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a try, or the taking, came to; faults of rows numbered as in the person's own file."""

    rows: int = 0
    bulk: int | None = None
    told: list[str] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return not (self.told or self.faults)

    @property
    def shown(self) -> list[dict[str, Any]]:
        return self.faults[:SHOWN]

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many rows are new, changed, as they were."""
        return [(one.label, self.counts[one.value]) for one in bulk.Result if self.counts.get(one.value)]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with where it goes by name, how its job stands, and what came of it."""

    brought: Brought
    label: str
    course: Course | None
    answer: Answer | None

    @property
    def stopped(self) -> bool:
        """It was stopped, and nothing of it came in."""
        return self.answer is None and self.course is None and self.brought.stopped != ""

    @property
    def broken(self) -> bool:
        """The job is over, or its worker gone, and there is no answer."""
        gone = self.course is None or self.course.how == "lost"
        return self.answer is None and gone and not self.brought.stopped

    @property
    def doing(self) -> str:
        return "导入" if self.brought.takes else "检查"

    @property
    def words(self) -> str:
        """How it stands, in a line."""
        if self.answer is None:
            return self._course_in_words()
        if not self.answer.good:
            return f"有 {self.answer.number} 处错误，没有导入" if self.answer.faults else "没有导入"
        return f"已经导入 {self.answer.rows} 行" if self.answer.bulk else f"检查通过，{self.answer.rows} 行待您导入"

    def _course_in_words(self) -> str:
        if self.broken:
            again = "系统会自动重新开始" if self.course else f"请打开后重新{self.doing}"
            return f"后台{self.doing}中断，没有导入任何内容，{again}"
        if self.course is None:
            return f"已停止{self.doing}，没有导入任何内容（由{self.brought.stopped}停止）"
        if self.brought.stopped:
            return f"正在停止{self.doing}"
        if self.course.how == "waiting":
            return f"等待{self.doing}"
        if not self.course.whole:
            return "正在读取文件"
        return f"正在{self.doing}：{self.course.done} 行，共约 {self.course.whole} 行"

    @property
    def back(self) -> str:
        """Where it was brought."""
        return reverse(
            "case_import" if self.brought.kind == Mirrored.kind else "register_import", args=[self.brought.target]
        )

    @property
    def leads_to(self) -> str:
        """Where what was taken is found."""
        if self.brought.kind == Mirrored.kind:
            return reverse("case_imports")
        return reverse("register", args=[self.brought.target])


def table(s: Session, brought: Brought) -> Table:
    answer = Answer(**brought.answer) if brought.answer is not None else None
    course = bringing.course(brought) if answer is None else None
    return Table(brought, _label(s, brought), course, answer)


def under_way(house: Session) -> list[Table]:
    """Those of everybody; asked in a session of the house itself."""
    return [table(house, one) for one in bringing.under_way()]


def _label(s: Session, brought: Brought) -> str:
    if brought.kind == Mirrored.kind:
        return s.registry.newest(brought.target).label if brought.target in s.registry.systems else brought.target
    return next((one.label for one in s.registry.registers if one.name == brought.target), brought.target)


def unseen(s: Session) -> list[Table]:
    """What the person is told of: what is under way, and what ended since he last looked."""
    return [table(s, one) for one in bringing.unseen(s)]


def own(s: Session, kind: str, target: str = "") -> list[Table]:
    """What the person brought of a kind, or into one target, the newest first."""
    where = Q(kind=kind, target=target) if target else Q(kind=kind)
    return [table(s, one) for one in bringing.own_ones(s, where)[:LISTED]]


def sent(request: HttpRequest) -> tuple[str, bytes]:
    """Name and content of the file in a form. Raises BadInput."""
    upload: Any = request.FILES.get("file")
    if upload is None:
        raise BadInput({"file": "请选择文件（.csv 或者 .xlsx）"})
    if (upload.size or 0) > messy.LARGEST_MB << 20:
        raise BadInput({"file": f"文件超过 {messy.LARGEST_MB} MB，请分成几个文件，或者由管理员用 fadu bulk 导入"})
    return str(upload.name or ""), upload.read()


def report(brought: Brought, answer: Answer) -> bytes:
    """The rows as they were read, with what is wrong, or what becomes of each, beside them, as .xlsx."""
    said: dict[int, list[str]] = {}
    for one in answer.faults:
        said.setdefault(one["row"], []).append(f"{one['column']}：{one['said']}" if one["column"] else one["said"])
    for row, result, words in brought.lines:
        if result != bulk.Result.FAULTY:
            label = bulk.Result(result).label
            said.setdefault(row, []).append(f"{label}：{words}" if words else label)
    first, *rows = csv.reader(io.StringIO(brought.text)) if brought.text else ([],)
    shown: list[tuple[str | int, ...]] = [
        (number, "；".join(said.get(number, ())), *row)
        for number, row in enumerate(rows, start=FIRST_ROW + brought.above)
        if any(row)
    ]
    widths = (8, 60, *(18 for _ in first))
    return to_xlsx([Sheet("逐行结果", ("行号", "结果", *first), tuple(shown), widths)])


def choices(target: Target) -> list[tuple[str, str]]:
    """What a column may be taken for."""
    return [*((meaning, heading) for heading, meaning in target.columns().items()), (IGNORED, "不导入")]


def template(target: Target) -> bytes:
    """An empty table with the headings of a target, those that must be there first, and what each column may hold."""
    needed, about = list(target.required()), target.about()
    heads = [*needed, *(one for one in target.columns() if one not in needed)]
    known = [about.get(one, About()) for one in heads]
    lists = tuple(one.labels if not one.kind.startswith(SEVERAL) else () for one in known)
    note = ("从第三行的列名起保留；前面几列必须填写，用不着的列可以删去。可选的内容和填法见“填写说明”。",)
    rows = tuple(
        (head, "必填" if head in needed else "", one.kind, one.hint, "、".join(one.labels[:MOST_LABELS]))
        for head, one in zip(heads, known, strict=True)
    )
    told = Sheet("填写说明", ("列名", "", "填什么", "说明", "可选内容"), rows, (24, 8, 26, 40, 80))
    return to_xlsx([Sheet(target.label, tuple(heads), (), (18,) * len(heads), note, lists), told])
