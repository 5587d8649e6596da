"""Figures, checks and numbers left unread of one or several reports as .xlsx."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from fadu.report_reader.model import Reading
from fadu.report_reader.output.as_json import number

_CLAIMS = ("文件", "编号", "原文", "数值", "单位", "限定词", "约数", "事项", "对象", "期间", "所在句")
_RELATIONS = ("文件", "种类", "结论", "算式", "算得", "文中", "说明", "口径")
_UNREAD = ("文件", "位置", "原文")


def as_workbook(readings: Sequence[tuple[str, Reading]]) -> bytes:
    """Three sheets: 数字, 核对, 没有读懂. Texts that look like formulas stay texts."""
    book = Workbook()
    claims = [
        [
            file,
            c.id,
            c.raw,
            number(c.value),
            c.unit,
            c.qualifier,
            "是" if c.approx else "",
            c.measure,
            c.subject,
            c.period,
            c.sentence,
        ]
        for file, reading in readings
        for c in reading.claims
    ]
    relations = [
        [file, r.kind.value, r.verdict.label, r.expr, number(r.computed), number(r.stated), r.reason, r.reading]
        for file, reading in readings
        for r in reading.relations
    ]
    unread = [[file, one.start, one.raw] for file, reading in readings for one in reading.unread]
    for title, head, rows in (
        ("数字", _CLAIMS, claims),
        ("核对", _RELATIONS, relations),
        ("没有读懂", _UNREAD, unread),
    ):
        sheet = book.create_sheet(title)
        sheet.append(head)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
    del book[book.sheetnames[0]]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
