"""What statutes say besides periods: numbers of persons, amounts, and on what day something counts as received.

Written by hand under law/besides/, one file a statute; every value has its article and its days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from fadu.rules.law_files import read_yaml
from fadu.rules.law_terms import BadLawFile

_LIMIT_WORDS = frozenset(("since", "before", "at_least", "at_most", "article", "note"))
_AMOUNT_WORDS = frozenset(("since", "before", "at_most_yuan", "article", "note"))
_RECEIPT_WORDS = frozenset(("since", "before", "channel", "by", "article", "note"))


class ReceivedBy(StrEnum):
    """Which fact tells the day on which something was received."""

    HANDED_IN = "handed_in"
    SIGNED = "signed"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"

    @property
    def label(self) -> str:
        return {"handed_in": "提交", "signed": "签收", "confirmed": "双方确认", "arrived": "到达"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One value of a statute, in force from `since` until the day before `before`; article: cited in full."""

    statute: str
    name: str
    since: date | None
    before: date | None
    article: str
    note: str

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.before is None or on < self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Dated):
    """A number of persons; None: no bound on that side."""

    at_least: int | None
    at_most: int | None

    def holds(self, number: int) -> bool:
        return (self.at_least or 0) <= number and (self.at_most is None or number <= self.at_most)

    @property
    def in_words(self) -> str:
        """1至2人, 10人以上, 不超过5人."""
        if self.at_least is None:
            return f"不超过{self.at_most}人"
        return f"{self.at_least}人以上" if self.at_most is None else f"{self.at_least}至{self.at_most}人"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Dated):
    """An amount of money up to which something holds, in 分."""

    at_most: int

    @property
    def in_words(self) -> str:
        """不超过3,000元"""
        return f"不超过{self.at_most // 100:,}元"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRule(Dated):
    """By which fact the day of receipt is told for one channel."""

    channel: str
    by: ReceivedBy


@dataclass(frozen=True, slots=True)
class CounterHours:
    """The house's own setting: when the counter closes, and whether what comes later is of the next working day."""

    closing: time
    next_workday: bool


@dataclass(frozen=True, slots=True)
class Besides:
    """Everything read from one folder of the law."""

    limits: tuple[Limit, ...] = ()
    amounts: tuple[Amount, ...] = ()
    receipts: tuple[ReceiptRule, ...] = ()
    counter: CounterHours | None = None

    @property
    def numbers(self) -> tuple[Limit | Amount, ...]:
        return *self.limits, *self.amounts


def read_besides(law: Path) -> Besides:
    """The files under besides/ and the hours of the counter, local/counter.yaml. Raises BadLawFile."""
    limits: list[Limit] = []
    amounts: list[Amount] = []
    receipts: list[ReceiptRule] = []
    for path in sorted((law / "besides").glob("*.yaml")):
        content = read_yaml(path)
        if not isinstance(content, Mapping) or set(content) - {"statute", "limits", "amounts", "receipts"}:
            _refuse(path, "整个文件", "只能有 statute、limits、amounts、receipts")
        limits += _limits(path, content)
        amounts += _amounts(path, content)
        receipts += _receipts(path, content)
    hours = law / "local" / "counter.yaml"
    return Besides(tuple(limits), tuple(amounts), tuple(receipts), _hours(hours) if hours.exists() else None)


def _refuse(path: Path, where: str, why: str) -> NoReturn:
    raise BadLawFile(f"法律文件{path.name}的“{where}”{why}。", todo="请改正该文件后再启动，或运行 fadu law check。")


def _values(
    path: Path, content: Mapping[str, Any], part: str, words: frozenset[str]
) -> Iterator[tuple[str, Mapping[str, Any], dict[str, Any]]]:
    """Name, entry, and what every dated value has; a value without article or with an unknown word is refused."""
    for series in content.get(part) or ():
        name = str(series.get("name", "？"))
        for value in series.get("values") or ():
            if unknown := sorted(set(value) - words):
                _refuse(path, name, f"有不认识的词：{'、'.join(unknown)}")
            since, before = value.get("since"), value.get("before")
            if not value.get("article"):
                _refuse(path, name, "有数值而无条文（article）")
            if any(day is not None and type(day) is not date for day in (since, before)):
                _refuse(path, name, "的since、before必须是日期（年-月-日）")
            own = {"article": str(value["article"]), "note": str(value.get("note", ""))}
            yield name, value, {"statute": content["statute"], "name": name, "since": since, "before": before} | own


def _limits(path: Path, content: Mapping[str, Any]) -> Iterator[Limit]:
    for name, value, own in _values(path, content, "limits", _LIMIT_WORDS):
        least, most = value.get("at_least"), value.get("at_most")
        bounds = [bound for bound in (least, most) if bound is not None]
        if not bounds or any(type(bound) is not int or bound < 1 for bound in bounds) or sorted(bounds) != bounds:
            _refuse(path, name, "必须写明人数at_least、at_most，前者不大于后者")
        yield Limit(at_least=least, at_most=most, **own)


def _amounts(path: Path, content: Mapping[str, Any]) -> Iterator[Amount]:
    for name, value, own in _values(path, content, "amounts", _AMOUNT_WORDS):
        yuan = value.get("at_most_yuan")
        if type(yuan) is not int or yuan < 1:
            _refuse(path, name, "必须写明金额at_most_yuan（元，整数）")
        yield Amount(at_most=yuan * 100, **own)


def _receipts(path: Path, content: Mapping[str, Any]) -> Iterator[ReceiptRule]:
    for name, value, own in _values(path, content, "receipts", _RECEIPT_WORDS):
        if not value.get("channel") or value.get("by") not in set(ReceivedBy):
            _refuse(path, name, f"必须写明channel和by（{'、'.join(ReceivedBy)}）")
        yield ReceiptRule(channel=str(value["channel"]), by=ReceivedBy(value["by"]), **own)


def _hours(path: Path) -> CounterHours:
    try:
        return counter_hours(read_yaml(path))
    except (KeyError, TypeError, ValueError):
        _refuse(path, "窗口", "必须写明closing（下班时间，如“17:30”）和late（same_day或next_workday）")


def counter_hours(said: Mapping[str, Any]) -> CounterHours:
    """The hours of the counter as a file or a register says them. Raises KeyError, TypeError, ValueError."""
    return CounterHours(time.fromisoformat(said["closing"]), {"next_workday": True, "same_day": False}[said["late"]])
