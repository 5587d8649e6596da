"""网上申请: drafts of the portal, the number and the code by which people come back, the case that a draft becomes.

The code is kept as a digest only. It is made from the form's own ticket, so that a form sent twice gets the same code.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, house, models
from fadu.kernel.access import RECEPTION, Session
from fadu.kernel.acts import Receipt, Request
from fadu.kernel.paper_codes import ALIKE, ALPHABET
from fadu.kernel.visits import VISITOR, Visit
from fadu.rules import online
from fadu.rules.errors import BadInput, DeclarationError, NotFound, Refusal
from fadu.rules.procedure import Procedure, Step

DRAFT_DAYS = 30
"""How long a draft that nobody touches is kept: our own choice."""
SIGNS, GROUP = 12, 4


@dataclass(frozen=True, slots=True)
class Offered:
    """A step by which the public opens a case, and the bodies that receive it."""

    procedure: Procedure
    step: Step
    bodies: tuple[models.Organ, ...]


def receive_at(s: Session, system: str, body: int) -> None:
    """From today on a body receives on the portal what opens cases of a system. Raises NotAllowed, BadInput."""
    if system not in s.registry.systems or not any(step.online for step in s.registry.newest(system).opening):
        raise BadInput({"reception": f"程序“{system}”没有可以网上办理的立案步骤"})
    house.put_entry(s, RECEPTION, f"{system}.{body}", {"body": body}, since=s.today)


def stop_receiving(s: Session, system: str, body: int) -> None:
    """From today on it does not; what was received goes on. Raises NotAllowed, NotFound."""
    house.end_entry(s, RECEPTION, f"{system}.{body}", s.today)


def offered(s: Session) -> list[Offered]:
    """What anybody may apply for today."""
    organs = {organ.pk: organ for organ in access.organs(s)}
    found = []
    for system in s.registry.systems:
        bodies = tuple(organs[number] for number in access.receiving_bodies(s, system) if number in organs)
        try:
            procedure = s.registry.in_force(system, s.today)
        except DeclarationError:
            continue
        found += [Offered(procedure, step, bodies) for step in procedure.opening if step.online and bodies]
    return found


def receiving(s: Session) -> list[models.Organ]:
    """The bodies that receive anything here today, each once."""
    return list(dict.fromkeys(body for one in offered(s) for body in one.bodies))


def offer(s: Session, system: str, step: str) -> Offered:
    """One of them. Raises NotFound."""
    for one in offered(s):
        if (one.procedure.system, one.step.name) == (system, step):
            return one
    raise NotFound("可以网上申请的事项")


# ---------------------------------------------------------------- drafts


def begin(s: Session, what: Offered, body: int) -> models.Application:
    """A new, empty draft."""
    if body not in {organ.pk for organ in what.bodies}:
        raise BadInput({"body": "请选择受理机构"})
    return _new(s, system=what.procedure.system, step=what.step.name, body_id=body)


def _new(s: Session, **fields: Any) -> models.Application:
    """One with a number that nobody has yet."""
    number = _number(s)
    while models.Application.objects.filter(number=number).exists():
        number = _number(s)
    return models.Application.objects.create(number=number, made=s.now, changed=s.now, **fields)


def _number(s: Session) -> str:
    return f"{s.today:%y%m%d}-{secrets.randbelow(10**6):06}"


def forget_left(s: Session) -> None:
    """Throws away the drafts that were left lying."""
    models.Application.objects.filter(case=None, changed__lt=s.now - timedelta(days=DRAFT_DAYS)).delete()


def keep(s: Session, draft: models.Application, typed: Mapping[str, Sequence[str]]) -> None:
    """Keeps what was typed so far."""
    draft.typed, draft.changed = {name: list(values) for name, values in typed.items()}, s.now
    draft.save(update_fields=["typed", "changed"])


def lock(number: str) -> models.Application:
    """A draft or application by its number, nobody else working on it. Raises NotFound."""
    found = models.Application.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise NotFound("申请")
    return found


# ---------------------------------------------------------------- the code


def give_code(application: models.Application, ticket: str) -> str:
    """A code for the application, which replaces the one before; the same ticket always gets the same code."""
    code = _code(application.number, ticket)
    application.code = _digest(application.number, code)
    application.save(update_fields=["code"])
    return code


def code_again(application: models.Application, ticket: str) -> str:
    """The code that this ticket got; empty when it was another ticket."""
    code = _code(application.number, ticket)
    return code if _fits(application, code) else ""


def find(number: str, code: str) -> models.Application | None:
    """The application with this number and code; a wrong number takes as long as a wrong code."""
    plain = number.strip().replace("－", "-")
    found = models.Application.objects.filter(number=plain).first()
    return found if _fits(found or models.Application(number=plain), _read(code)) and found else None


def _code(number: str, ticket: str) -> str:
    made = hmac.digest(settings.SECRET_KEY.encode(), f"portal:{number}:{ticket}".encode(), "sha256")
    signs = "".join(ALPHABET[byte & 31] for byte in made[:SIGNS])
    return "-".join(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))


def _read(typed: str) -> str:
    signs = [sign for sign in typed.upper().translate(ALIKE) if sign in ALPHABET][:SIGNS]
    return "-".join("".join(signs[start : start + GROUP]) for start in range(0, SIGNS, GROUP))


def _digest(number: str, code: str) -> bytes:
    return hashlib.scrypt(code.encode(), salt=number.encode() or b"-", n=2**13, r=8, p=1)


def _fits(application: models.Application, code: str) -> bool:
    kept = bytes(application.code) if application.code else b""
    return hmac.compare_digest(_digest(application.number, code), kept)


def seal_of(application: models.Application) -> str:
    """What a browser keeps of the right to see an application: it ends when the code is another."""
    return hashlib.sha256(bytes(application.code or b"")).hexdigest()[:16]


# ---------------------------------------------------------------- acts


@transaction.atomic
def send(s: Session, draft: models.Application, values: Mapping[str, Any]) -> Receipt:
    """The draft becomes a case, by the applicant's own act; what was typed is kept in the case alone.

    Raises what acts.open_case raises.
    """
    what = offer(s, draft.system, draft.step)
    said = online.said(what.procedure, what.step, s.today)
    given = {**values, **said, **_received(s, what.step, draft.number)}
    named = [party.get("role") for party in given.get("parties") or ()]
    if missing := [role.label for role in online.necessary(what.step) if role.name not in named]:
        raise BadInput({"parties": f"没有填写{'、'.join(missing)}"})
    assert what.step.online is not None
    assert what.step.online.party is not None  # judged when the declaration loads
    role = what.step.online.party.name
    if given.get("agents"):  # whoever applies for somebody applies for all who apply together
        keys = [f"{role}-{number}" for number in range(1, named.count(role) + 1)]
        given["agents"] = [{**row, "parties": keys} for row in given["agents"]]
    receipt = acts.open_case(s, draft.system, draft.body_id, Request(draft.step, given))
    _lead_back(s, draft, receipt.case, role)
    return receipt


def _lead_back(s: Session, draft: models.Application, case: int, role: str) -> None:
    """Everybody who applied comes back by a number of his own; the draft's is that of whoever filled it in."""
    parties = [row.key for row in models.Party.objects.filter(case_id=case, role=role).order_by("order")]
    agents = [row.key for row in models.Agent.objects.filter(case_id=case).order_by("order")]
    first, *others = [(parties[0], agent) for agent in agents] + [(party, "") for party in parties]
    draft.case_id, draft.role, draft.typed, draft.changed = case, role, {}, s.now
    draft.party, draft.agent = first
    draft.save()
    same = {"system": draft.system, "step": draft.step, "body_id": draft.body_id, "case_id": case, "role": role}
    for party, agent in others:
        _new(s, **same, party=party, agent=agent)


