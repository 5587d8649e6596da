"""Checks of a case's record and of what is computed from it: chain, fold, columns, dates, facts, declaration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError

from fadu.infra import jobs
from fadu.kernel import ledger, models, sought, sought_entries, store
from fadu.kernel.integrity.words import House, Look, Row, differing
from fadu.kernel.sought_models import SoughtEntry
from fadu.kernel.timekeeping import reckon_all
from fadu.rules import casefile
from fadu.rules.casefile import TABLES, CaseFile
from fadu.rules.facts import fact_fields, form_model
from fadu.rules.registry import digest

TABLE_WORDS = {
    "party": "当事人", "agent": "代理人、代表人", "item": "请求事项", "track": "环节", "clock": "期限", "paper": "文书",
    "service": "送达", "publication": "公开", "link": "关联案件",
}  # fmt: skip
HEAD_WORDS = {
    "state": "状态", "position": "记录序号", "closed": "办结日期", "number": "案号", "title": "标题",
    "officer": "承办人", "outcome": "结果", "facts": "案情", "done": "办理经过", "opened": "立案日期",
}  # fmt: skip
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "party": {"role": "role", "name": "name", "organ_id": "organ", "since": "since", "before": "before"},
    "agent": {"kind": "kind", "name": "name", "since": "since", "until": "until", "before": "before"},
    "item": {"outcome": "outcome"},
    "track": {"name": "name", "state": "state"},
    "clock": {"name": "name", "party": "party", "ours": "ours", "start": "start", "stopped": "stopped"},
    "paper": {"name": "name", "number": "number", "day": "day", "digest": "digest", "audience": "audience"},
    "service": {"paper": "paper", "party": "party", "method": "method", "effective": "effective"},
    "publication": {"paper": "paper", "day": "day"},
    "link": {"other_id": "other", "relation": "relation", "effect": "effect"},
}
"""Typed column → field of the row's data that it repeats."""

KEYS = {"actor": "actor_id", "organ": "organ_id", "stream": "stream_id"}
"""Columns of events that are called otherwise than in the body."""

# ---------------------------------------------------------------- the record


def chain(look: Look, house: House) -> Iterator[str]:
    """Chain, columns of the events, digests of the values."""
    if look.only_imported:
        return
    events = [
        (
            event["body"],
            bytes.fromhex(event["hash"]),
            *(event[KEYS.get(word, word)] for word in ledger.IN_BODY),
        )
        for event in look.events
    ]
    stream = look.stream
    values = {(v["position"], v["slot"]): (bytes.fromhex(v["salt"]), v["value"]) for v in look.values}
    read = ledger.Chain("全过程记录", stream["position"], bytes.fromhex(stream["head"]), _moments(events), values)
    try:
        ledger.verify_chain(read)
    except ledger.LedgerError as fault:
        yield fault.message


