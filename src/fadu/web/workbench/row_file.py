"""A spreadsheet that somebody brings, as the rows of text that a bulk act reads: .csv in either encoding, or .xlsx."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fadu.rules.errors import BadInput

LARGEST = 2 << 20
UNPACKED = 64 << 20
MOST = 20_000
ENCODINGS = ("utf-8-sig", "gb18030")


def text_of(upload: UploadedFile[Any] | None) -> str:
    """The file as CSV text. Raises BadInput, with what to do, when it cannot be read on a page."""
    if upload is None:
        raise BadInput({"file": "请选择文件（.csv 或者 .xlsx）"})
    if (upload.size or 0) > LARGEST:
        raise BadInput({"file": f"文件超过 {LARGEST >> 20} MB，请分成几个文件，或者由管理员用 fadu bulk 导入"})
    content: bytes = upload.read()
    if content.startswith(b"PK\x03\x04"):
        return _written(_workbook(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput({"file": "这是旧版 Excel 工作簿（.xls），请另存为 .xlsx 或者 CSV（UTF-8）"})
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput({"file": "文件既不是 UTF-8 也不是 GB18030 编码的文本，请另存为 CSV（UTF-8）"})


def _workbook(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
        if sum(part.file_size for part in parts) > UNPACKED:
            raise BadInput({"file": "工作簿解开以后太大，没有读取：请只保留要导入的一张表，另存后再导入"})
        page = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        for number, row in enumerate(page.iter_rows(values_only=True)):
            if number > MOST:
                raise BadInput({"file": f"表格超过 {MOST} 行，请分成几个文件，或者由管理员用 fadu bulk 导入"})
            yield [_cell(value) for value in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as fault:
        raise BadInput({"file": "工作簿已经损坏，或者不是 .xlsx 文件，请重新另存"}) from fault


def _cell(value: object) -> str:
    """A cell as a person would type it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _written(rows: Iterator[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def headings(text: str) -> list[str]:
    """The headings of the file."""
    first = next(csv.reader(io.StringIO(text)), [])
    return [cell.strip() for cell in first if cell.strip()]
