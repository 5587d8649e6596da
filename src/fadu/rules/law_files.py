"""Reads the law's YAML files, and refuses what does not hold: unknown words, gaps, overlaps, missing articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

import yaml

from fadu.rules.law_terms import (
    NEVER_ROLLS,
    BadLawFile,
    ExtensionRule,
    Kind,
    LocalSetting,
    Roll,
    Rule,
    Statute,
    Transition,
    Unit,
    Version,
)

Word = TypeVar("Word", bound=StrEnum)
Entry = Mapping[str, Any]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MONTH_DAY = re.compile(r"(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STATUTE_WORDS = _words(
    "statute title aliases place sector successor versions periods transition transition_basis roll roll_basis"
)
_VERSION_WORDS = _words("label title since before")
_PERIOD_WORDS = _words("period values")
_VALUE_WORDS = _words(
    "since before kind amount amount_min unit month_day version article roll place sector actor trigger act "
    "note extension excluded gap verified"
)
_EXTENSION_WORDS = _words("amount unit times approver condition")
_SETTING_WORDS = _words("name proposed statute article place actor trigger act reason confirmed")


def read_yaml(path: Path) -> Any:
    """The content of one YAML file; a file that cannot be parsed is refused by name."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise BadLawFile(f"法律文件{path.name}不是有效的YAML：{error}") from error


def read_statute(path: Path) -> Statute:
    """One statute from its file, with every check that concerns one file."""
    return _StatuteFile(path.name, read_yaml(path)).statute()


def read_settings(path: Path) -> tuple[LocalSetting, ...]:
    """The unconfirmed figures of one file under `local/`."""
    entries = read_yaml(path) or []
    for entry in entries:
        unknown = sorted(set(entry) - _SETTING_WORDS)
        if unknown:
            raise BadLawFile(f"法律文件{path.name}中“{entry.get('name', '？')}”有不认识的词：{'、'.join(unknown)}。")
    return tuple(
        LocalSetting(**{word: entry.get(word) for word in LocalSetting.__dataclass_fields__}) for entry in entries
    )


