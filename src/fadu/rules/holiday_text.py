"""Reads a holiday notice (放假通知) as the State Council's office words it, so that nobody copies days by hand.

元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。 What a sentence counts and the weekdays it
names must agree with the days; a sentence that only encourages is left aside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, NoReturn

from fadu.rules.holiday_files import BadHolidayFile, Notice, notice_of

_NUMBER = re.compile(r"(国办发明电|国办发)\s*[〔\[(](\d{4})[〕\])]\s*(\d+)\s*号")
_YEAR = re.compile(r"(\d{4})年[^。\n]{0,20}?(?:节假日|放假)")
_HEAD = re.compile(r"(?<![一-鿿“”])([一-鿿“”、]{2,40}):")
_NAME = re.compile(r"[一-鿿“”]{0,6}(?:节|元旦|三月三)")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?"
_DAYS = re.compile(rf"{_DAY}(?:\s*[至到~—–-]\s*{_DAY})?")
_VERB = re.compile(r"放假|上班|休息")
_TOTAL = re.compile(r"^[^。;]*?共?(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}
WORKING_WEEK, DECEMBER = 5, 12
JOINED = "与周末连休"


def notice_in(text: str, place: str | None = None) -> Notice:
    """The notice that a text words. place: of an autonomous place. Raises BadHolidayFile: what does not hold, why."""
    content = content_of_text(text)
    if not content["holidays"]:
        raise BadHolidayFile("没有找到放假的节日。", todo="请粘贴通知的全文，每个节日一项，例如“元旦：1月1日放假1天。”")
    return notice_of(content["notice"] or f"（{content['year']}年放假通知）", content, place)


def content_of_text(text: str) -> dict[str, Any]:
    """The same as a file would say it."""
    plain = _plain(text)
    year = _YEAR.search(plain)
    if year is None:
        raise BadHolidayFile(
            "没有找到是哪一年的放假安排。", todo="请把通知的标题一起粘贴，例如“关于2027年部分节假日安排的通知”。"
        )
    number = _NUMBER.search(plain)
    heads = [(name, head) for head in _HEAD.finditer(plain) if (name := _holidays(head[1]))]
    ends = [*(head.start() for _, head in heads), len(plain)][1:]
    read = (
        _Reading(int(year[1]), name).entry(plain[head.end() : end])
        for (name, head), end in zip(heads, ends, strict=True)
    )
    return {
        "year": int(year[1]),
        "notice": f"{number[1]}〔{number[2]}〕{number[3]}号" if number else None,
        "holidays": [entry for entry in read if entry["rest"]],
    }


def _holidays(words: str) -> str:
    """The holidays that words before a colon name, without a number before them; empty when they name none."""
    names = list(takewhile(_NAME.fullmatch, reversed(words.split("、"))))
    return "、".join(reversed(names))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u3000", " ")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sentences of one holiday."""

    year: int
    name: str

    def entry(self, said: str) -> dict[str, Any]:
        off: list[date] = []
        work: list[date] = []
        for sentence in re.split(r"[。;\n]", said):
            start = 0
            for verb in _VERB.finditer(sentence):
                days, rest = list(self._days(sentence[start : verb.start()])), sentence[verb.end() :]
                start = verb.end()
                if verb[0] == "上班":
                    work += days
                elif verb[0] == "放假":
                    off += self._counted(days, sentence, rest)
        return {"name": self.name, "rest": sorted(set(off)), "work": sorted(set(work))}

    def _counted(self, days: list[date], sentence: str, rest: str) -> list[date]:
        """The days off, with the weekend where they join it, as many as the sentence says."""
        if JOINED in rest and not days:
            self._refuse(sentence, "没有写明是哪一天")
        if JOINED in rest:
            return list(_with_weekend(days))
        said = _TOTAL.match(rest)
        if said and int(said[1]) != len(days):
            self._refuse(sentence, f"写明共{said[1]}天，按日期数是{len(days)}天")
        return days

    def _days(self, said: str) -> Iterator[date]:
        month = None
        for found in _DAYS.finditer(said):
            first = self._day(found.groups()[:4], month, said)
            last = self._day(found.groups()[4:], first.month, said) if found[7] else first
            month = last.month
            if not first <= last:
                self._refuse(said, "的日期前后颠倒")
            yield from (first + timedelta(days=number) for number in range((last - first).days + 1))

    def _day(self, parts: tuple[str | None, ...], month: int | None, said: str) -> date:
        in_year, in_month, on, remark = parts
        month = int(in_month) if in_month else month
        if month is None:
            self._refuse(said, "没有写明月份")
        year = self.year - 1 if "元旦" in self.name and month == DECEMBER else self.year
        try:
            day = date(int(in_year or year), month, int(on or 0))
        except ValueError:
            self._refuse(said, "写了不存在的日期")
        weekday = _WEEKDAY.search(remark or "")
        if weekday and _WEEKDAYS[weekday[1]] != day.weekday():
            self._refuse(said, f"写{day.month}月{day.day}日是{weekday[0]}，日历上不是")
        return day

    def _refuse(self, sentence: str, why: str) -> NoReturn:
        raise BadHolidayFile(f"“{self.name}”一项的“{sentence.strip()}”{why}。", todo="请对照通知的原文改正。")


def _with_weekend(days: list[date]) -> Iterator[date]:
    """The days and the weekend days next to them."""
    first, last = min(days), max(days)
    while (first - timedelta(days=1)).weekday() >= WORKING_WEEK:
        first -= timedelta(days=1)
    while (last + timedelta(days=1)).weekday() >= WORKING_WEEK:
        last += timedelta(days=1)
    yield from (first + timedelta(days=number) for number in range((last - first).days + 1))
