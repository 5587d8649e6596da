"""名录: the registers, one as of any day, what differs between two days, the history of an entry, the export."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import access
from fadu.kernel import registers as kernel
from fadu.kernel.access import Session
from fadu.rules.errors import Refusal
from fadu.rules.facts import fact_fields
from fadu.rules.registers import Effect, Register
from fadu.web.shared.downloads import XLSX, attached, attached_upload
from fadu.web.shared.officer import me
from fadu.web.shared.words import chinese_day, shown
from fadu.web.workbench import list_head
from fadu.web.workbench import registers as lists
from fadu.web.workbench.listing import COUNTED, PAGE_SIZE
from fadu.web.workbench.registers import Asked
from fadu.web.workbench.table_file import table_file


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """All registers with the number of entries that the person sees today."""
    with access.session(me(request)) as s:
        sizes = access.register_sizes(s, s.today)
        rooms = [
            (room.label, [(register, sizes.get(register.name, 0)) for register in room.registers])
            for room in s.registry.rooms
            if room.registers
        ]
        return render(request, "workbench/registers.html", {"section": "registers", "rooms": rooms})


@require_safe
def register(request: HttpRequest, name: str) -> HttpResponse:
    """One page of a register as of a day."""
    with access.session(me(request)) as s:
        declared, asked = lists.declared(s, name), lists.read(s, request.GET.dict())
        found = lists.found(s, declared, asked)
        total = found[: COUNTED + 1].count()
        last = max(1, -(-min(total, COUNTED) // PAGE_SIZE))
        asked = replace(asked, page=min(asked.page, last))
        first = (asked.page - 1) * PAGE_SIZE
        frame = _frame(s, declared, asked)

        def there(address: str) -> bool:
            return lists.found(s, declared, lists.read(s, dict(parse_qsl(address[1:])))).exists()

        context = {
            **frame,
            "head": list_head.head("项", total, COUNTED, "编码", lists.chips(asked, frame["organs"]), there),
            "todo": _todo(s, declared),
            "lines": [lists.line(declared, entry) for entry in found[first : first + PAGE_SIZE]],
            "headings": lists.headings(declared),
            "pages": {
                "now": asked.page,
                "last": last,
                "before": asked.address(page=asked.page - 1) if asked.page > 1 else None,
                "after": asked.address(page=asked.page + 1) if asked.page < last else None,
            },
            "enters": _enters(s, declared),
            "imports": bool(lists.changed_at(s, declared)),
        }
        return render(request, "workbench/register.html", context, status=_status(asked))


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Exactly the rows of the list, all pages."""
    with access.session(me(request)) as s:
        declared, asked, rows = _all_rows(s, name, request.GET.dict())
        return table_file(f"{name}-{asked.on.isoformat()}.csv", lists.headings(declared), rows)


@require_safe
def export_xlsx(request: HttpRequest, name: str) -> HttpResponse:
    """The same as a workbook."""
    with access.session(me(request)) as s:
        declared, asked, rows = _all_rows(s, name, request.GET.dict())
        note = (f"{chinese_day(asked.on)}有效的条目，{len(rows)}项",)
        sheet = Sheet(declared.label, tuple(lists.headings(declared)), tuple(rows), (), note)
    return attached(to_xlsx([sheet]), XLSX, f"{declared.label}{asked.on.isoformat()}.xlsx")


def _all_rows(s: Session, name: str, given: dict[str, str]) -> tuple[Register, Asked, list[tuple[str, ...]]]:
    """Raises Refusal when there are too many."""
    declared, asked = lists.declared(s, name), lists.read(s, given)
    found = list(lists.found(s, declared, asked)[: COUNTED + 1])
    if len(found) > COUNTED:
        raise Refusal(f"符合条件的条目超过 {COUNTED} 项，没有导出。", todo="请返回列表，增加条件后再导出。")
    return declared, asked, [lists.line(declared, entry).cells for entry in found]


