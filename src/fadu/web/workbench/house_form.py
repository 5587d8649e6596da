"""A form of an act of the house: its boxes, what may be chosen in each, what was typed as the act takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fadu.kernel import access, models, validity
from fadu.kernel.access import Session
from fadu.kernel.settling import TARGETS
from fadu.rules.errors import BadInput
from fadu.rules.law import UNIT_WORDS, Unit
from fadu.rules.procedure import PUBLIC, ROLES, SYSTEM, Role
from fadu.web.shared.fields import Choice, Field, Told
from fadu.web.shared.typed import Typed
from fadu.web.shared.words import read_day, whole

PROMISED = (Unit.WORKDAY, Unit.DAY)
LATE_WORDS = {"same_day": "算当日", "next_workday": "算次一工作日"}
BOUND_WORDS = {"at_least": "不低于", "at_most": "不高于", "less_than_last_year": "低于上年"}


@dataclass(frozen=True, slots=True)
class Box:
    """One box. kind: what may be chosen or typed in it; a name of CHOICES, or text, date, number."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What is told afterwards. secret: shown this once."""

    said: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class HouseAct:
    """One kind of act. about: what it means, said above the form."""

    name: str
    label: str
    about: str
    boxes: tuple[Box, ...]
    perform: Callable[[Session, Mapping[str, Any]], Done]


# ---------------------------------------------------------------- what may be chosen


def _organs(s: Session) -> Iterator[Choice]:
    for organ in models.Organ.objects.filter(before=None).order_by("pk"):
        yield Choice(str(organ.pk), organ.name)


def _officers(s: Session) -> Iterator[Choice]:
    for officer in models.Officer.objects.filter(is_active=True).order_by("username"):
        yield Choice(str(officer.pk), f"{officer.name}（{officer.username}）")


def _accounts(s: Session) -> Iterator[Choice]:
    for officer in models.Officer.objects.order_by("username"):
        closed = "" if officer.is_active else "，已停用"
        yield Choice(officer.username, f"{officer.name}（{officer.username}{closed}）")


def _roles(s: Session) -> Iterator[Choice]:
    for role in ROLES.values():
        if role not in (SYSTEM, PUBLIC):
            yield Choice(role.name, role.label)


def _posts(s: Session) -> Iterator[Choice]:
    found = models.Post.objects.filter(validity.until_after(s.today))
    for post in found.select_related("officer", "organ").order_by("officer__username", "pk"):
        yield Choice(str(post.pk), post_in_words(post))


def _steps(s: Session) -> Iterator[Choice]:
    for system in s.registry.systems:
        procedure = s.registry.newest(system)
        for step in procedure.steps:
            if step.agreed:
                yield Choice(f"{system}.{step.name}", f"{procedure.label}：{step.label}")


def _clocks(s: Session) -> Iterator[Choice]:
    for system in s.registry.systems:
        procedure = s.registry.newest(system)
        for clock in procedure.clocks:
            if isinstance(clock.bearer, Role) and not clock.waits:
                yield Choice(f"{system}.{clock.name}", f"{procedure.label}：{clock.label}")


def _opened(s: Session) -> Iterator[Choice]:
    """What the public may open, once a body receives it."""
    for system in s.registry.systems:
        procedure = s.registry.newest(system)
        if any(step.online for step in procedure.opening):
            yield Choice(system, procedure.label)


def _received(s: Session) -> Iterator[Choice]:
    names = access.names_of_organs(s)
    for entry in access.register(s, access.RECEPTION, s.today):
        system = entry.key.partition(".")[0]
        body = names.get(entry.data["body"], "")
        yield Choice(entry.key, f"{s.registry.newest(system).label}：{body}")


def _units(s: Session) -> Iterator[Choice]:
    yield from (Choice(unit.value, UNIT_WORDS[unit]) for unit in PROMISED)


def _late(s: Session) -> Iterator[Choice]:
    yield from (Choice(name, label) for name, label in LATE_WORDS.items())


def _indicators(s: Session) -> Iterator[Choice]:
    for indicator in s.registry.indicators:
        yield Choice(indicator.name, indicator.label)


def _aimed(s: Session) -> Iterator[Choice]:
    for entry in access.entries(s, TARGETS).filter(before=None).order_by("key"):
        yield Choice(entry.key, s.registry.indicator(entry.key).label)


def _bounds(s: Session) -> Iterator[Choice]:
    yield from (Choice(name, label) for name, label in BOUND_WORDS.items())


CHOICES: Mapping[str, Callable[[Session], Iterator[Choice]]] = {
    "organ": _organs, "officer": _officers, "account": _accounts, "role": _roles, "post": _posts, "step": _steps,
    "clock": _clocks, "unit": _units, "opened": _opened, "received": _received, "late": _late,
    "indicator": _indicators, "aimed": _aimed, "bound": _bounds,
}  # fmt: skip
NUMBERED = ("organ", "officer", "post")


def post_in_words(post: models.Post) -> str:
    label = ROLES[post.role].label if post.role in ROLES else post.role
    return f"{post.officer.name}（{post.officer.username}）：{post.organ.name}{label}，自{post.since.isoformat()}"


# ---------------------------------------------------------------- the form


def fields(s: Session, act: HouseAct, told: Told) -> list[Field]:
    """The boxes as the page draws them."""
    drawn = []
    for box in act.boxes:
        choices = tuple(CHOICES[box.kind](s)) if box.kind in CHOICES else ()
        widget = "select" if choices or box.kind in CHOICES else box.kind
        typed, fault = told.typed.every(box.name), told.faults.get(box.name, "")
        drawn.append(Field(box.name, box.label, widget, typed, choices, box.required, box.hint, fault))
    return drawn


def values(s: Session, act: HouseAct, typed: Typed) -> dict[str, Any]:
    """What was typed, as the act takes it. Raises BadInput with all that is wrong."""
    found: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for box in act.boxes:
        try:
            found[box.name] = _value(s, box, typed.one(box.name).strip())
        except BadInput as fault:
            faults |= fault.fields
    if faults:
        raise BadInput(faults)
    return found


def _value(s: Session, box: Box, said: str) -> Any:
    if not said:
        if box.required:
            raise BadInput({box.name: f"请{'选择' if box.kind in CHOICES else '填写'}“{box.label}”"})
        return None
    if box.kind == "date":
        return read_day(said, box.label, box.name)
    if box.kind == "number":
        if (number := whole(said, 4)) is None:
            raise BadInput({box.name: f"“{box.label}”应为正整数"})
        return number
    if box.kind in CHOICES:
        if said not in {choice.value for choice in CHOICES[box.kind](s)}:
            raise BadInput({box.name: f"请从“{box.label}”的选项中选择"})
        return int(said) if box.kind in NUMBERED else said
    return said[:200]
