"""The act of destruction: erases values behind their digests, so that chain, seals and proofs hold as before.

One event says what goes and on which ground, and states anew what remains of each row; the values it names become
NULL and their salts empty in the same transaction. What remains, and for how long files are kept: docs/decisions/0016.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from fadu.kernel import access, files, house, ledger, mirrored, models, remains, store, validity
from fadu.kernel.access import Session
from fadu.kernel.bulk import erasing
from fadu.kernel.desk_models import Draft
from fadu.kernel.integrity.record_checks import TABLE_WORDS
from fadu.kernel.ledger import Deed
from fadu.kernel.remains import Place, Scope
from fadu.kernel.store import Loaded
from fadu.rules.casefile import DESTROYING, Operation, Recorded, apply, note
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.rules.facts import Audience, fact_fields
from fadu.rules.procedure import ADMINISTRATOR, ARCHIVIST, BODY_HEAD, ORGAN_HEAD, Procedure

RETENTION = "retention"
"""Register: how long the files of a system are kept. Key: system → {"years": None for ever, "article"}."""
NOTE = "destroyed"
DIGEST = re.compile(r"[0-9a-f]{64}")
NAMED = "SELECT stream_id, position, slot FROM kernel_eventvalue WHERE value LIKE %s"


@dataclass(frozen=True, slots=True)
class What:
    """What is asked for: a party by its key, or a fact by its name, or, with neither, the whole file."""

    case: int
    party: str | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why, on which article, and who: the officer who does it and another one who approved it."""

    reason: str
    article: str
    by: int
    approved_by: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act of destruction would do. values: what → how many; uploads: their digests; personal: what would
    still be there; linked: other cases, of which each is destroyed by itself.
    """

    case: int
    number: str
    label: str
    values: dict[str, int]
    uploads: tuple[str, ...]
    personal: tuple[str, ...]
    linked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A locked case, what goes, where it lies, and the uploads that go.

    imported: rows of the kept files of imports, which go whole.
    """

    loaded: Loaded
    procedure: Procedure
    scope: Scope
    going: list[tuple[Place, Operation]]
    uploads: tuple[str, ...]
    imported: tuple[tuple[models.Bulk, int], ...]


def plan(what: What, ground: Ground, *, at: datetime | None = None) -> Plan:
    """What would be destroyed; changes nothing. Raises NotFound, BadInput, NotAllowed, Refusal."""
    with access.session(None, at) as s, transaction.atomic():
        found = _find(s, what)
        role_of(s, ground, _organs(found))
        transaction.set_rollback(True)  # an imported case is given its chain only in earnest
        return _told(found)


def destroy(what: What, ground: Ground, *, at: datetime | None = None) -> Plan:
    """Destroys it; what was destroyed cannot be brought back. Raises NotFound, BadInput, NotAllowed, Refusal."""
    with access.session(None, at) as s:
        found = _find(s, what)
        role = role_of(s, ground, _organs(found))
        told = _told(found)
        case = found.loaded.case
        position = case.position + 1
        going = [operation for _, operation in found.going]
        operations = remains.remains(case, going, found.scope, position)
        taken = [out for bulk, row in found.imported if (out := erasing.take_out(s, bulk, row))]
        operations.append(note(NOTE, _said(found, ground) | ({"imports": taken} if taken else {})))
        apply(case, operations)
        label = _label(found.scope)
        audience = Audience.PARTIES.value
        deed = Deed(uuid4(), DESTROYING, label, audience, ground.article, ground.by, role, s.today)
        store.write(s, found.loaded, found.procedure, deed, operations, None)
        ledger.rows("SELECT fadu_erase(%s, %s)", [found.loaded.stream, position])
        models.Key.objects.filter(answer__case=case.id).delete()
        Draft.objects.filter(case=case.id).delete()
        destroy_uploads(found.uploads)
        return told


