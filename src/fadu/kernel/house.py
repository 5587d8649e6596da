"""Acts outside a case (D11), each an event of the house or of a register: organs, officers, posts, entries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef

from fadu.kernel import access, ledger, models, promises, registers, streams
from fadu.kernel.access import Session
from fadu.rules.casefile import note
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.law import Unit
from fadu.rules.procedure import ROLES
from fadu.rules.registers import HOUSE_OWN

LABELS = {
    "register_organ": "登记机关（机构）",
    "move_organ": "调整机关的隶属",
    "end_organ": "撤销机关（机构）",
    "register_officer": "登记工作人员",
    "set_password": "重设密码",
    "set_active": "停用（启用）账号",
    "assign_post": "任职",
    "end_post": "免去职务",
    "put_entry": "登记名录条目",
    "end_entry": "终止名录条目",
    "move_clock": "调整演示日期",
    "integrity_run": "完整性检查",
    "rotate_key": "启用签名密钥",
    "snapshot_taken": "封存统计数据",
    "edition_changed": "启用新的法律库、程序声明、文书模板或者本地设置",
    "signed_in": "登录",
    "set_own_password": "修改自己的密码",
    "set_second_factor": "设置动态验证码",
    "end_second_factor": "停用动态验证码",
    "reset_second_factor": "重设他人的动态验证码",
}

HOUSE = "house"
"""Name of the house's own chain."""
MISSING = """
SELECT s.id, n FROM kernel_numberseries s CROSS JOIN generate_series(1, s.last) AS n
WHERE NOT EXISTS (SELECT FROM kernel_numbergiven g
                  WHERE (g.organ_id, g.series, g.year, g.number) = (s.organ_id, s.series, s.year, n))
ORDER BY s.id, n
"""


def _record(
    s: Session, step: str, values: Mapping[str, Any], *, kind: str = "house", name: str = HOUSE
) -> tuple[int, int]:
    """One event on the stream; returns (stream, position). What the session read of the house may no longer be so."""
    s.kept.clear()
    stream = streams.locked(kind, name)
    role = "administrator" if s.officer else "system"
    deed = ledger.Deed(uuid4(), step, LABELS[step], "internal", None, s.officer, role, s.today)
    return stream.pk, streams.append(s, stream, deed, [note(step, dict(values))])


def _administrator(s: Session) -> None:
    if s.officer is not None and not any(role == "administrator" for role, _ in s.posts):
        raise NotAllowed("这项操作由系统管理员办理，您没有这项权限。", todo="请联系本单位系统管理员。")


def _alone(s: Session) -> None:
    """An administrator's act for which others wait from here on: the same form sent twice finds what the first did."""
    _administrator(s)
    streams.locked("house", HOUSE)


def must_administer(s: Session) -> None:
    """Raises NotAllowed for all but administrators."""
    _administrator(s)


def record_by_administrator(s: Session, step: str, values: Mapping[str, Any]) -> None:
    """An administrator's act on what other modules keep. Raises NotAllowed."""
    _administrator(s)
    _record(s, step, values)


def register_organ(
    s: Session, name: str, short: str, *, parent: int | None = None, serves: int | None = None, since: date
) -> models.Organ:
    """Adds an organ. short: 机关代字 for numbers; serves: the 机关 in whose name a 机构 handles cases."""
    _alone(s)
    if models.Organ.objects.filter(name=name).exists():
        raise BadInput({"name": f"“{name}”已经登记过"})
    values = {"name": name, "short": short, "parent": parent, "serves": serves, "since": since.isoformat()}
    _record(s, "register_organ", values)
    return models.Organ.objects.create(name=name, short=short, parent_id=parent, serves_id=serves, since=since)


def organ(name: str) -> models.Organ:
    """An organ that was not ended, by its name. Raises NotFound."""
    found = models.Organ.objects.filter(name=name, before=None).first()
    if found is None:
        raise NotFound(f"机关“{name}”")
    return found


