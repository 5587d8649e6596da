"""The days a report tells of, in words: 全年, 1—10月, 截至10月15日."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fadu.analytics.figures import Period
from fadu.rules.days import chinese_day
from fadu.rules.errors import BadInput


@dataclass(frozen=True, slots=True)
class Span:
    """A year, or its first part up to a day."""

    year: int
    last: date

    @property
    def period(self) -> Period:
        """[1 January, the day after the last)."""
        return Period(date(self.year, 1, 1), self.last + timedelta(days=1))

    @property
    def year_end(self) -> date:
        """By this day the case of the year's report is found, also before the year is over."""
        return date(self.year, 12, 31)

    @property
    def is_whole(self) -> bool:
        return self.last == self.year_end

    @property
    def of_months(self) -> bool:
        """Whether it ends with a month."""
        return (self.last + timedelta(days=1)).day == 1

    @property
    def over(self) -> str:
        """In a sentence, before the verb."""
        if self.is_whole:
            return "全年"
        return self._months if self.of_months else f"截至{self._day}"

    @property
    def end(self) -> str:
        """Of what stood on the last day."""
        if self.is_whole:
            return "年末"
        return f"{self.last.month}月末" if self.of_months else self.over

    def headed(self, title: str) -> str:
        """A title of one or two lines."""
        if self.is_whole or self.of_months:
            return f"{self.titled}{title}"
        return f"{self.year}年{title}\n（{self.over}）"

    @property
    def titled(self) -> str:
        """With its year, as the first sentence has it."""
        if self.is_whole:
            return f"{self.year}年"
        return f"{self.year}年{self._months if self.of_months else f'1月1日至{self._day}'}"

    @property
    def _months(self) -> str:
        return f"1—{self.last.month}月" if self.last.month > 1 else "1月"

    @property
    def _day(self) -> str:
        return f"{self.last.month}月{self.last.day}日"


def span(year: int, until: date | None, today: date) -> Span:
    """The year up to that day; without one the whole year, of the present one what is over. Raises BadInput."""
    if year > today.year:
        raise BadInput({"year": f"{year}年还没有开始，不能生成"})
    if until is None:
        return Span(year, min(today, date(year, 12, 31)))
    if until.year != year or until > today:
        latest = chinese_day(min(today, date(year, 12, 31)))
        raise BadInput({"until": f"截止日期应当在{year}年之内，最晚为{latest}"})
    return Span(year, until)
