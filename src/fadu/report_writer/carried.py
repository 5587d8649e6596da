"""The case in which the report goes its way: its number, day and receivers, and the parts that people write there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from fadu.analytics.recorded import case_then
from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_writer.outline import Written
from fadu.report_writer.parts import WrittenPart
from fadu.report_writer.span import Span
from fadu.rules.casefile import CaseFile


@dataclass(frozen=True, slots=True)
class Carried:
    """What the report takes from its case; number and day once it is signed. copies: a line of the 版记."""

    parts: Sequence[WrittenPart] = ()
    number: str | None = None
    day: date | None = None
    recipient: str | None = None
    copies: tuple[str, ...] = ()


def carried(
    s: Session, written: Written | None, organ: models.Organ, days: Span, before: datetime | None = None
) -> Carried:
    """From the newest report on that year that the organ, or the body that reports for itself, has begun.

    Number, day and receivers are those of the report on the whole year. before: what was written by that moment, which
    has none of them.
    """
    if written is None:
        return Carried()
    case = _case(s, written, organ, days)
    facts = _facts(case, before) if case else {}
    own = [
        WrittenPart(part, str(facts.get(part.fact) or "").strip(), case.pk if case else None) for part in written.parts
    ]
    if case is None or before or not days.is_whole:
        return Carried(own)
    signed = [row for row in access.rows(s, case, models.Paper) if row.name == written.paper and row.number]
    copies = _names(s, case, written.copies)
    return Carried(
        own,
        signed[-1].number if signed else None,
        signed[-1].day if signed else None,
        _names(s, case, written.recipients) or None,
        (f"抄送：{copies}。",) if copies else (),
    )


def _case(s: Session, written: Written, organ: models.Organ, days: Span) -> models.Case | None:
    day = {f"facts__{written.day}": days.year_end.isoformat()}
    own = Q(**{f"facts__{written.reporter}__in": written.own}, organ=organ)
    found = access.cases(s, system=written.system).filter(own if organ.serves_id is None else Q(body=organ), **day)
    return found.exclude(state__in=written.without).order_by("-opened", "-pk").first()


def _facts(case: models.Case, before: datetime | None) -> Mapping[str, Any]:
    found: models.Case | CaseFile | None = case_then(case, before) if before else case
    facts: Mapping[str, Any] = found.facts if found else {}
    return facts


def _names(s: Session, case: models.Case, roles: Sequence[str]) -> str:
    """The present parties of these roles, in the order of the roles."""
    rows = [row for row in access.rows(s, case, models.Party) if row.before is None]
    return "、".join(row.name for role in roles for row in rows if row.role == role)