def move_organ(s: Session, organ: int, parent: int | None, day: date) -> models.Organ:
    """Puts an organ under another one from a day on, not a later one than today; where it stood is kept (D15)."""
    _administrator(s)
    moved = _standing(organ)
    last = moved.moves.order_by("-day").values_list("day", flat=True).first()
    if not (last or moved.since) < day <= s.today:
        first = (last or moved.since).isoformat()
        raise BadInput({"day": f"调整的日期应当在{first}以后，不能晚于今天", "organ": moved.name})
    if parent == moved.parent_id:
        raise BadInput({"parent": f"“{moved.name}”现在就是这样隶属的"})
    if parent is not None:
        _standing(parent)
        tree = access.tree(s)
        if any(organ in tree.path(parent, on) for on in tree.days_from(day)):
            raise BadInput({"parent": f"“{moved.name}”不能隶属自己的下级"})
    values = {"organ": organ, "parent": parent, "from": moved.parent_id, "day": day.isoformat()}
    _record(s, "move_organ", values)
    models.OrganMove.objects.create(organ=moved, parent_id=moved.parent_id, day=day, recorded=s.now)
    moved.parent_id = parent
    moved.save(update_fields=["parent"])
    return moved


def end_organ(s: Session, organ: int, before: date, successor: int | None = None) -> models.Organ:
    """From the day `before` on the organ is no more; what it did stays its own, counted as today's its successor's."""
    _administrator(s)
    ended = _standing(organ)
    if not ended.since < before <= s.today:
        raise BadInput({"before": f"撤销的日期应当在{ended.since.isoformat()}以后，不能晚于今天"})
    if successor is not None and organ in access.tree(s).path(_standing(successor).pk, None):
        raise BadInput({"successor": "继受机关应当是另一个机关，也不能还隶属所撤销的机关；请先调整它的隶属"})
    values = {"organ": organ, "before": before.isoformat(), "successor": successor}
    _record(s, "end_organ", values)
    ended.before, ended.successor_id = before, successor
    ended.save(update_fields=["before", "successor"])
    return ended


def _standing(organ: int) -> models.Organ:
    """An organ that was not ended. Raises NotFound."""
    found = models.Organ.objects.select_for_update().filter(pk=organ, before=None).first()
    if found is None:
        raise NotFound("机关")
    return found


def register_officer(s: Session, username: str, name: str, password: str) -> models.Officer:
    """Adds a person with an account; the password never enters the record."""
    _alone(s)
    if models.Officer.objects.filter(username=username).exists():
        raise BadInput({"username": f"用户名“{username}”已经有人使用"})
    _record(s, "register_officer", {"username": username, "name": name})
    return models.Officer.objects.create(username=username, name=name, password=make_password(password))


def officer(username: str) -> models.Officer:
    """An account by its name. Raises NotFound."""
    found = models.Officer.objects.filter(username=username).first()
    if found is None:
        raise NotFound(f"账号“{username}”")
    return found


def set_password(s: Session, username: str, password: str) -> None:
    """Sets a new password; that it was set is recorded, the password never is."""
    _administrator(s)
    account = officer(username)
    _record(s, "set_password", {"username": username})
    account.password = make_password(password)
    account.save(update_fields=["password"])


def set_active(s: Session, username: str, *, active: bool) -> None:
    """Closes or reopens an account; the person stays on record with everything they did."""
    _administrator(s)
    account = officer(username)
    _record(s, "set_active", {"username": username, "active": active})
    account.is_active = active
    account.save(update_fields=["is_active"])


