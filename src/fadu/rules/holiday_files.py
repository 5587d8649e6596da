"""Reads holiday notices, of files and of a house's register, and refuses what contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from fadu.rules.law_files import read_yaml
from fadu.rules.law_terms import LawError

WORKING_WEEK = 5
_NOTICE_WORDS = frozenset(("year", "notice", "holidays"))
_ENTRY_WORDS = frozenset(("name", "statutory", "rest", "work", "notice", "place"))
_DAY_WORDS = ("rest", "work", "statutory")


class BadHolidayFile(LawError):
    """A holiday file that does not hold; the sentence names the file."""

    code = "bad_holiday_file"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice: days off (weekends among them), weekend days worked, statutory days.

    source: the notice, or the later notice that changed this holiday; place: an autonomous place whose own
    holiday this is, None for the whole nation.
    """

    name: str
    source: str
    off: tuple[date, ...]
    work: tuple[date, ...]
    statutory: tuple[date, ...]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The holidays of one year; its 元旦 may begin in the last days of the year before.

    place: of a notice that an autonomous place has made for itself; it adds to the nation's and does not make
    the year known.
    """

    year: int
    number: str | None
    holidays: tuple[Holiday, ...]
    place: str | None = None

    @property
    def source(self) -> str:
        """How the notice is called: its number where it has one."""
        return self.number or f"国务院办公厅{self.year}年放假通知"


def read_notices(folder: Path) -> tuple[Notice, ...]:
    """All holiday files of a folder, one a year."""
    return tuple(read_notice(path) for path in sorted(folder.glob("*.yaml")))


def read_notice(path: Path, place: str | None = None) -> Notice:
    """One holiday file. place: it is the notice of an autonomous place."""
    try:
        return notice_of(path.name, read_yaml(path), place)
    except UnicodeDecodeError as fault:
        raise BadHolidayFile(f"节假日文件{path.name}不是 UTF-8 编码的文本。") from fault


def notice_of(name: str, content: Any, place: str | None = None) -> Notice:
    """The notice that the content of a file or a register entry tells; raises BadHolidayFile."""
    if not isinstance(content, Mapping):
        _refuse(name, "没有放假通知的内容")
    _known(name, content, _NOTICE_WORDS)
    year, number, entries = content.get("year"), content.get("notice"), content.get("holidays")
    if type(year) is not int or not date.min.year < year < date.max.year:
        _refuse(name, f"的年份（year）“{year}”不是四位数的年份")
    if number is not None and not isinstance(number, str):
        _refuse(name, f"的文号（notice）“{number}”不是文字")
    if not isinstance(entries, list) or not entries:
        _refuse(name, "没有写任何节日（holidays）")
    plain = Notice(year, number, (), place)
    made = Notice(year, number, tuple(_holiday(name, plain, entry) for entry in entries), place)
    _check(name, made)
    return made


def content_of(notice: Notice) -> dict[str, Any]:
    """The notice as plain data, as a register keeps it; `notice_of` reads it back."""
    return {"year": notice.year, "notice": notice.number, "holidays": list(map(_entry_of, notice.holidays))}


def _entry_of(one: Holiday) -> dict[str, Any]:
    days = zip(_DAY_WORDS, (one.off, one.work, one.statutory), strict=True)
    said: dict[str, Any] = {word: [day.isoformat() for day in given] for word, given in days}
    return {"name": one.name, "notice": one.source, "place": one.place} | said


def days_of(notice: Notice) -> set[date]:
    """Every day the notice for the nation names as a day off or a day worked."""
    return {day for one in notice.holidays if one.place is None for day in (*one.off, *one.work)}


def _holiday(name: str, notice: Notice, entry: Any) -> Holiday:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        _refuse(name, "中有一个节日没有名称（name）")
    _known(name, entry, _ENTRY_WORDS)
    where = f"的“{entry['name']}”"
    off, work, statutory = (tuple(_days(name, notice.year, entry, word)) for word in _DAY_WORDS)
    if any(day.weekday() < WORKING_WEEK for day in work):
        _refuse(name, f"{where}把平日写成了调休上班日")
    if not off:
        _refuse(name, f"{where}没有写放假的日期（rest）")
    place = entry.get("place") or notice.place
    if notice.place and place != notice.place:
        _refuse(name, f"{where}的地方“{place}”与所指定的“{notice.place}”不同")
    return Holiday(entry["name"], entry.get("notice") or notice.source, off, work, statutory, place)


def _days(name: str, year: int, entry: Mapping[str, Any], word: str) -> Iterator[date]:
    """The days of a list; a register keeps them as text."""
    said = entry.get(word) or ()
    if not isinstance(said, list | tuple):
        _refuse(name, f"的“{entry['name']}”中{word}不是日期的列表")
    for one in said:
        try:
            day = date.fromisoformat(one) if isinstance(one, str) else one
        except ValueError:
            day = one
        if type(day) is not date or day.year not in (year - 1, year):
            _refuse(name, f"的“{entry['name']}”中“{one}”不是{year}年的日期")
        yield day


def _check(name: str, notice: Notice) -> None:
    """One notice says of a day one thing, once; a later notice within the file may take an earlier one back."""
    for source, place in dict.fromkeys((one.source, one.place) for one in notice.holidays):
        group = [one for one in notice.holidays if (one.source, one.place) == (source, place)]
        off, work = (Counter(day for one in group for day in getattr(one, word)) for word in ("off", "work"))
        if twice := [day for day, times in sorted((off + work).items()) if times > 1]:
            both = [day for day in twice if off[day] and work[day]]
            why = f"{_told(both)}既放假又上班" if both else f"{_told(twice)}写了两次"
            _refuse(name, f"中{why}")
    off = Counter(day for one in notice.holidays for day in one.off)
    if strange := [day for one in notice.holidays for day in one.statutory if not off[day]]:
        _refuse(name, f"把没有放假的{_told(strange)}写成了法定休假日")


def _told(days: Iterable[date]) -> str:
    return "、".join(map(str, days))


def _known(name: str, entry: Mapping[str, Any], words: frozenset[str]) -> None:
    if unknown := sorted(map(str, set(entry) - words)):
        _refuse(name, f"有不认识的词：{'、'.join(unknown)}")


def _refuse(name: str, why: str) -> NoReturn:
    raise BadHolidayFile(f"节假日文件{name}{why}。", todo="请对照通知原文改正该文件。")
