"""One run of all checks over a house, its record as an act of the house, and what of it a person may see."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fadu.infra.home import home
from fadu.kernel import access, house, models
from fadu.kernel.access import Session
from fadu.kernel.integrity import reading
from fadu.kernel.integrity.catalogue import BY_NAME, CHECKS, UNREADABLE
from fadu.kernel.integrity.words import Check, Finding, House, Look, Severity
from fadu.rules.errors import FaduError, NotAllowed
from fadu.rules.procedure import ADMINISTRATOR, ROLES

STEP = "integrity_run"
SEEING = frozenset(role.name for role in ROLES.values() if role.supervises) | {ADMINISTRATOR.name}
KEPT = 5000
"""Findings of a run that are kept one by one; all are counted."""
BROKEN = (FaduError, AttributeError, LookupError, TypeError, ValueError)
"""What a check may stumble over in damaged data."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found. cases, refolded: how many were looked at, and folded anew; counts: check → findings.

    complete: whether all findings are among those kept.
    """

    on: date
    at: datetime
    cases: int
    refolded: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    complete: bool = True

    @property
    def failed(self) -> bool:
        """Whether something does not hold together, beyond work that waits for somebody."""
        return any(BY_NAME[name].severity is Severity.ERROR for name, number in self.counts.items() if number)


# ---------------------------------------------------------------- running


def examine(s: Session, *, sample: int | None = None, progress: Progress | None = None) -> Run:
    """All checks over everything the session sees; changes nothing.

    The session is the house's own (officer None), else what it does not see is not looked at. sample: fold only
    so many cases anew, and look at the content of only their files.
    """
    known = reading.house(s, sample)
    ids, cases = reading.singly(), models.Case.objects.count()
    findings: list[Finding] = []
    counts: Counter[str] = Counter()
    found = (finding for part in (_cases(known, ids, progress), _house(known)) for finding in part)
    for finding in found:
        counts[finding.check] += 1
        if len(findings) < KEPT:
            findings.append(finding)
    refolded = len(ids) if known.sampled is None else len(known.sampled)
    kept, complete = tuple(findings), len(findings) == counts.total()
    return Run(s.today, s.now, cases, refolded, dict(counts), kept, complete)


def _cases(known: House, ids: list[int], progress: Progress | None) -> Iterator[Finding]:
    for done, look in enumerate(reading.looks(known.s, ids), start=1):
        for check in CHECKS:
            yield from _of_case(check, look, known)
        if progress:
            progress(done, len(ids))


def _of_case(check: Check, look: Look, known: House) -> Iterator[Finding]:
    case = look.head["id"]
    if check.of_case is None or (check.needs_procedure and look.procedure is None):
        return
    if check.sampled and known.sampled is not None and case not in known.sampled:
        return
    where = look.head["number"] or f"案件（编号{case}，未编案号）"
    try:
        for said in check.of_case(look, known):
            yield Finding(check.name, case, where, said, check.todo)
    except BROKEN as fault:
        said = f"“{check.title}”无法核对（{type(fault).__name__}：{fault}）"
        yield Finding(UNREADABLE.name, case, where, said, UNREADABLE.todo)


def _house(known: House) -> Iterator[Finding]:
    for check in CHECKS:
        for where, said in check.of_house(known) if check.of_house else ():
            yield Finding(check.name, None, where, said, check.todo)


# ---------------------------------------------------------------- the last run


def record(s: Session, run: Run, *, by: int | None = None) -> None:
    """Keeps a run: its counts as an act of the house, its findings in a file of the data folder."""
    counts = {name: run.counts[name] for name in sorted(run.counts)}
    values = {"at": run.at.isoformat(), "cases": run.cases, "refolded": run.refolded, "counts": counts, "by": by}
    house.record_integrity_run(s, values)
    text = {"at": run.at.isoformat(), "complete": run.complete, "findings": [asdict(one) for one in run.findings]}
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(text, file, ensure_ascii=False)
    half.replace(path)


def _file() -> Path:
    return home() / "integrity" / "last.json"


def last_run(s: Session) -> Run | None:
    """The last run of the house, None before the first; without findings where their file is not on this machine."""
    said = _last_counts()
    if said is None:
        return None
    kept = _kept(said["at"])
    findings = tuple(Finding(**entry) for entry in kept["findings"] if entry["check"] in BY_NAME)
    counts = {name: number for name, number in said["counts"].items() if name in BY_NAME}
    at = datetime.fromisoformat(said["at"])
    return Run(at.date(), at, said["cases"], said["refolded"], counts, findings, kept["complete"])


def _last_counts() -> Mapping[str, Any] | None:
    event = models.Event.objects.filter(stream__name=house.HOUSE, step=STEP).order_by("-position").first()
    if event is None:
        return None
    note = models.EventValue.objects.get(stream_id=event.stream_id, position=event.position, slot=0)
    said: Mapping[str, Any] = json.loads(note.value or "{}")
    return said


def _kept(at: str) -> Mapping[str, Any]:
    try:
        kept: Mapping[str, Any] = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    return kept if kept.get("at") == at else {"findings": [], "complete": False}


# ---------------------------------------------------------------- who sees it


def may_see(s: Session) -> bool:
    """Administrators, and whoever supervises: heads and 法制监督人员."""
    return s.officer is None or any(role in SEEING for role, _ in s.posts)


def offered_to(roles: frozenset[str]) -> bool:
    """Whether a menu offers the page to whoever holds these roles."""
    return bool(roles & SEEING)


def must_see(s: Session) -> None:
    """Raises NotAllowed for everybody else."""
    if not may_see(s):
        raise NotAllowed(
            "完整性检查由系统管理员、机构和机关负责人、法制监督人员查看。", todo="请联系本单位系统管理员。"
        )


def answers_for_all(s: Session) -> bool:
    """Who is told how much was found in the whole house, and what belongs to no case."""
    return s.officer is None or any(role == ADMINISTRATOR.name for role, _ in s.posts)


def seen_by(s: Session, run: Run) -> list[Finding]:
    """The findings of cases that the person sees from inside; those of the house itself are for administrators."""
    cases = {one.case for one in run.findings if one.case is not None}
    seen, whole = _from_inside(s, cases), answers_for_all(s)
    return [one for one in run.findings if (one.case in seen if one.case is not None else whole)]


def _from_inside(s: Session, cases: Iterable[int]) -> set[int]:
    found = access.cases(s).filter(pk__in=list(cases))
    inside = found if s.officer is None else found.filter(body_id__in=s.bodies)
    return set(inside.values_list("pk", flat=True))
