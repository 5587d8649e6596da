"""Makes the law library's YAML files and docs/law-conversion.md from the two tables of periods.

Usage: python scripts/convert_law.py FOLDER, where FOLDER holds law_1.json and law_2.json.
Decisions of form (which statute, which version, which period, which duplicate) are in scripts/law_names.yaml;
no length and no unit is decided here or there. Running it twice changes nothing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from law_report import Outcome, Totals, write_report
from law_rows import Row, read_rows

ROOT = Path(__file__).resolve().parents[1]
NAMES = Path(__file__).with_name("law_names.yaml")
LAW = ROOT / "src" / "fadu" / "law"
REPORT = ROOT / "docs" / "law-conversion.md"

ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千、至]+条")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
OUR_READING = "本系统理解：所读文本都没有规定施行之日在办案件如何适用，期限按其起算之日的有效版本确定。"
SILENT_ON_ROLLING = (
    "本系统理解：所读条文没有末日顺延的规定，机关的期限从严不顺延；"
    "公民、法人的期限从宽，末日是休假日的比照民法典第二百零三条顺延（逐条标明）。"
)
NO_ARTICLE = "来源没有写明条号"
UNVERIFIED = "数字未经原文核实"


class BadNames(Exception):
    """The override table and the rows do not fit together; the message names the row."""


Periods = Mapping[str, list[dict[str, Any]]]


@dataclass
class Library:
    """The decisions of the table, and everything to be written, gathered row by row."""

    statutes: Mapping[str, Mapping[str, Any]]
    persons: frozenset[str]
    cited: Mapping[str, tuple[str, str]]
    periods: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    settings: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True)
class Basis:
    """Where a row's figure stands: the name it was cited by, statute, version, article, further bases."""

    name: str
    statute: str
    version: str
    article: str
    also: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with law_1.json and law_2.json")
    rows = read_rows(parser.parse_args().folder)
    names = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    library = gather(rows, names)
    for title, periods in library.periods.items():
        write_statute(title, library.statutes[title], periods)
    write_settings(library.settings)
    series = [one for periods in library.periods.values() for one in periods.values()]
    totals = Totals(len(library.periods), len(series), sum(map(len, series)), len(library.settings))
    write_report(REPORT, library.outcomes, totals)


def gather(rows: list[Row], names: Mapping[str, Any]) -> Library:
    """Decides every row; refuses an override for a row that does not exist."""
    overrides: Mapping[str, Mapping[str, Any]] = names["rows"]
    by_id = {row.id: row for row in rows}
    strangers = sorted(set(overrides) - set(by_id))
    if strangers:
        raise BadNames(f"overrides for unknown rows: {strangers}")
    laws: Mapping[str, Mapping[str, Any]] = names["statutes"]
    cited = {name: (title, str(at)) for title, law in laws.items() for name, at in law["cited"].items()}
    library = Library(laws, frozenset(names["persons"]), cited)
    for row in rows:
        decide(row, overrides.get(row.id) or {}, by_id, library)
    return library


def decide(row: Row, override: Mapping[str, Any], by_id: Mapping[str, Row], library: Library) -> None:
    """One row becomes a duplicate of another one, a local setting, or one or more dated values."""
    if "merge" in override:
        library.outcomes.append(merged(row, override, by_id[override["merge"]]))
        return
    basis = locate(row, override, library.cited)
    reason = why_not_law(row, override, basis)
    if reason:
        library.settings.append(setting(row, override, basis, reason))
        library.outcomes.append(Outcome(row, "setting", "local/unverified.yaml", reason))
        return
    if not basis.statute:
        raise BadNames(f"{row.id}: no statute of the table is cited by {row.basis!r}")
    places = []
    splits: list[Mapping[str, Any]] = override.get("values") or [{}]
    for split in splits:
        words = {**override, **split}
        title = words.get("statute") or basis.statute
        period = ascii_brackets(str(words.get("period") or row.step))
        entry = value(row, words, basis, library, title)
        library.periods.setdefault(title, {}).setdefault(period, []).append(entry)
        places.append(f"{library.statutes[title]['slug']}.yaml · {period}")
    where = "；".join(dict.fromkeys(places))
    library.outcomes.append(Outcome(row, "value", where, str(override.get("because") or "")))


