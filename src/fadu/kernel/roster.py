"""A house's organs, people and local signing rules from one YAML file: how an office begins, and the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fadu.kernel import applications, certificates, contacts, house, settling
from fadu.kernel.access import SIGNING, Session
from fadu.kernel.certificates import Certificate
from fadu.rules.errors import BadInput
from fadu.rules.procedure import ROLES


@dataclass(slots=True)
class Roster:
    """What was registered. organs: key and name → id; officers: user name → id; passwords: as set at first."""

    organs: dict[str, int] = field(default_factory=dict)
    officers: dict[str, int] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)


def establish(s: Session, said: Mapping[str, Any], password: Callable[[str], str]) -> Roster:
    """Registers everything the file says, each as an act of the house.

    said: {since, organs: [{key, name, short, parent?, serves?}], officers: [{username, name, posts: [{organ,
    role, since?, before?, substitute_for?}], certificates?: [{kind, number, since, before?}]}], signing:
    [{step: "system.step", role}], reception: [{system, body}],
    contacts: [{body, phone, place?, hours?}], targets: [{indicator, first, bound, amount?}]};
    password: first password for a user name. Raises BadInput that names the entry; then nothing is registered.
    """
    roster = Roster()
    since = _day(said, "since")
    for organ in said.get("organs", ()):
        _organ(s, organ, roster, since)
    for person in said.get("officers", ()):
        _officer(s, person, roster, since, password)
    for rule in said.get("signing", ()):
        if rule.get("role") not in ROLES:
            raise BadInput({"signing": f"签发规则“{rule.get('step')}”的职责“{rule.get('role')}”不存在"})
        house.put_entry(s, SIGNING, rule["step"], {"role": rule["role"]}, since=since)
    for one in said.get("reception", ()):
        if one.get("body") not in roster.organs:
            raise BadInput({"reception": f"网上受理“{one.get('system')}”的机构“{one.get('body')}”没有登记"})
        applications.receive_at(s, str(one.get("system")), roster.organs[one["body"]])
    for one in said.get("contacts", ()):
        if one.get("body") not in roster.organs:
            raise BadInput({"contacts": f"咨询电话的机构“{one.get('body')}”没有登记"})
        told = (str(one.get(word, "")) for word in ("phone", "place", "hours"))
        contacts.settle(s, roster.organs[one["body"]], *told)
    for one in said.get("targets", ()):
        settling.aim(s, one["indicator"], one["first"], one["bound"], one.get("amount"))
    return roster


def _day(said: Mapping[str, Any], name: str) -> date:
    day = said.get(name)
    if not isinstance(day, date):
        raise BadInput({name: f"“{name}”应为日期，例如 2020-01-01"})
    return day


def _organ(s: Session, said: Mapping[str, Any], roster: Roster, since: date) -> None:
    for word in ("key", "name", "short"):
        if not said.get(word):
            raise BadInput({"organs": f"机关“{said.get('name') or said.get('key')}”缺少 {word}"})
    for word in ("parent", "serves"):
        if said.get(word) and said[word] not in roster.organs:
            raise BadInput({"organs": f"机关“{said['name']}”的 {word}“{said[word]}”没有在它之前登记"})
    parent, serves = roster.organs.get(said.get("parent", "")), roster.organs.get(said.get("serves", ""))
    row = house.register_organ(s, said["name"], said["short"], parent=parent, serves=serves, since=since)
    roster.organs[said["key"]] = roster.organs[said["name"]] = row.pk


def _officer(s: Session, said: Mapping[str, Any], roster: Roster, since: date, password: Callable[[str], str]) -> None:
    if not said.get("username") or not said.get("name"):
        raise BadInput({"officers": f"人员“{said.get('name') or said.get('username')}”缺少用户名或者姓名"})
    username = said["username"]
    roster.passwords[username] = password(username)
    officer = house.register_officer(s, username, said["name"], roster.passwords[username])
    roster.officers[username] = officer.pk
    for post in said.get("posts", ()):
        if post.get("organ") not in roster.organs or post.get("role") not in ROLES:
            raise BadInput({"officers": f"{said['name']}的任职“{post.get('organ')} {post.get('role')}”有误"})
        house.assign_post(
            s,
            officer.pk,
            roster.organs[post["organ"]],
            post["role"],
            since=post.get("since", since),
            before=post.get("before"),
            substitute_for=roster.officers.get(post.get("substitute_for", "")),
        )
    for one in said.get("certificates", ()):
        kind, number = str(one.get("kind") or ""), str(one.get("number") or "")
        held = Certificate(officer.pk, kind, number, _day(one, "since"), one.get("before"))
        certificates.grant(s, held)