def _moments(events: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The moment of recording as a moment: it came as text."""
    place = 2 + ledger.IN_BODY.index("recorded")
    return [(*event[:place], datetime.fromisoformat(event[place]), *event[place + 1 :]) for event in events]


def other_chains(house: House) -> Iterator[tuple[str, str]]:
    """Chains of the house and of its registers."""
    for stream in models.Stream.objects.exclude(kind="case").order_by("pk"):
        try:
            ledger.verify(stream.pk)
        except ledger.LedgerError as fault:
            yield f"{stream.get_kind_display()}“{stream.name}”的记录", fault.message


def refold(look: Look, house: House) -> Iterator[str]:
    """The case folded from its events is the case that stands in the tables."""
    if look.only_imported:
        return
    if not look.events:
        yield "没有任何全过程记录"
        return
    folded = _fold(look)
    for name in HEAD_WORDS.keys() - {"facts"}:
        if getattr(folded, name) != getattr(look.file, name):
            yield f"{HEAD_WORDS[name]}与全过程记录推算的不同"
    for name in differing(folded.facts, look.file.facts):
        yield f"案情“{_label(look, name)}”与全过程记录推算的不同"
    for table in TABLES:
        for key in differing(folded.table(table), look.file.table(table)):
            yield f"{TABLE_WORDS[table]}“{key}”与全过程记录推算的不同"


def _label(look: Look, name: str) -> str:
    fields = fact_fields(look.procedure.facts) if look.procedure else {}
    return fields[name].fact.label if name in fields else name


def _fold(look: Look) -> CaseFile:
    """The case from its events."""
    values = {(v["position"], v["slot"]): v["value"] for v in look.values}
    bodies = [json.loads(event["body"]) for event in look.events]
    head = {name: getattr(look.file, name) for name in ("id", "system", "version", "organ", "body")}
    head |= {"opened": bodies[0]["happened"], "officer": bodies[0]["actor"]}
    events = [(b["position"], ledger.with_values(b["position"], b["operations"], values)) for b in bodies]
    reversed_ = frozenset(b["reverses"] for b in bodies if b["reverses"] is not None)
    return casefile.fold(head, events, reversed_)


def columns(look: Look, house: House) -> Iterator[str]:
    """Columns that lists and figures read repeat what the row says."""
    for table, pairs in COLUMNS.items():
        for row in look.rows[table]:
            wrong = [column for column, field in pairs.items() if row[column] != row["data"].get(field)]
            if table == "clock" and row["lapsed"] != (row["data"]["lapsed"] or {}).get("effect"):
                wrong.append("lapsed")
            for column in wrong:
                yield f"{TABLE_WORDS[table]}“{row['key']}”的“{column}”一栏与该行内容不同"


# ---------------------------------------------------------------- dates and facts


def dates(look: Look, house: House) -> Iterator[str]:
    """Days and digest of every running period, and the case's next duty, as law and calendar say them today.

    What is answered or has taken effect keeps the days it had: a later notice does not touch it.
    """
    reckoned = reckon_all(look.file, house.s.env)
    for row in look.rows["clock"]:
        if row["data"]["stopped"] or row["data"]["lapsed"]:
            continue
        now = reckoned[row["key"]]
        days = {
            "到期日": (row["due"], now.due),
            "届满日": (row["lapses_after"], now.lapses_after),
        }
        for word, (kept, reckoned_day) in days.items():
            if kept != (reckoned_day.isoformat() if reckoned_day else None):
                yield f"期限“{row['data']['label']}”的{word}记为{kept or '未定'}，重新计算为{reckoned_day or '未定'}"
        if (row["digest"], row["provisional"]) != (now.digest, now.provisional):
            yield f"期限“{row['data']['label']}”的计算依据（法律、放假通知、起止）与当初不同"
    if (look.head["due"], look.head["due_label"]) != store.next_duty(look.file, look.told, reckoned):
        yield "列表中的最近到期日与案件各项期限不符"


def indexed_facts(look: Look, house: House) -> Iterator[str]:
    """What lists and figures are searched by equals the facts."""
    expected = {name: (day, number, text) for name, day, number, text in store.indexed_facts(look.file, look.told)}
    found = {row["name"]: _as_text(row) for row in look.facts}
    for name in differing(expected, found):
        yield f"案情“{_label(look, name)}”的检索值与案情本身不同"


def sought_texts(look: Look, house: House) -> Iterator[str]:
    """What the case is found by equals what it says, for the same readers."""
    expected = {place: tuple(rest) for place, *rest in sought.pieces(look.file, look.told)}
    found = {row["place"]: (row["audience"], row["label"], row["text"]) for row in look.texts}
    for place in differing(expected, found):
        _, label, _ = expected.get(place) or found[place]
        yield f"“{label}”的检索文字或者可见范围与案件本身不同"


def sought_of_entries(house: House) -> Iterator[tuple[str, str]]:
    """What entries of registers are found by equals what their newest rows say."""
    s = house.s
    for register in s.registry.registers:
        kept = SoughtEntry.objects.filter(entry__register=register.name, declared=digest(register)).order_by("pk")
        rows = kept.values_list("entry__key", "entry__organ__name", "entry__data", "text", "open")
        for key, organ, data, *text in rows.iterator():
            if tuple(text) != sought.entry_text(register, data):
                yield f"{organ}“{register.label}”条目“{key}”", "检索文字或者公开部分与条目本身不同"
    if number := SoughtEntry.objects.exclude(entry__in=sought_entries.newest()).count():
        yield "名录", f"有{number}份检索文字不属于条目的最新内容"
    if (number := sought_entries.missing(s).count()) and not jobs.course(sought_entries.write_entry_texts.__name__):
        yield "名录", f"有{number}个条目没有检索文字，搜索不到"


def _as_text(row: Row) -> tuple[str | None, str | None, str | None]:
    number = row["number"]
    return row["day"], None if number is None else str(number), row["text"]


def fact_types(look: Look, house: House) -> Iterator[str]:
    """Every fact is declared and has a value of its type, as if it were entered today."""
    for name in _unfit(look.told.facts, look.file.facts):
        yield f"案情“{_label(look, name)}”不符合程序声明的类型"
    items = look.told.items
    for key, row in look.file.table("item").items():
        for name in _unfit(items.model, row["facts"]) if items else ["facts"]:
            yield f"{items.label if items else '事项'}“{key}”的“{name}”不符合程序声明的类型"


def _unfit(model: type[BaseModel], facts: Mapping[str, Any]) -> list[str]:
    given = {name: value for name, value in facts.items() if value is not None}
    try:
        clean = form_model(model, (), tuple(model.model_fields)).model_validate(given).model_dump(mode="json")
    except ValidationError as fault:
        return sorted({str(error["loc"][0]) for error in fault.errors()})
    return [name for name, value in given.items() if json.dumps(clean[name]) != json.dumps(value)]


# ---------------------------------------------------------------- the declaration


def declaration_there(look: Look, house: House) -> Iterator[str]:
    """The text the case was opened under is among the declarations."""
    if look.procedure is None:
        yield f"立案时适用的程序“{look.head['system']}”{look.head['version']}文本已经不在程序目录中"


def declaration_revised(look: Look, house: House) -> Iterator[str]:
    """The declaration of an open case is still the revision it was opened under."""
    if not look.closed and look.head["revision"] != look.told.revision:
        opened, now = look.head["revision"], look.told.revision
        yield f"立案时程序声明是第{opened}次修订，程序目录中现为第{now}次修订"