def merged(row: Row, override: Mapping[str, Any], other: Row) -> Outcome:
    """A duplicate must have the same length, unless the table says why it is written differently."""
    if (other.amount, other.unit) != (row.amount, row.unit) and "differs" not in override:
        raise BadNames(f"{row.id} is merged into {other.id} but its length differs")
    return Outcome(row, "merged", other.id, override.get("differs") or "同一法律、同一期限、同一长度")


def locate(row: Row, override: Mapping[str, Any], cited: Mapping[str, tuple[str, str]]) -> Basis:
    """Reads statute, version and article from the row's basis; the override's words come first."""
    first, _, also = row.basis.partition("；")
    best = max((name for name in cited if first.startswith(name)), key=len, default="")
    title, version = cited.get(best, ("", ""))
    name = best or ARTICLE.split(first)[0].replace("(条号未核)", "").strip()
    article = str(override.get("article") or first.removeprefix(name).strip().removesuffix("等"))
    version = str(override.get("version") or version)
    return Basis(name, title, version, article, str(override.get("also", also)))


def why_not_law(row: Row, override: Mapping[str, Any], basis: Basis) -> str:
    """The reason why a row may not become a rule; empty if it may."""
    if not row.verified:
        note = str(override.get("note", row.note))
        return f"{UNVERIFIED}：{note}" if note else UNVERIFIED
    if override.get("setting"):
        return str(override["setting"])
    if not ARTICLE.search(basis.article) and "article" not in override:
        return NO_ARTICLE
    return ""


def value(row: Row, words: Mapping[str, Any], basis: Basis, library: Library, title: str) -> dict[str, Any]:
    """One dated value, in the order in which a person reads it; empty words are left out."""
    kind = words.get("kind") or row.kind
    dated = kind == "date"
    bare = dated or kind == "by_paper"
    actor = str(words.get("actor") or row.actor)
    also = words.get("also", basis.also)
    note = "；".join(part for part in (str(words.get("note", row.note)), f"另据{also}" if also else "") if part)
    if ENGLISH.search(note):
        raise BadNames(f"{row.id}: the note is not Chinese: {note}")
    seen = {
        "since": words.get("since", row.since),
        "before": words.get("before", row.until + timedelta(days=1) if row.until else None),
        "kind": kind,
        "amount_min": None if bare else row.amount_min,
        "amount": None if bare else row.amount,
        "unit": None if bare else row.unit,
        "month_day": words.get("month_day", row.month_day) if dated else None,
        "version": label(str(words.get("version") or basis.version)),
        "article": tidy(str(words.get("article") or basis.article)),
        "roll": rolls_for_a_person(row, kind, actor, library.statutes[title], library.persons),
        "place": None if row.place == library.statutes[title].get("place") else row.place,
        "actor": tidy(actor),
        "trigger": tidy(str(words.get("trigger") or row.trigger)),
        "act": tidy(row.act),
        "extension": extension(words.get("extension", row.extension)),
        "excluded": tidy(str(words.get("excluded", row.excluded) or "")),
        "note": tidy(note),
        "gap": words.get("gap"),
    }
    return {word: content for word, content in seen.items() if content not in (None, "", {})}


def rolls_for_a_person(row: Row, kind: str, actor: str, law: Mapping[str, Any], persons: frozenset[str]) -> str | None:
    """Where the statute is silent, the last day of a citizen's or company's own period rolls."""
    doubtful = law.get("roll") is None and kind == "max" and row.unit in ("day", "month", "year")
    return "next" if doubtful and actor in persons else None