@require_safe
def pending(request: HttpRequest, name: str) -> HttpResponse:
    """What is decided and does not count yet, and the cases under way that will change the register."""
    with access.session(me(request)) as s:
        declared = lists.declared(s, name)
        context = {
            "section": "registers",
            "register": declared,
            "changes": lists.pending(s, declared),
            "cases": lists.under_way(s, declared),
        }
        return render(request, "workbench/register_pending.html", context)


@require_safe
def difference(request: HttpRequest, name: str) -> HttpResponse:
    """What of a register is otherwise on one day than on another."""
    with access.session(me(request)) as s:
        declared, asked = lists.declared(s, name), lists.read(s, request.GET.dict())
        faults = dict(asked.faults)
        if not faults and asked.other <= asked.on:
            faults["other"] = "后一个日期应当晚于前一个日期"
        # without a question yet, or with a faulty one, there is nothing to compare
        posed = "on" in asked.typed and not faults
        asked = replace(asked, faults=faults if "on" in asked.typed else {})
        found = lists.differences(s, declared, asked) if posed else []
        numbers = [(kind, sum(one.kind == kind for one in found)) for kind in ("新增", "变动", "终止")]
        context = {**_frame(s, declared, asked), "found": found, "numbers": numbers, "posed": posed}
        return render(request, "workbench/register_difference.html", context, status=_status(asked))


@require_safe
def entry(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One entry: what it holds, since when, and every act on it."""
    with access.session(me(request)) as s:
        declared, found = lists.declared(s, name), access.entry(s, name, number)
        newest = kernel.latest(name, found.organ_id, found.key)
        kept = lists.uploads(s, declared, found)
        facts = [
            {
                "label": one.fact.label,
                "long": one.fact.long,
                "text": shown(one, found.data.get(key)),
                "files": [kept[said] for said in found.data.get(key) or () if said in kept]
                if one.widget == "files"
                else [],
            }
            for key, one in fact_fields(declared.model).items()
        ]
        context = {
            "section": "registers",
            "register": declared,
            "entry": found,
            "line": lists.line(declared, found),
            "facts": facts,
            "newest": newest if newest and newest.pk != found.pk else None,
            "valid": found.since <= s.today and (found.before is None or found.before > s.today),
            "told": list(lists.history(s, declared, found)),
            "changes": _changes(s, declared, found) if newest and newest.before is None else [],
            "done": "done" in request.GET,
        }
        return render(request, "workbench/entry.html", context)


@require_safe
def entry_file(request: HttpRequest, name: str, number: int, digest: str) -> HttpResponseBase:
    """A file that a fact of the entry holds."""
    with access.session(me(request)) as s:
        declared, found = lists.declared(s, name), access.entry(s, name, number)
        kept = (one for one in lists.uploads(s, declared, found).values() if one.digest == digest)
        return attached_upload(next(kept, None))


# ---------------------------------------------------------------- what the pages share


def _frame(s: Session, declared: Register, asked: Asked) -> dict[str, Any]:
    return {
        "section": "registers",
        "register": declared,
        "asked": asked,
        "organs": {str(organ): name for organ, name in access.names_of_organs(s).items()},
        "today": s.today,
        "address": asked.address(),
    }


def _status(asked: Asked) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if asked.faults else HTTPStatus.OK


def _todo(s: Session, declared: Register) -> str:
    """How entries come into the register."""
    if _enters(s, declared):
        return "可以从上面的按钮登记。"
    return f"条目由所属机构的{'、'.join(str(role.label) for role in declared.by)}登记。"


def _enters(s: Session, declared: Register) -> list[Any]:
    """The kinds of change that enter an entry, for those who may make them."""
    kinds = [kind for kind in declared.changes if kind.effect is Effect.ENTERS]
    return kinds if lists.changed_at(s, declared) else []


def _changes(s: Session, declared: Register, found: Any) -> list[Any]:
    """The kinds of change that go on with an entry, for those who may make them at its organ."""
    if not any(s.holds(role.name, found.organ_id) for role in declared.by):
        return []
    return [kind for kind in declared.changes if kind.effect is not Effect.ENTERS]
