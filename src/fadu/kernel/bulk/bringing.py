"""Tables that officers bring: read, tried and taken by a job, found again by whoever brought them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import Q, QuerySet

from fadu.infra import jobs
from fadu.infra.jobs import Course
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.bulk import messy
from fadu.kernel.bulk.columns import Target
from fadu.kernel.bulk.messy import key
from fadu.kernel.bulk.running import Faulty, Outcome, Tick, remembered, run
from fadu.kernel.bulk.targets import aim
from fadu.kernel.desk import owner
from fadu.kernel.desk_models import Brought
from fadu.kernel.models import Bulk, Officer
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.rules.procedure import ADMINISTRATOR
from fadu.rules.uploads import clean_name

LIKE = 0.8
KEPT = timedelta(days=30)
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of the file, and what it is taken for. guessed: by likeness only, to be looked at."""

    heading: str
    meaning: str
    guessed: bool = False


# ---------------------------------------------------------------- what a person asks


def bring(s: Session, target: Target, name: str, content: bytes) -> Brought:
    """Keeps a table and asks for it to be tried. The same file into the same target is the same table.

    Raises NotAllowed.
    """
    target.role(s)
    found, _ = Brought.objects.get_or_create(
        officer_id=owner(s), kind=target.kind, target=target.name, digest=sha256(content).hexdigest(),
        defaults={"name": f"{Path(clean_name(name)).stem[:LONGEST_NAME] or '表格'}.csv", "content": content,
                  "options": target.options(), "changed": s.now},
    )  # fmt: skip
    found.options = found.options if course(found) else target.options()
    ask(s, found, takes=False)
    return found


def ask(s: Session, brought: Brought, *, takes: bool, said: Mapping[str, str] | None = None) -> None:
    """Asks for a table to be tried, or taken; nothing where that is under way already, or it was taken and stands."""
    # of two clicks the second sees the job of the first, or what came of it
    now = Brought.objects.select_for_update().only("answer", "options").get(pk=brought.pk)
    stands = Bulk.objects.filter(pk=(now.answer or {}).get("bulk") or 0, taken_back=None)
    if course(brought) or (now.options == brought.options and stands.exists()):
        return
    brought.takes, brought.answer, brought.stopped, brought.seen, brought.changed = takes, None, "", False, s.now
    brought.said = said if said is not None else brought.said
    brought.save(update_fields=["options", "takes", "answer", "stopped", "seen", "changed", "said"])
    jobs.defer(work_on_table, subject(brought.pk), number=brought.pk, officer=owner(s))


def stopper(s: Session, number: int) -> str:
    """The name of the person who may stop the job of a table: who brought it, or an administrator. Raises NotFound."""
    if not administers(s):
        own(s, number)
    return Officer.objects.get(pk=owner(s)).name


def stop(house: Session, number: int, by: str) -> None:
    """Stops the job of a table, whoever brought it: it leaves nothing. Nothing where its end has come. Raises NotFound.

    house: a session of the house itself.
    """
    found = Brought.objects.filter(pk=number).defer("content", "text", "lines").first()
    if found is None:
        raise NotFound("导入的表格")
    if not found.stopped and course(found):
        found.stopped, found.changed = by, house.now
        found.save(update_fields=["stopped", "changed"])
        jobs.stop(subject(number))


def under_way() -> list[Brought]:
    """All whose job is not over, the oldest first; asked in a session of the house itself."""
    waiting = (
        Brought.objects.filter(answer__isnull=True, stopped="").select_related("officer").order_by("changed", "pk")
    )
    return [one for one in waiting.defer("content", "text", "lines") if course(one)]


def administers(s: Session) -> bool:
    return any(role == ADMINISTRATOR.name for role, _ in s.posts)


def course(brought: Brought) -> Course | None:
    """How its job stands, while there is one."""
    return jobs.course(subject(brought.pk))


def subject(number: int) -> str:
    return f"table {number}"


def own(s: Session, number: int) -> Brought:
    """One that the person brought. Raises NotFound alike for one that is not there and for somebody else's."""
    found = Brought.objects.filter(officer_id=owner(s), pk=number).defer("content").first()
    if found is None:
        raise NotFound("导入的表格")
    return found