def extension(entry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not entry:
        return None
    order = ("amount", "unit", "times", "approver", "condition")
    said = {word: entry[word] for word in order if entry.get(word) is not None}
    return {word: tidy(part) if isinstance(part, str) else part for word, part in said.items()}


def setting(row: Row, override: Mapping[str, Any], basis: Basis, reason: str) -> dict[str, Any]:
    """A figure that is not law: a proposal for the office, with the reason why it is not enforced."""
    seen = {
        "name": ascii_brackets(str(override.get("period") or row.step)),
        "proposed": replace(row, kind=override.get("kind") or row.kind).length_in_words,
        "statute": tidy(basis.name),
        "article": tidy(basis.article) if ARTICLE.search(basis.article) else None,
        "place": override.get("place", row.place),
        "actor": row.actor,
        "trigger": tidy(row.trigger),
        "act": tidy(row.act),
        "reason": tidy(reason),
        "confirmed": None,
    }
    return {word: content for word, content in seen.items() if content is not None or word == "confirmed"}


def write_statute(title: str, law: Mapping[str, Any], periods: Periods) -> None:
    """One file a statute; versions get their first and last day from the table, else from their values."""
    values = [entry for series in periods.values() for entry in series]
    head: dict[str, Any] = {
        "statute": title,
        "title": law.get("title") or title,
        "aliases": law.get("aliases"),
        "place": law.get("place"),
        "sector": law.get("sector"),
        "successor": law.get("successor"),
        "transition": law.get("transition") or "by_trigger",
        "transition_basis": law.get("transition_basis") or OUR_READING,
        "roll": law.get("roll") or "none",
        "roll_basis": law.get("roll_basis") or SILENT_ON_ROLLING,
        "versions": [version(law.get("title") or title, entry, values) for entry in law["versions"]],
        "periods": [{"period": name, "values": sorted(series, key=in_order)} for name, series in periods.items()],
    }
    content = {word: part for word, part in head.items() if part}
    first = f"# {title}：各项期限及其条文。由 scripts/convert_law.py 生成；说明见 docs/law-conversion.md\n"
    (LAW / f"{law['slug']}.yaml").write_text(first + dump(content), encoding="utf-8")


def version(title: str, entry: Mapping[str, Any], values: list[dict[str, Any]]) -> dict[str, Any]:
    own = [each for each in values if str(each["version"]) == str(entry["label"])]
    if not own:
        raise BadNames(f"{title}: version {entry['label']} has no value")
    starts: list[Any] = [each.get("since") for each in own]
    ends: list[Any] = [each.get("before") for each in own]
    seen = {
        "label": label(str(entry["label"])),
        "title": entry.get("title") or f"{title}（{entry['label']}）",
        "since": entry.get("since") or (None if None in starts else min(starts)),
        "before": entry.get("before") or (None if None in ends else max(ends)),
    }
    return {word: content for word, content in seen.items() if content is not None}


def in_order(entry: dict[str, Any]) -> tuple[str, date]:
    return entry.get("place") or "", entry.get("since") or date.min


def write_settings(settings: list[dict[str, Any]]) -> None:
    (LAW / "local").mkdir(exist_ok=True)
    first = (
        "# 未经核实或没有条号的数字：只是建议，经本单位确认（confirmed）之前不生效。由 scripts/convert_law.py 生成\n"
    )
    (LAW / "local" / "unverified.yaml").write_text(first + dump(settings), encoding="utf-8")


def label(text: str) -> str | int:
    """A version named by its year is written bare."""
    return int(text) if text.isdigit() else text


def ascii_brackets(name: str) -> str:
    """Names of periods are written with plain brackets; the library takes both kinds."""
    return name.replace("（", "(").replace("）", ")")


def tidy(text: str) -> str:
    """Full-width punctuation inside Chinese text, so that all files are written alike."""
    text = re.sub(r"\(([^()]*)\)", r"（\1）", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]):", "：", text)
    for plain, wide in ((",", "，"), (";", "；"), ("=", "＝"), ("→", "，")):
        text = text.replace(plain, wide)
    return text.removesuffix("。")


class _Plain(yaml.SafeDumper):
    """Writes every date in full: no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(content: Any) -> str:
    return yaml.dump(
        content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False
    )


if __name__ == "__main__":
    main()