def assign_post(
    s: Session, officer: int, organ: int, role: str, *, since: date, before: date | None = None,
    substitute_for: int | None = None,
) -> models.Post:  # fmt: skip
    """Gives a person a role at an organ, from–to; with substitute_for it is a dated substitution (授权)."""
    _alone(s)
    if role not in ROLES or not models.Officer.objects.filter(pk=officer).exists():
        raise BadInput({"role": "没有这种职责，或者没有这个人"})
    held_by = _standing(organ)
    if since < held_by.since or (before is not None and before <= since):
        raise BadInput({"since": f"任职应当在{held_by.name}设立以后开始，并且早于结束"})
    if substitute_for == officer:
        raise BadInput({"substitute_for": "代行的人不能是本人"})
    post = models.Post(
        officer_id=officer, organ_id=organ, role=role, since=since, before=before, substitute_for_id=substitute_for
    )
    if models.Post.objects.filter(officer=officer, organ=organ, role=role, since=since, before=before).exists():
        raise BadInput({"officer": "这项任职已经登记过，不用再登记"})
    values = {
        "officer": officer, "organ": organ, "role": role, "since": since.isoformat(),
        "before": before.isoformat() if before else None, "substitute_for": substitute_for,
    }  # fmt: skip
    _record(s, "assign_post", values)
    post.save()
    return post


def end_post(s: Session, post: int, before: date) -> None:
    """Ends a role on a day; the post stays on record."""
    _administrator(s)
    held = models.Post.objects.filter(pk=post).first()
    if held is None:
        raise NotFound("任职")
    if before < held.since or (held.before is not None and held.before <= before):
        raise BadInput({"before": f"任职自{held.since.isoformat()}起，结束的日期应当在这以后，也不能推迟原定的结束"})
    _record(s, "end_post", {"post": post, "before": before.isoformat()})
    models.Post.objects.filter(pk=post).update(before=before)


def put_entry(
    s: Session, register: str, key: str, data: Mapping[str, Any], *, since: date, before: date | None = None
) -> models.RegisterEntry:
    """A new entry of a register of the house's own (签发规则, 放假通知), valid from a day, or from–to; entries with
    the same key end on that day, those to come too. Its content was judged by the caller; declared registers: see
    kernel.registers.
    """
    assert register in HOUSE_OWN  # else a room might take the name
    _administrator(s)
    values = {"key": key, "data": dict(data), "since": since.isoformat()}
    values |= {"before": before.isoformat()} if before else {}
    stream, position = _record(s, "put_entry", values, kind="register", name=register)
    for row in registers.beyond(register, key, since):
        registers.end_row(row, since, position)
    return registers.add_row(registers.Row(register, None, key, since, data, before=before), stream, position)


def end_entry(s: Session, register: str, key: str, before: date) -> None:
    """Ends an entry of the house's own on a day; it stays readable as of the days before."""
    _administrator(s)
    streams.locked("register", register)
    last = registers.latest(register, None, key)
    if last is None or (last.before is not None and last.before <= before):
        raise NotFound(f"名录条目“{key}”")
    values = {"key": key, "before": before.isoformat()}
    _, position = _record(s, "end_entry", values, kind="register", name=register)
    registers.end_row(last, before, position)


def promise(s: Session, system: str, clock: str, amount: int, unit: Unit, basis: str) -> None:
    """Promises a time for a duty from today on (承诺时限). Raises NotFound, NotAllowed, BadInput."""
    if system not in s.registry.systems:
        raise NotFound(f"程序“{system}”")
    declared = s.registry.in_force(system, s.today).clock(clock)
    if declared is None:
        raise NotFound(f"期限“{clock}”")
    if not basis.strip():
        raise BadInput({"basis": "没有写明承诺的依据"})
    promises.check(declared, amount, unit, s.today, s.env)
    said = {"amount": amount, "unit": unit.value, "basis": basis}
    put_entry(s, promises.REGISTER, f"{system}.{clock}", said, since=s.today)


def rotate_key(s: Session, values: Mapping[str, Any]) -> None:
    """Records that a key signs the heads from now on; kernel.seal makes the key and keeps its public half."""
    _administrator(s)
    _record(s, "rotate_key", values)