@dataclass(frozen=True, slots=True)
class Slip:
    """What one of those who applied comes back by. name: whose it is."""

    name: str
    agent: bool
    number: str
    code: str


def slips(application: models.Application, ticket: str, *, again: bool = False) -> list[Slip]:
    """Numbers and codes of all who applied together, first of whoever filled the form in; in a session at their case.

    again: the form was sent twice; the codes are empty when they came by another ticket.
    """
    case, give = application.case_id or 0, code_again if again else give_code
    names = dict(models.Party.objects.filter(case_id=case).values_list("key", "name"))
    names |= dict(models.Agent.objects.filter(case_id=case).values_list("key", "name"))
    everybody = models.Application.objects.filter(case_id=case).order_by("pk")
    return [Slip(names[one.agent or one.party], bool(one.agent), one.number, give(one, ticket)) for one in everybody]


def _received(s: Session, step: Step, number: str) -> dict[str, str]:
    """The day of receipt on the portal: the minute at which it arrived, proved by the receipt."""
    if step.receipt is None:
        return {}
    minute = s.now.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    return {"channel": online.CHANNEL, "came_at": minute, "receipt_proof": f"网上收件回执 {number}"}


@contextmanager
def visit(application: models.Application, at: datetime | None = None) -> Iterator[Session]:
    """A session of the party himself, led to his case. Raises NotFound when he is no party of it any more."""
    if application.case_id is None:
        raise NotFound("案件")
    led = Visit(application.case_id, application.party, application.role, application.agent)
    with access.session(VISITOR, at, led) as s:
        still = models.Party.objects.filter(case_id=led.case, key=led.party, before=None).exists()
        acts_still = not led.agent or models.Agent.objects.filter(case_id=led.case, key=led.agent, before=None).exists()
        if not (still and acts_still):
            raise NotFound("案件")
        yield s


def perform(s: Session, step: str, values: Mapping[str, Any], position: int | None, key: str | None = None) -> Receipt:
    """A step of the party himself, or of anybody where it is open to all, today. Raises what acts.perform raises.

    key: of the form, which sent twice is done once.
    """
    if s.visit is None:
        raise NotFound("案件")
    case = access.case(s, s.visit.case)
    procedure = access.procedure_of(s, case)
    declared = procedure.step(step)
    if declared is None or declared.online is None:
        raise Refusal("这一步不能在网上办理。", todo="请联系承办机构办理。")
    given = {**values, **online.said(procedure, declared, s.today)}
    if s.visit.agent:
        given["through"] = [s.visit.agent]
    party = s.visit.party if declared.online.party in procedure.apart(declared) else ""
    return acts.perform(s, case.pk, Request(step, given, position=position, party=party, key=key))
