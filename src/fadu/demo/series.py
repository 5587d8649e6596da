"""Series of similar stories from one page of YAML: parties, facts and days vary from case to case, always alike.

    说明: …
    依据: …
    程序: 行政应诉
    数目: 12                       # how many cases
    起号: 101                      # {号} of the first one, 1 when not said
    首日: 2023-01-04               # their first days are spread evenly over the working days from here
    末日: 2023-09-28               # to here
    日子: {收到: 0, 答辩: [5, 6]}  # working days after the day named before; of several, one is taken
    轮流: {结果: [维持, 撤销]}     # one after the other, so that the numbers are exact
    变化: {姓: [王, 李]}           # one of them by a digest of page, name and number of the case
    经过: …                        # as in a story; 日期 is one of the 日子, {结果} its value, {号} the number

A value that is itself a mapping brings several names at once, and may name others. “{收到:%Y年}” writes a day in words.
The lists of names.yaml beside the folder are among the 变化 of every series.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from fadu.rules.errors import DeclarationError
from fadu.rules.working_days import Calendar

WORDS = ("数目", "起号", "首日", "末日", "日子", "轮流", "变化")
Values = dict[str, Any]


def stories(path: Path, calendar: Calendar) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every story of a series: its name and its content, as in a file of its own."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = yaml.safe_load((path.parent.parent / "names.yaml").read_text(encoding="utf-8"))
    said["变化"] = names | (said.get("变化") or {})
    rest = {word: value for word, value in said.items() if word not in WORDS}
    count: int = said["数目"]
    for number, first in enumerate(_first_days(said, count, calendar)):
        values = varied(path.stem, said, number) | _days(path.stem, said, number, first, calendar)
        yield f"{path.stem}-{number + 1:03}", filled(rest, values, path.name)


def varied(name: str, said: Mapping[str, Any], number: int) -> Values:
    """What varies in the case of this number, counted from 0."""
    values: Values = {"号": said.get("起号", 1) + number}
    for word, choices in (said.get("轮流") or {}).items():
        _put(values, word, choices[number % len(choices)])
    for word, choices in (said.get("变化") or {}).items():
        _put(values, word, choices[_chosen(f"{name}:{word}:{number}", len(choices))])
    return {word: filled(value, values, name) for word, value in values.items()}


def filled(node: Any, values: Mapping[str, Any], here: str) -> Any:
    """A page with its names replaced; a text that is nothing but a name becomes the value itself."""
    if isinstance(node, dict):
        return {
            key: _day(value, values) if key == "日期" else filled(value, values, here) for key, value in node.items()
        }
    if isinstance(node, list):
        return [filled(value, values, here) for value in node]
    if not isinstance(node, str) or "{" not in node:
        return node
    parts = list(Formatter().parse(node))
    try:
        if len(parts) == 1 and not parts[0][0] and not parts[0][2]:
            return values[str(parts[0][1])]
        return node.format_map(values)
    except KeyError as fault:
        raise DeclarationError(f"{here}：“{node}”中的{fault}没有在轮流、变化或者日子中写明") from fault


def _put(values: Values, word: str, value: Any) -> None:
    values.update(value if isinstance(value, dict) else {word: value})


def _day(said: Any, values: Mapping[str, Any]) -> Any:
    return values[said] if isinstance(said, str) else said


def _first_days(said: Mapping[str, Any], count: int, calendar: Calendar) -> list[date]:
    first: date = said["首日"]
    length = calendar.count_working(first, said["末日"])
    return [calendar.add_working(calendar.next_working(first), number * length // count) for number in range(count)]


def _days(name: str, said: Mapping[str, Any], number: int, first: date, calendar: Calendar) -> dict[str, date]:
    found: dict[str, date] = {}
    day = first
    for word, after in said["日子"].items():
        choices = after if isinstance(after, list) else [after]
        day = calendar.add_working(day, choices[_chosen(f"{name}:{word}:{number}", len(choices))])
        found[word] = day
    return found


def _chosen(text: str, among: int) -> int:
    """A number below `among` that depends on the text only, on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % among
