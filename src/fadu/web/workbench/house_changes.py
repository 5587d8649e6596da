"""Acts on the house in words: the names of organs and people instead of numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fadu.kernel import house_reading, models
from fadu.kernel.access import Session
from fadu.rules.law import UNIT_WORDS
from fadu.rules.procedure import ROLES
from fadu.web.workbench.house_form import BOUND_WORDS, LATE_WORDS, post_in_words

LABELS = {
    "name": "名称", "short": "机关代字", "parent": "上级", "from": "原上级", "serves": "代表机关", "since": "自",
    "before": "到", "day": "自", "organ": "机关", "successor": "继受机关", "officer": "人员", "role": "职责",
    "substitute_for": "代行", "post": "任职", "username": "用户名", "active": "启用", "key": "条目", "data": "内容",
    "to": "改为", "by": "操作人", "cases": "案件", "findings": "问题", "id": "编号", "digest": "摘要", "law": "法律库",
    "declarations": "程序声明", "templates": "文书模板", "settings": "本地设置", "number": "序号", "public": "公钥",
    "reason": "原因", "time": "时间", "lights": "预警灯", "counter": "窗口下班时间", "integrity": "送达提醒",
    "yellow": "黄灯", "red": "红灯", "unit": "单位", "closing": "下班时间", "late": "下班以后",
    "uploads": "没有用上的文件", "unserved_after": "工作日数", "unused_after": "日数", "amount": "数值",
    "basis": "依据", "body": "机构", "address": "网址", "text": "模板", "years": "保管年数", "article": "依据",
    "kind": "种类", "year": "年份", "notice": "文号", "holidays": "节日", "rows": "行数", "at": "时间",
    "refolded": "重算案件", "counts": "各类问题", "endorsement": "上一把密钥的签名", "phone": "电话",
    "place": "地址", "hours": "接待时间", **BOUND_WORDS,
}  # fmt: skip
REGISTERS = {
    "parameters": "本地参数", "targets": "年度目标", "signing": "签发规则", "promises": "承诺时限",
    "holidays": "放假通知", "reception": "网上受理", "second_factor": "动态验证码", "certificates": "执法证件",
    "portal": "网上服务的网址", "contacts": "咨询电话和窗口", "paper_templates": "文书模板", "retention": "保管期限",
}  # fmt: skip
ORGANS = frozenset(("parent", "from", "serves", "organ", "successor", "body"))
OFFICERS = frozenset(("officer", "substitute_for", "by"))
VALUES = {"unit": {unit.value: word for unit, word in UNIT_WORDS.items()}, "late": LATE_WORDS}
LONGEST = 120
ROUTINE = ("move_clock", "integrity_run")
"""Acts that change nothing an office decided: shown when asked for."""
_HEX = re.compile(r"(?:sm3:)?[0-9a-f]{32,}")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One act: when, who, what, in which of the house's own registers, and what it said."""

    event: models.Event
    who: str
    register: str
    said: list[tuple[str, str]]


def lines(s: Session, events: Sequence[models.Event]) -> list[ChangeLine]:
    """A line for each event; names are looked up once for all."""
    told = house_reading.said_by(events)
    organs = dict(models.Organ.objects.values_list("pk", "name"))
    officers = {one.pk: str(one) for one in models.Officer.objects.filter(pk__in=_numbers(told, OFFICERS))}
    posts = models.Post.objects.filter(pk__in=_numbers(told, frozenset(("post",)))).select_related("officer", "organ")
    names = dict.fromkeys(ORGANS, organs) | dict.fromkeys(OFFICERS, officers)
    names["post"] = {post.pk: post_in_words(post) for post in posts}
    return [
        ChangeLine(
            event,
            event.actor.name if event.actor else "（服务器上的命令）",
            REGISTERS.get(event.stream.name, event.stream.name) if event.stream.kind == "register" else "",
            _said(s, told, event, names),
        )
        for event in events
    ]


def _numbers(told: Mapping[Any, Mapping[str, Any]], words: frozenset[str]) -> set[int]:
    return {said[word] for said in told.values() for word in words if isinstance(said.get(word), int)}


def _said(
    s: Session, told: Mapping[Any, Mapping[str, Any]], event: models.Event, names: Mapping[str, Mapping[int, str]]
) -> list[tuple[str, str]]:
    said = told.get((event.stream_id, event.position), {})
    if "key" in said:
        said = {**said, "key": key_in_words(s, said["key"], names["organ"])}
    there = {word: value for word, value in said.items() if value not in (None, {}, [])}
    return [(LABELS.get(word, word), _words(word, value, names)) for word, value in there.items()]


def key_in_words(s: Session, key: str, organs: Mapping[int, str] | None = None) -> str:
    """What an entry is about, by name: a step, a period, a paper, a body of a system; a role, a figure."""
    system, _, name = key.partition(".")
    if system in s.registry.systems:
        procedure = s.registry.newest(system)
        papers = (one for one in procedure.papers if name.endswith(f".{one.template or one.name}"))
        found = procedure.step(name) or procedure.clock(name) or next(papers, None)
        label = found.label if found else (organs or {}).get(int(name), "") if name.isdecimal() else name
        return f"{procedure.label}：{label}" if label else procedure.label
    if key in ROLES:
        return ROLES[key].label
    indicator = s.registry.declared(key)
    return indicator.label if indicator else LABELS.get(key, key)


def _words(word: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if word in names and isinstance(value, int):
        return names[word].get(value, str(value))
    if word == "role" and value in ROLES:
        return ROLES[value].label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "，".join(f"{LABELS.get(key, key)} {_words(key, one, names)}" for key, one in value.items())[:LONGEST]
    if word in VALUES and value in VALUES[word]:
        return VALUES[word][value]
    if word == "text":
        return f"本机关的，{len(value)}字" if value else "自带的"
    if isinstance(value, list):
        return "、".join(str(one["name"] if isinstance(one, Mapping) else one) for one in value)
    text = str(value)
    return f"{text[:12]}…" if _HEX.fullmatch(text) else text[:LONGEST]
