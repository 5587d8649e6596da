"""The law library: the dated periods and amounts of all statutes, by the Chinese names a lawyer cites."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TypeVar

from fadu.rules.days import chinese_day
from fadu.rules.law_besides import Amount, Besides, Dated, Limit, ReceiptRule, read_besides
from fadu.rules.law_files import check_titles, read_settings, read_statute
from fadu.rules.law_terms import (
    KIND_WORDS,
    UNIT_WORDS,
    BadLawFile,
    ExtensionRule,
    Kind,
    LawError,
    LocalSetting,
    NotInForce,
    Roll,
    Rule,
    Statute,
    Transition,
    Unit,
    UnknownPeriod,
    UnknownStatute,
    Version,
)

__all__ = [
    "KIND_WORDS",
    "LAW_FOLDER",
    "UNIT_WORDS",
    "BadLawFile",
    "ExtensionRule",
    "Kind",
    "LawError",
    "Library",
    "LocalSetting",
    "NotInForce",
    "Roll",
    "Rule",
    "Statute",
    "Transition",
    "Unit",
    "UnknownPeriod",
    "UnknownStatute",
    "Version",
    "load_library",
]

LAW_FOLDER = Path(__file__).resolve().parents[1] / "law"


Value = TypeVar("Value", bound=Dated)
Followed = TypeVar("Followed", Rule, Amount, Limit)


class Library:
    """All statutes, periods and unconfirmed local settings; immutable once made."""

    def __init__(
        self, statutes: Iterable[Statute], settings: Iterable[LocalSetting] = (), besides: Besides | None = None
    ) -> None:
        self._statutes = tuple(sorted(statutes, key=lambda statute: statute.slug))
        self._names = check_titles(self._statutes)
        self._settings = tuple(settings)
        self.besides = besides or Besides()

    def statutes(self) -> tuple[Statute, ...]:
        return self._statutes

    def statute(self, title: str) -> Statute:
        """The statute of that name: short, full (中华人民共和国…), another usual name, with or without 《》."""
        asked = title.strip().removeprefix("《").removesuffix("》")
        found = self._names.get(asked) or self._names.get(asked.removeprefix("中华人民共和国"))
        if found is None:
            raise UnknownStatute(f"法律库中没有“{asked}”。", todo=_perhaps(asked, self._names))
        return found

    def series(self, statute: str, period: str) -> tuple[Rule, ...]:
        """All dated values of one period, at all places and in all sectors, in the order of the file."""
        law = self.statute(statute)
        rules = law.periods.get(period.replace("（", "(").replace("）", ")"))
        if rules is None:
            raise UnknownPeriod(f"《{law.title}》中没有名为“{period}”的期限。", todo=_perhaps(period, law.periods))
        return rules

    def period(
        self, statute: str, period: str, on: date, *, place: str | None = None, sector: str | None = None
    ) -> Rule:
        """The one value in force on that day: the tightest place wins, then the sector, then the general rule.

        A place is written from the large to the small (山东济南) and a rule for 山东 holds in 山东济南.
        Asking a local statute by its name without a place means its own place.
        """
        law = self.statute(statute)
        series = self.series(statute, period)
        here, trade = place or law.place, sector or law.sector
        fitting = [rule for rule in series if _holds_at(rule, here, trade)]
        current = [rule for rule in fitting if rule.in_force(on)]
        if not current:
            raise _not_in_force(law, period, on, fitting, here, trade)
        return max(current, key=lambda rule: (len(rule.place or ""), rule.sector is not None))

    def with_value(
        self, statute: str, period: str, amount: int, unit: Unit, since: date, *, place: str | None = None
    ) -> Library:
        """The library as it would be if a period had another length from a day on, up to where today's value ends.

        Raises what `period` raises, BadLawFile for a period that is no plain length.
        """
        law, now = self.statute(statute), self.period(statute, period, since, place=place)
        if now.amount is None or now.month_day is not None:
            raise BadLawFile(f"《{law.title}》的期限“{now.period}”不是一段时间的长度，不能换成另一个长度。")
        then = replace(now, amount=amount, amount_min=None, unit=unit, since=since, note="")
        changed = replace(law, periods={**law.periods, now.period: _followed(law.periods[now.period], now, then)})
        statutes = (changed if one == law else one for one in self._statutes)
        return Library(statutes, self._settings, self.besides)

    def rules(self, on: date | None = None) -> tuple[Rule, ...]:
        """Every value of every period, or only those in force on that day."""
        every = (rule for law in self._statutes for series in law.periods.values() for rule in series)
        return tuple(rule for rule in every if on is None or rule.in_force(on))

    def limit(self, statute: str, name: str, on: date) -> Limit:
        """The number of persons in force on that day. Raises UnknownPeriod, NotInForce."""
        return _current(self.besides.limits, "人数", statute, name, on)

    def amount(self, statute: str, name: str, on: date) -> Amount:
        """The amount of money in force on that day. Raises UnknownPeriod, NotInForce."""
        return _current(self.besides.amounts, "金额", statute, name, on)

    def with_amount(self, statute: str, name: str, at_most: int, since: date) -> Library:
        """The library as it would be if an amount, in 分, were another from a day on, up to where today's value ends.

        Raises what `amount` raises.
        """
        now = self.amount(statute, name, since)
        amounts = _followed(self.besides.amounts, now, replace(now, at_most=at_most, since=since, note=""))
        return Library(self._statutes, self._settings, replace(self.besides, amounts=amounts))

    def with_limit(self, statute: str, name: str, at_least: int | None, at_most: int | None, since: date) -> Library:
        """The library as it would be if a number of persons were another from a day on, as `with_amount`.

        Raises what `limit` raises.
        """
        now = self.limit(statute, name, since)
        then = replace(now, at_least=at_least, at_most=at_most, since=since, note="")
        return Library(
            self._statutes, self._settings, replace(self.besides, limits=_followed(self.besides.limits, now, then))
        )

    def receipt_rules(self, statute: str, name: str) -> tuple[ReceiptRule, ...]:
        """By which fact the day of receipt is told, all channels and days. Raises UnknownPeriod."""
        found = tuple(one for one in self.besides.receipts if (one.statute, one.name) == (statute, name))
        if not found:
            raise UnknownPeriod(f"《{statute}》中没有名为“{name}”的收件规则。")
        return found

    def local_settings(self) -> tuple[LocalSetting, ...]:
        """Figures nobody has verified; never returned by `period`, in force only once an office confirms them."""
        return self._settings

    def digest(self) -> str:
        """SHA-256 over the content (not the layout) of all statutes: names the edition of the law."""
        text = json.dumps(
            [
                *(_canonical(law) for law in self._statutes),
                *(asdict(one) for one in (*self.besides.numbers, *self.besides.receipts)),
            ],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=str,
        )
        return hashlib.sha256(text.encode()).hexdigest()


def load_library(folder: Path | None = None) -> Library:
    """The library in `folder`; without one, the library that comes with Fadu (read once a process)."""
    return _default_library() if folder is None else _read_library(folder)


@cache
def _default_library() -> Library:
    return _read_library(LAW_FOLDER)


def _read_library(folder: Path) -> Library:
    statutes = [read_statute(path) for path in sorted(folder.glob("*.yaml"))]
    unverified = folder / "local" / "unverified.yaml"
    return Library(statutes, read_settings(unverified) if unverified.exists() else (), read_besides(folder))


def _followed(series: Iterable[Followed], now: Followed, then: Followed) -> tuple[Followed, ...]:
    """The values of a series with one of them ended where another begins, or replaced where both begin."""
    found: list[Followed] = []
    for old in series:
        if old != now:
            found.append(old)
            continue
        found += [then] if now.since == then.since else [replace(now, before=then.since), then]
    return tuple(found)


def _current(values: Iterable[Value], kind: str, statute: str, name: str, on: date) -> Value:
    """The one of these values of a statute that is in force on the day."""
    series = [one for one in values if (one.statute, one.name) == (statute, name)]
    if not series:
        raise UnknownPeriod(f"《{statute}》中没有名为“{name}”的{kind}。")
    current = [one for one in series if one.in_force(on)]
    if not current:
        raise NotInForce(f"《{statute}》的{kind}“{name}”在法律库中没有{chinese_day(on)}的规定。")
    return current[0]


def _holds_at(rule: Rule, place: str | None, sector: str | None) -> bool:
    """A rule without place or sector holds everywhere; a rule for a province holds in its cities."""
    at_place = rule.place is None or (place or "").startswith(rule.place)
    return at_place and rule.sector in (None, sector)


def _not_in_force(
    law: Statute, period: str, on: date, fitting: Sequence[Rule], place: str | None, sector: str | None
) -> NotInForce:
    """The refusal says since when or until when there was a value, instead of falling back on another one."""
    name = f"《{law.title}》的期限“{period}”"
    if not fitting:
        asked = "、".join(word for word in (place, sector) if word) or "全国"
        scopes = dict.fromkeys("".join((rule.place or "", rule.sector or "")) for rule in law.periods[period])
        return NotInForce(f"{name}不适用于{asked}，只适用于{'、'.join(scopes)}。")
    ended = [rule for rule in fitting if rule.before is not None and rule.before <= on]
    if ended:
        last = max(ended, key=lambda rule: rule.before or date.min)
        day = (last.before or on) - timedelta(days=1)
        todo = f"请查阅接替它的《{law.successor}》。" if law.successor else None
        return NotInForce(
            f"{name}最后适用至{chinese_day(day)}，{chinese_day(on)}已无规定。", article=last.cite, todo=todo
        )
    first = min(fitting, key=lambda rule: rule.since or date.min)
    since = chinese_day(first.since or on)
    return NotInForce(f"{name}在法律库中自{since}起才有规定，{chinese_day(on)}没有。", article=first.cite)


def _perhaps(asked: str, names: Iterable[str]) -> str | None:
    """The nearest names, for a person who mistyped one; names that contain the asked word come first."""
    known = list(names)
    near = [name for name in known if asked and asked in name][:3]
    near += [name for name in get_close_matches(asked, known, n=3, cutoff=0.4) if name not in near]
    return f"您要找的是不是：{'、'.join(near[:5])}？" if near else None


def _canonical(law: Statute) -> dict[str, object]:
    """A statute as plain data, in the order of its fields; the digest is taken over this."""
    plain: dict[str, object] = {field.name: getattr(law, field.name) for field in fields(law)}
    plain["versions"] = [asdict(version) for version in law.versions]
    plain["periods"] = {name: [asdict(rule) for rule in rules] for name, rules in law.periods.items()}
    return plain
