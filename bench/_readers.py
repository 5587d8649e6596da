"""Peers of the reader, what they are asked, and texts with known figures.

recognizers-text (MIT): one model for bare numbers, four for numbers with units, which together are asked for every
quantity. jionlp (Apache-2.0): no general quantities, only money and time. None of them tells what is counted, of whom,
in which period, or whether figures agree.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import import_module, util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.report_reader.passages import FOLDER, passages  # noqa: E402

Span = tuple[int, int, Decimal | None]
Call = Callable[[str], list[Span]]
TIMES = {"万": 10**4, "亿": 10**8}
MONEY = re.compile(r"^[万亿]?(?:余|多)?(?:美|港|欧)?元")


@dataclass(frozen=True)
class Known:
    """A text, its figures (start, end, value), and which of them are sums of money."""

    text: str
    figures: list[Span]
    money: list[bool]


# ---------------------------------------------------------------- texts with known figures


def known(folder: Path | None, gold: Path | None) -> list[Known]:
    """Passages of the tests, or the reports of a folder for which another has files with their claims."""
    if folder is None or gold is None:
        listed = [one for path in sorted(FOLDER.glob("*.txt")) for one in passages(path.name)]
        return [
            Known(one.text, list(one.claims), [_money(one.text, end) for _, end, _ in one.claims]) for one in listed
        ]
    return [_report(folder, path) for path in sorted(gold.glob("*.json"))]


def _money(text: str, end: int) -> bool:
    return bool(MONEY.match(text[end : end + 4])) or text[end - 1 : end] == "元"


def _report(folder: Path, gold: Path) -> Known:
    """Claims say in which quotation, and where in it, a figure stands."""
    told = json.loads(gold.read_text(encoding="utf-8"))
    text = next(folder.glob(f"{gold.stem}_*.txt")).read_text(encoding="utf-8")
    figures: list[Span] = []
    for claim in told["claims"]:
        start = text.index(claim["quote"]) + claim["quote"].index(claim["raw"])
        unit = claim.get("unit") or ""
        value = Decimal(str(claim["value"])) * next((times for sign, times in TIMES.items() if sign in unit), 1)
        figures.append((start, start + len(claim["raw"]), value))
    return Known(text, figures, ["元" in (claim.get("unit") or "") for claim in told["claims"]])


def scored(call: Call, texts: Iterable[Known], money: bool) -> str:
    """Recall: known figures at whose place the same value was found. Precision: found values that are known figures."""
    there = hits = found = 0
    for one in texts:
        wanted = [figure for figure, sum_ in zip(one.figures, one.money, strict=True) if sum_ or not money]
        given = call(one.text)
        there, found = there + len(wanted), found + len(given)
        hits += sum(any(_same(figure, span) for span in given) for figure in wanted)
    return f"找到 {hits}/{there}（{hits / max(there, 1):.3f}），给出 {found} 个，其中对的 {hits / max(found, 1):.3f}"


def _same(figure: Span, span: Span) -> bool:
    return span[0] < figure[1] and figure[0] < span[1] and span[2] == figure[2]


# ---------------------------------------------------------------- peers


def installed() -> Iterator[tuple[str, str, Call]]:
    """Name, to what it applies (all, units, money), and the call, of each peer that is here; the others are named."""
    if util.find_spec("recognizers_number") and util.find_spec("recognizers_number_with_unit"):
        yield from _recognizers()
    else:
        print("没有安装 recognizers-text，不比较。")
    if util.find_spec("jionlp"):
        yield "jionlp 金额和时间", "money", _jionlp()
    else:
        print("没有安装 jionlp，不比较。")


def _recognizers() -> Iterator[tuple[str, str, Call]]:
    culture = import_module("recognizers_text").Culture.Chinese
    number = import_module("recognizers_number")
    units = import_module("recognizers_number_with_unit")
    bare = [number.NumberRecognizer(culture).get_number_model()]
    measuring = units.NumberWithUnitRecognizer(culture)
    more = [
        number.NumberRecognizer(culture).get_percentage_model(),
        number.NumberRecognizer(culture).get_ordinal_model(),
    ]
    both = [measuring.get_currency_model(), measuring.get_dimension_model()]
    yield "recognizers 数字", "all", lambda text: _spans(bare, text)
    yield "recognizers 带单位", "units", lambda text: _spans([*bare, *more, *both], text)


def _spans(models: list[Any], text: str) -> list[Span]:
    return [(one.start, one.end + 1, _decimal(one.resolution)) for model in models for one in model.parse(text)]


def _decimal(resolution: dict[str, Any] | None) -> Decimal | None:
    try:
        return Decimal(str((resolution or {}).get("value") or "").rstrip("%"))
    except InvalidOperation:
        return None


def _jionlp() -> Call:
    with contextlib.redirect_stdout(io.StringIO()):
        jionlp = import_module("jionlp")
    logging.disable()  # it logs a traceback for each sentence that it cannot parse

    def call(text: str) -> list[Span]:
        jionlp.ner.extract_time(text)
        return [(*one["offset"], _amount(jionlp, one["text"])) for one in jionlp.ner.extract_money(text)]

    return call


def _amount(jionlp: Any, text: str) -> Decimal | None:
    try:
        told = jionlp.parse_money(text)["num"]
        return Decimal(str(told[0] if isinstance(told, list) else told)).normalize()
    except (InvalidOperation, KeyError, TypeError, ValueError):
        return None
