"""导入名录: a spreadsheet is checked row by row without anything being changed, then taken whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access, bulk
from fadu.kernel import registers as kernel
from fadu.kernel.access import Session
from fadu.kernel.bulk import Entries, Fault, Faulty, Outcome
from fadu.kernel.models import Organ
from fadu.rules.errors import BadInput
from fadu.rules.registers import Register
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day
from fadu.web.workbench import registers as lists
from fadu.web.workbench import row_file
from fadu.web.workbench.table_file import table_file

SHOWN = 500
IGNORED = "-"


@dataclass(slots=True)
class Import:
    """A file on its way in. said: heading → meaning, where the person said it."""

    register: Register
    organs: list[Organ]
    text: str = ""
    name: str = ""
    organ: int = 0
    since: str = ""
    said: dict[str, str] = field(default_factory=dict)

    @property
    def target(self) -> Entries:
        """Raises BadInput for a day that is none."""
        return Entries(self.register, self.organ, read_day(self.since, "生效日期", "since"))

    @property
    def columns(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Each heading of the file, what it was taken for, and what it may be taken for."""
        known = Entries(self.register, 0, None).columns()
        choices = [*((meaning, heading) for heading, meaning in known.items()), (IGNORED, "不导入")]
        return [(one, self.said.get(one) or known.get(one, ""), choices) for one in row_file.headings(self.text)]

    def run(self, s: Session, *, check: bool) -> Outcome:
        """Raises what a bulk act raises; a check leaves nothing."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.write_text(self.text, encoding="utf-8", newline="")
            return bulk.run(s, self.target, path, said=self.said, check=check)


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request: HttpRequest, name: str) -> HttpResponse:
    """The form; with a file what is wrong with which row, or that all may be taken; and the taking."""
    with access.session(me(request)) as s:
        register = lists.declared(s, name)
        organs = lists.changed_at(s, register)
        if not organs:
            kernel.may(s, register, 0)
        asked = Import(register, organs)
        if request.method != "POST":
            return _show(request, asked)
        try:
            _read(request, asked)
            outcome = asked.run(s, check=request.POST.get("do") != "import")
        except Faulty as refused:
            return _show(request, asked, faults=refused.faults)
        except BadInput as refused:
            return _show(request, asked, told=list(refused.fields.values()))
        if outcome.bulk is None:
            return _show(request, asked, outcome=outcome)
    return redirect(f"{reverse('register', args=[name])}?imported={outcome.rows}")


def _read(request: HttpRequest, asked: Import) -> None:
    """What was sent, into the import. Raises BadInput."""
    given = request.POST
    asked.since, asked.name = given.get("since", "").strip(), Path(given.get("name", "")).name
    organ = given.get("organ", "")
    asked.organ = next((one.pk for one in asked.organs if str(one.pk) == organ), 0)
    upload = request.FILES.get("file")
    if upload is not None or not given.get("text"):
        asked.text = row_file.text_of(upload)
        asked.name = f"{Path((upload.name if upload else '') or '').stem[:80] or '名录'}.csv"
    else:
        asked.text = given["text"]
        places = {f"column-{at}": one for at, one in enumerate(row_file.headings(asked.text))}
        asked.said = {one: given[box] for box, one in places.items() if given.get(box)}
    if not asked.organ:
        raise BadInput({"organ": "请选择条目所属的机构"})


def _show(
    request: HttpRequest,
    asked: Import,
    *,
    told: list[str] | None = None,
    faults: list[Fault] | None = None,
    outcome: Outcome | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "registers",
        "register": asked.register,
        "asked": asked,
        "told": told,
        "faults": (faults or [])[:SHOWN],
        "number": len(faults or []),
        "outcome": outcome,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if told or faults else HTTPStatus.OK
    return render(request, "workbench/register_import.html", context, status=status)


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The headings of a file that can be imported, those that must be there first."""
    with access.session(me(request)) as s:
        target = Entries(lists.declared(s, name), 0, None)
        needed = list(target.required())
        return table_file(f"{name}.csv", [*needed, *(one for one in target.columns() if one not in needed)], [])