def _organs(found: _Found) -> tuple[int, int]:
    return found.loaded.case.body, found.loaded.case.organ


def _find(s: Session, what: What) -> _Found:
    told = Q(pk__in=models.Case.objects.filter(pk=what.case).values("bulk"))
    again = Q(pk__in=models.Matched.objects.filter(case=what.case).values("bulk"))
    list(models.Bulk.objects.select_for_update().filter(told | again))  # before the case, as taking it back does
    loaded = store.load(what.case, None, None)
    if loaded is None:
        raise NotFound("案件")
    case = loaded.case
    if case.closed is None:
        raise Refusal("案件还没有办结，在办案件的内容不能销毁。", todo="请在办结、归档之后办理。")
    procedure = s.registry.procedure(case.system, case.version)
    mirrored.adopt(s, loaded, procedure)
    record = ledger.read(loaded.stream)
    scope = _scope(s, loaded, procedure, record, what)
    gone = ledger.rows(
        "SELECT position, slot FROM kernel_eventvalue WHERE stream_id = %s AND value IS NULL", [loaded.stream]
    )
    going = remains.places(record, {(position, slot) for position, slot in gone}, scope)
    if not going:
        raise Refusal(f"本案没有可以销毁的{scope.label}。", todo="请核对案卷，可能已经销毁。")
    left = remains.remains(case, [operation for _, operation in going], scope, case.position + 1)
    uploads = uploads_of(loaded.stream, going, left)
    return _Found(loaded, procedure, scope, going, uploads, tuple(erasing.kept_rows(case.id)))


def _scope(s: Session, loaded: Loaded, procedure: Procedure, record: Sequence[Recorded], what: What) -> Scope:
    if what.party is not None:
        return remains.of_party(loaded.case, record, what.party)
    if what.fact is not None:
        return remains.of_fact(loaded.case, record, procedure, what.fact)
    scope = remains.of_file(procedure)
    if any(event.step == DESTROYING and event.label == _label(scope) for event in record):
        raise Refusal("本案的案卷已经销毁，只留下目录。", todo="无须再办理。")
    _refuse_too_early(s, procedure, date.fromisoformat(str(loaded.case.closed)))
    return scope


def _label(scope: Scope) -> str:
    """What the record calls the act."""
    return f"销毁{scope.label}"


def _said(found: _Found, ground: Ground) -> dict[str, object]:
    """What the record keeps of it. slots and ground are read by fadu_erase."""
    return {
        "what": found.scope.label,
        "reason": ground.reason,
        "approved_by": ground.approved_by,
        "ground": f"本案第{found.loaded.case.position + 1}条记录：{ground.reason}（{ground.article}）",
        "slots": [list(place) for place, _ in found.going],
        "uploads": list(found.uploads),
    }


# ---------------------------------------------------------------- who, and when


def role_of(s: Session, ground: Ground, organs: Collection[int]) -> str:
    """The role in which it is done; refuses what lacks reason, article, the right role or a head's approval."""
    words = {"reason": ("理由", ground.reason), "article": ("依据", ground.article)}
    missing = {name: f"没有写明销毁的{label}" for name, (label, said) in words.items() if not said.strip()}
    if missing:
        raise BadInput(missing)
    if ground.by == ground.approved_by:
        raise NotAllowed("销毁不能由一人自办自批。", todo="请由另一名机构负责人或者机关负责人批准。")
    if _holds(s, ground.by, ADMINISTRATOR.name):
        role = ADMINISTRATOR.name
    elif _holds(s, ground.by, ARCHIVIST.name, organs):
        role = ARCHIVIST.name
    else:
        raise NotAllowed("销毁由档案管理人员或者系统管理员办理。", todo="请由有这项职责的人员办理。")
    if not any(_holds(s, ground.approved_by, head.name, organs) for head in (BODY_HEAD, ORGAN_HEAD)):
        raise NotAllowed("销毁应当由办理机构或者机关的负责人批准。", todo="请先报负责人批准，再写明批准人。")
    return role