def move_clock(s: Session, to: datetime, *, by: int | None = None) -> None:
    """Sets a demonstration house's clock, only ever forward. by: who pressed the button."""
    row = models.HouseClock.objects.filter(pk=1).first()
    if row is not None and row.now is not None and to < row.now:
        raise BadInput({"now": "演示日期只能向后推移"})
    _record(s, "move_clock", {"to": to.isoformat(timespec="seconds"), "by": by})
    models.HouseClock.objects.update_or_create(pk=1, defaults={"now": to})


def record_integrity_run(s: Session, values: Mapping[str, Any]) -> None:
    """That a run of the integrity checks took place, and how many findings it had."""
    _record(s, "integrity_run", values)


def record_snapshot(s: Session, values: Mapping[str, Any]) -> None:
    """That the analytics tables were put into read-only files: id of the snapshot and digest of its manifest."""
    _administrator(s)
    _record(s, "snapshot_taken", values)


def recorded_snapshots() -> dict[str, str]:
    """Id → digest of the manifest, of every snapshot on record that the session may see."""
    return {values["id"]: values["digest"] for values in _said("snapshot_taken")}


def record_edition(s: Session, digests: Mapping[str, str]) -> list[str]:
    """That the house works with another law, other declarations, templates or settings (name → digest).

    Returns the names of what changed since the last time; without a change nothing is recorded.
    """
    streams.locked("house", HOUSE)  # two processes that start at once record it once
    last: dict[str, Any] = next(reversed(_said("edition_changed")), {})
    changed = [name for name in digests if digests[name] != last.get(name)]
    if changed:
        _record(s, "edition_changed", digests)
    return changed


def _said(step: str) -> list[dict[str, Any]]:
    """What each event of a step on the house's own chain said, oldest first."""
    mine = models.Stream.objects.filter(kind="house", name=HOUSE)
    events = models.Event.objects.filter(stream__in=mine, step=step).values("position")
    found = models.EventValue.objects.filter(stream__in=mine, position__in=events, value__isnull=False)
    return [json.loads(value) for value in found.order_by("position").values_list("value", flat=True) if value]


def own_event(s: Session, step: str) -> None:
    """What the officer did with the own account: on a chain of their own, so that nobody waits for anybody."""
    stream = streams.locked("house", f"signed-in:{s.officer}")
    deed = ledger.Deed(uuid4(), step, LABELS[step], "internal", None, s.officer, "officer", s.today)
    streams.append(s, stream, deed, [])


def signed_in(s: Session) -> None:
    """That the session's officer signed in."""
    own_event(s, "signed_in")


def set_own_password(s: Session, password: str) -> None:
    """The session's officer's own new password, which the caller judged; that it was set is recorded."""
    own_event(s, "set_own_password")
    assert s.officer is not None
    models.Officer.objects.filter(pk=s.officer).update(password=make_password(password))


def gaps(s: Session) -> list[tuple[models.NumberSeries, list[int]]]:
    """Numbers missing in each series: given by the series but not on record (there should be none)."""
    missing: dict[int, list[int]] = {}
    for series, number in ledger.rows(MISSING):
        missing.setdefault(series, []).append(number)
    every = models.NumberSeries.objects.select_related("organ").order_by("organ_id", "series", "year")
    return [(series, missing.get(series.pk, [])) for series in every]


def imported_numbers(s: Session) -> list[models.NumberGiven]:
    """Numbers that a series passed over, because an imported case bears them."""
    imports = models.Bulk.objects.filter(stream=OuterRef("stream"), position=OuterRef("position"))
    given = models.NumberGiven.objects.filter(Exists(imports))
    return list(given.order_by("organ_id", "series", "year", "number"))


def void_numbers(s: Session) -> list[models.NumberGiven]:
    """Numbers whose act was taken back: the reason for a gap that people see in the papers."""
    back = models.Event.objects.filter(stream=OuterRef("stream"), reverses=OuterRef("position"))
    return list(models.NumberGiven.objects.filter(Exists(back)).order_by("organ_id", "series", "year", "number"))