def own_ones(s: Session, *where: Q) -> QuerySet[Brought]:
    """What the person brought, newest first, without the rows themselves."""
    return (
        Brought.objects.filter(*where, officer_id=owner(s))
        .defer("content", "text", "lines")
        .order_by("-changed", "-pk")
    )


def unseen(s: Session) -> list[Brought]:
    """Those under way, and those whose end the person has not seen."""
    return list(own_ones(s, Q(seen=False)))


def forget_old(s: Session) -> None:
    """What was left lying is forgotten; the file of an import that was taken is kept with its event."""
    Brought.objects.filter(changed__lt=s.now - KEPT).delete()


# ---------------------------------------------------------------- the job


@jobs.task
def work_on_table(number: int, officer: int) -> None:
    """Reads a table if that was not done yet, then tries or takes it, with the rights of whoever brought it.

    The answer is written in the transaction of the import: after a kill, or a stop, there is neither, or both.
    """
    for part in (_read, _take):  # a transaction each: while rows come in, nothing keeps others from stopping it
        with suppress(jobs.Stopped), access.session(officer) as s:
            brought = Brought.objects.filter(pk=number, answer__isnull=True, stopped="").first()
            if brought:
                _answer(s, brought, part)


def _answer(s: Session, brought: Brought, part: Callable[[Session, Brought, Target], Outcome | None]) -> None:
    try:
        outcome = part(s, brought, aim(s, brought.kind, brought.target, brought.options))
    except Faulty as refused:
        faults = [{**asdict(one), "row": one.row + brought.above} for one in refused.faults]
        brought.answer = {"rows": refused.rows, "faults": faults, "number": refused.count}
        brought.answer |= _keep_lines(brought, refused)
    except Refusal as refused:
        fields = refused.fields.values() if isinstance(refused, BadInput) else (refused.message, refused.todo)
        brought.answer = {"told": [one for one in fields if one]}
    else:
        if outcome is None:
            return
        brought.answer = {"rows": outcome.rows, "bulk": outcome.bulk} | _keep_lines(brought, outcome)
    brought.save(update_fields=["answer", "lines"])


def _read(_: Session, brought: Brought, target: Target) -> None:
    """Keeps the rows in place of the file, once. Raises BadInput."""
    if brought.text:
        return
    table = messy.table_of(bytes(brought.content), {*target.columns(), *remembered(target)})
    brought.text, brought.above, brought.content = table.text, table.above, b""
    brought.save(update_fields=["text", "above", "content"])


def _take(s: Session, brought: Brought, target: Target) -> Outcome:
    with jobs.telling(subject(brought.pk)) as tick:
        return _run(s, brought, target, tick)


def _run(s: Session, brought: Brought, target: Target, tick: Tick) -> Outcome:
    said = {one.heading: one.meaning for one in columns(brought, target) if one.meaning}
    with TemporaryDirectory() as folder:
        path = Path(folder) / brought.name
        path.write_text(brought.text, encoding="utf-8", newline="")
        return run(s, target, path, said=said, check=not brought.takes, tick=tick)


def _keep_lines(brought: Brought, told: Outcome | Faulty) -> dict[str, Any]:
    """What became of each row, numbered as in the person's own file; those without a row are only counted."""
    brought.lines = [
        [line.row + brought.above, line.result.value, line.said] for line in told.lines if line.row is not None
    ]
    counted: dict[str, int] = {}
    for one in told.lines:
        counted[one.result.value] = counted.get(one.result.value, 0) + 1
    return {"counts": counted}


# ---------------------------------------------------------------- what its columns mean


def columns(brought: Brought, target: Target) -> list[Column]:
    """What each column is taken for: as said, as named, as in earlier imports, else what is most alike."""
    known, before, said = target.columns(), remembered(target), brought.said
    by_key = {key(heading): meaning for heading, meaning in known.items()}
    heads = messy.headings(brought.text)
    sure = {
        one: said[one] if one in said else known.get(one) or before.get(one) or by_key.get(key(one), "")
        for one in heads
    }
    free = {name: meaning for name, meaning in by_key.items() if meaning not in sure.values()}
    found: list[Column] = []
    for one in heads:
        like: Sequence[str] = ()
        if not sure[one] and one not in said:
            like = get_close_matches(messy.shorter(one), list(free), 1, LIKE)
        found.append(Column(one, free.pop(like[0]) if like else sure[one], bool(like)))
    return found