def _holds(s: Session, officer: int, role: str, organs: Collection[int] | None = None) -> bool:
    posts = models.Post.objects.filter(validity.on(s.today), role=role, officer_id=officer, officer__is_active=True)
    return posts.exists() if organs is None else posts.filter(organ_id__in=list(organs)).exists()


def set_retention(s: Session, system: str, years: int | None, article: str) -> None:
    """How long the files of a system are kept from now on; None: for ever. An act of the house."""
    if system not in s.registry.systems:
        raise NotFound(f"程序“{system}”")
    if years is not None and years < 1:
        raise BadInput({"years": "保管期限至少是一年"})
    if not article.strip():
        raise BadInput({"article": "没有写明保管期限的依据"})
    house.put_entry(s, RETENTION, system, {"years": years, "article": article}, since=s.today)


def _refuse_too_early(s: Session, procedure: Procedure, closed: date) -> None:
    """The whole file goes only after its time, which begins with the year after the case was closed."""
    entry = access.register(s, RETENTION, s.today, key=procedure.system).first()
    if entry is None:
        raise Refusal(
            f"本单位没有登记“{procedure.label}”案卷的保管期限，不能销毁全部案卷。",
            todo="请先按档案保管期限表登记：fadu record keep。",
        )
    years, article = entry.data["years"], entry.data["article"]
    if years is None:
        raise Refusal(f"“{procedure.label}”案卷永久保管，不能销毁。", article=article)
    until = date(closed.year + 1 + years, 1, 1)
    if s.today < until:
        raise Refusal(
            f"案卷的保管期限为{years}年，自办结的次年起算，{until.isoformat()}以前不能销毁全部案卷。",
            article=article,
            todo="个人信息可以按当事人或者项目单独销毁。",
        )


# ---------------------------------------------------------------- uploads, and what is told


def uploads_of(
    stream: int, going: Sequence[tuple[Place, Operation]], left: Sequence[Operation] = ()
) -> tuple[str, ...]:
    """Digests of the uploaded files that these values name, and neither what is left nor any other value on record."""
    named = set(DIGEST.findall(json.dumps([one["value"] for _, one in going])))
    named -= set(DIGEST.findall(json.dumps([one["value"] for one in left])))
    stored = models.File.objects.filter(digest__in=named).order_by("digest").values_list("digest", flat=True)
    places = {(stream, *place) for place, _ in going}
    return tuple(digest for digest in stored if set(ledger.rows(NAMED, [f"%{digest}%"])) <= places)


def destroy_uploads(digests: Sequence[str]) -> None:
    """The rows now, the bytes once it is certain."""
    models.File.objects.filter(digest__in=digests).delete()
    for digest in digests:
        transaction.on_commit(partial(files.path_of(digest).unlink, missing_ok=True))


def _told(found: _Found) -> Plan:
    case = found.loaded.case
    fields = fact_fields(found.procedure.facts)
    counts = Counter(_word(operation, {name: field.fact.label for name, field in fields.items()})
                     for _, operation in found.going)  # fmt: skip
    if found.imported:
        counts["导入的文件中的行"] = len(found.imported)
    left = {} if found.scope.whole else {name: value for name, value in case.facts.items() if name != found.scope.fact}
    personal = remains.personal_facts(found.procedure.facts, left)
    linked = sorted({row["other"] for row in case.table("link").values()})
    number = case.number or f"案件{case.id}"
    return Plan(case.id, number, found.scope.label, dict(counts), found.uploads, tuple(personal), tuple(linked))


def _word(operation: Operation, labels: dict[str, str]) -> str:
    match operation["op"]:
        case "put":
            return TABLE_WORDS[operation["table"]]
        case "fact":
            return f"“{labels.get(operation['name'], operation['name'])}”"
        case "head":
            return "标题"
        case _:
            return "说明"