class _StatuteFile:
    """One file being read; knows its own name so that every refusal can say where it is."""

    def __init__(self, name: str, content: Any) -> None:
        self.name = name
        if not isinstance(content, Mapping):
            self.refuse("整个文件", "不是一部法律的条目")
        self.content: Entry = content
        self.known("文件开头", content, _STATUTE_WORDS)
        self.title = self.text("文件开头", content, "statute")

    def refuse(self, where: str, why: str) -> NoReturn:
        raise BadLawFile(f"法律文件{self.name}的“{where}”{why}。", todo="请改正该文件后再启动，或运行 fadu law check。")

    def known(self, where: str, entry: Entry, words: frozenset[str]) -> None:
        unknown = sorted(str(word) for word in set(entry) - words)
        if unknown:
            self.refuse(where, f"有不认识的词：{'、'.join(unknown)}")

    def text(self, where: str, entry: Entry, word: str) -> str:
        value = entry.get(word)
        if value is None or not str(value).strip():
            self.refuse(where, f"缺少{word}")
        return str(value)

    def word(self, where: str, entry: Entry, name: str, words: type[Word]) -> Word:
        try:
            return words(str(entry.get(name)))
        except ValueError:
            self.refuse(where, f"的{name}不认识“{entry.get(name)}”，只能是{'、'.join(words)}")

    def number(self, where: str, entry: Entry, word: str) -> int | None:
        value = entry.get(word)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.refuse(where, f"的{word}必须是非负整数，现为“{value}”")
        return value

    def day(self, where: str, entry: Entry, word: str) -> date | None:
        value = entry.get(word)
        if value is not None and type(value) is not date:
            self.refuse(where, f"的{word}必须是日期（年-月-日），现为“{value}”")
        return value

    def statute(self) -> Statute:
        content, head = self.content, "文件开头"
        roll = self.word(head, content, "roll", Roll)
        versions = tuple(self.version(entry) for entry in content.get("versions") or ())
        labels = frozenset(version.label for version in versions)
        if len(labels) != len(versions) or not versions:
            self.refuse("versions", "为空或者有重复的版本")
        return Statute(
            title=self.title,
            slug=Path(self.name).stem,
            full_title=self.text(head, content, "title"),
            aliases=tuple(str(alias) for alias in content.get("aliases") or ()),
            place=content.get("place"),
            sector=content.get("sector"),
            successor=content.get("successor"),
            versions=versions,
            transition=self.word(head, content, "transition", Transition),
            transition_basis=self.text(head, content, "transition_basis"),
            roll=roll,
            roll_basis=self.text(head, content, "roll_basis"),
            periods=MappingProxyType(self.periods(roll, labels)),
        )

    def version(self, entry: Entry) -> Version:
        label = self.text("versions", entry, "label")
        where = f"版本{label}"
        self.known(where, entry, _VERSION_WORDS)
        since, before = self.interval(where, entry)
        return Version(label, self.text(where, entry, "title"), since, before)

    def interval(self, where: str, entry: Entry) -> tuple[date | None, date | None]:
        since, before = self.day(where, entry, "since"), self.day(where, entry, "before")
        if since is not None and before is not None and since >= before:
            self.refuse(where, f"的since（{since}）不早于before（{before}）")
        return since, before

    def periods(self, roll: Roll, labels: frozenset[str]) -> dict[str, tuple[Rule, ...]]:
        periods: dict[str, tuple[Rule, ...]] = {}
        for entry in self.content.get("periods") or ():
            name = self.text("periods", entry, "period")
            self.known(name, entry, _PERIOD_WORDS)
            if name in periods:
                self.refuse(name, "写了两次")
            values: Sequence[Entry] = entry.get("values") or ()
            if not values:
                self.refuse(name, "没有任何数值")
            rules = [self.rule(name, value, roll, labels) for value in values]
            self.check_series(name, rules, [value.get("gap") for value in values])
            periods[name] = tuple(rules)
        if not periods:
            self.refuse("periods", "没有任何期限")
        return periods

    def rule(self, name: str, value: Entry, roll: Roll, labels: frozenset[str]) -> Rule:
        self.known(name, value, _VALUE_WORDS)
        if not value.get("article"):
            self.refuse(name, "有数值而无条文（article）")
        if value.get("verified", True) is not True:
            self.refuse(name, "的数值未经核实，应放入local/，不得作为规则")
        version = self.text(name, value, "version")
        if version not in labels:
            self.refuse(name, f"的版本“{version}”未在versions中列出")
        kind, since, before, unit = self.measure(name, value)
        own_roll = self.word(name, value, "roll", Roll) if "roll" in value else None
        still = kind in NEVER_ROLLS or unit is Unit.HOUR
        return Rule(
            statute=self.title,
            version=version,
            period=name,
            kind=kind,
            amount=self.number(name, value, "amount"),
            amount_min=self.number(name, value, "amount_min"),
            unit=unit,
            month_day=value.get("month_day"),
            article=str(value["article"]),
            since=since,
            before=before,
            roll=own_roll or (Roll.NONE if still else roll),
            verified=True,
            place=value.get("place") or self.content.get("place"),
            sector=value.get("sector") or self.content.get("sector"),
            actor=self.text(name, value, "actor"),
            trigger=self.text(name, value, "trigger"),
            act=self.text(name, value, "act"),
            note=str(value.get("note") or ""),
            extension=self.extension(name, value.get("extension")),
            excluded=value.get("excluded"),
        )

    def measure(self, name: str, value: Entry) -> tuple[Kind, date | None, date | None, Unit | None]:
        """Kind, interval and unit; refuses a kind whose own words are missing or are not its own."""
        kind = self.word(name, value, "kind", Kind)
        unit = self.word(name, value, "unit", Unit) if value.get("unit") is not None else None
        since, before = self.interval(name, value)
        amount, least = self.number(name, value, "amount"), self.number(name, value, "amount_min")
        month_day = value.get("month_day")
        if kind is Kind.RANGE and (amount is None or least is None or least >= amount):
            self.refuse(name, "是区间（range），必须写明两端amount_min和amount，且前者小于后者")
        if kind is not Kind.RANGE and least is not None:
            self.refuse(name, "写了amount_min，但不是区间（range）")
        if kind is Kind.LEAD and unit is None:
            self.refuse(name, "是提前（lead），必须写明单位unit")
        if kind is Kind.DATE and not _MONTH_DAY.fullmatch(str(month_day)):
            self.refuse(name, f"是日历日（date），必须写明month_day（月-日），现为“{month_day}”")
        if kind is not Kind.DATE and month_day is not None:
            self.refuse(name, "写了month_day，但不是日历日（date）")
        bare = kind in (Kind.DATE, Kind.BY_PAPER)
        if bare and (amount is not None or unit is not None):
            self.refuse(name, f"的kind为{kind}，不应有amount或unit")
        if not bare and (amount is None or unit is None):
            self.refuse(name, f"的kind为{kind}，必须写明amount和unit")
        return kind, since, before, unit

    def extension(self, name: str, entry: Entry | None) -> ExtensionRule | None:
        if entry is None:
            return None
        where = f"{name}·延长"
        self.known(where, entry, _EXTENSION_WORDS)
        amount = self.number(where, entry, "amount")
        unit = self.word(where, entry, "unit", Unit) if entry.get("unit") is not None else None
        if (amount is None) != (unit is None):
            self.refuse(where, "的amount和unit必须同时写或者同时不写")
        times = self.number(where, entry, "times")
        return ExtensionRule(amount, unit, times, entry.get("approver"), entry.get("condition"))

    def check_series(self, name: str, rules: Sequence[Rule], gaps: Sequence[str | None]) -> None:
        """At one place and sector the values follow one another: no overlap, and no gap without its reason."""
        dated = sorted(zip(rules, gaps, strict=True), key=lambda pair: _place_and_day(pair[0]))
        for _, group in groupby(dated, key=lambda pair: _place_and_day(pair[0])[:2]):
            for (earlier, _), (later, gap) in pairwise(group):
                if earlier.before is None or later.since is None or later.since < earlier.before:
                    self.refuse(name, f"自{_said(later.since)}起的数值与自{_said(earlier.since)}起的数值重叠")
                if later.since > earlier.before and not gap:
                    last = later.since - timedelta(days=1)
                    self.refuse(name, f"在{earlier.before}至{last}之间没有数值，也没有写明原因（gap）")


def check_titles(statutes: Iterable[Statute]) -> dict[str, Statute]:
    """Every name by which a statute may be asked for; two statutes of one name are refused."""
    names: dict[str, Statute] = {}
    for statute in statutes:
        for name in dict.fromkeys((statute.title, statute.full_title, *statute.aliases)):
            other = names.setdefault(name, statute)
            if other is not statute:
                raise BadLawFile(f"法律文件{statute.slug}.yaml与{other.slug}.yaml使用了同一个名称“{name}”。")
    for statute in names.values():
        if statute.successor is not None and statute.successor not in names:
            raise BadLawFile(f"法律文件{statute.slug}.yaml所写的后继“{statute.successor}”不在法律库中。")
    return names


def _place_and_day(rule: Rule) -> tuple[str, str, date]:
    return rule.place or "", rule.sector or "", rule.since or date.min


def _said(day: date | None) -> str:
    return str(day) if day is not None else "最早可见之日"
