"""登记变动: the form of one change in a register; a refusal comes back in the same form with all that was typed."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fadu.kernel import access
from fadu.kernel import registers as kernel
from fadu.kernel.access import Session
from fadu.kernel.models import Organ, RegisterEntry
from fadu.kernel.registers import Change
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.rules.facts import fact_fields
from fadu.rules.registers import ChangeKind, Effect, Register
from fadu.web.shared.fields import Choice, ErrorLine, Field, Told, make, select
from fadu.web.shared.officer import me
from fadu.web.shared.refusals import status_of
from fadu.web.shared.typed import Typed, as_typed, keep_uploads, uploads_in
from fadu.web.shared.words import read_day, whole
from fadu.web.workbench import registers as lists


@dataclass(frozen=True, slots=True)
class Form:
    """A change that is being written down. entry: the row it goes on with, none when it enters one."""

    s: Session
    register: Register
    kind: ChangeKind
    organs: list[Organ]
    entry: RegisterEntry | None

    @property
    def facts(self) -> list[str]:
        """The facts that are asked for: all of a new entry, all but the key of a changed one, none at an end."""
        if self.kind.effect is Effect.ENDS:
            return []
        names = fact_fields(self.register.model)
        return [name for name in names if self.entry is None or name != self.register.key]

    def first_typed(self) -> Typed:
        """An untouched form: what the entry holds."""
        typed, fields = Typed(), fact_fields(self.register.model)
        for name in self.facts if self.entry else ():
            assert self.entry is not None
            field = f"f-{name}-kept" if fields[name].widget == "files" else f"f-{name}"
            typed.put(field, *as_typed(fields[name], self.entry.data.get(name)))
        return typed

    def perform(self, typed: Typed, faults: dict[str, str]) -> RegisterEntry:
        """Makes the change. Raises BadInput, NotAllowed, Refusal."""
        faults = {name.removeprefix("f-"): said for name, said in faults.items()}
        try:
            since = read_day(typed.one("since"), "生效日期", "since")
        except BadInput as fault:
            faults, since = faults | fault.fields, None
        organ = self.entry.organ_id if self.entry else self._chosen(typed, faults)
        if faults or organ is None:
            raise BadInput(faults)
        self._refuse_stale(typed)
        change = Change(str(self.kind), self._values(typed), since, typed.one("reason"))
        with transaction.atomic():
            return kernel.perform(self.s, self.register.name, organ, change)

    def _values(self, typed: Typed) -> dict[str, Any]:
        fields = fact_fields(self.register.model)
        values = {name: typed.value(f"f-{name}", fields[name]) for name in self.facts}
        return values | ({self.register.key: self.entry.key} if self.entry else {})

    def _chosen(self, typed: Typed, faults: dict[str, str]) -> int | None:
        chosen = next((organ.pk for organ in self.organs if str(organ.pk) == typed.one("organ")), None)
        if chosen is None:
            faults["organ"] = "请选择所属机构"
        return chosen

    def _refuse_stale(self, typed: Typed) -> None:
        """The form was made from one row; another may have taken its place."""
        if self.entry is not None and typed.one("entry") != str(self.entry.pk):
            raise Refusal("您填写期间，这个条目已有新的变动，没有登记。", todo="请核对条目的现行内容后重新提交。")

    def boxes(self, told: Told) -> list[Field]:
        """The organ of a new entry, its facts, the day, the reason."""
        fields, model = fact_fields(self.register.model), self.register.model.model_fields
        boxes = [] if self.entry else [self._organ(told)]
        boxes += [make(told, f"f-{name}", fields[name], required=model[name].is_required()) for name in self.facts]
        for box in boxes:
            box.internal = False
        since = told.typed.every("since") or [self.s.today.isoformat()]
        hint = "变动自这一天起生效；已经生效的填写实际日期，尚未生效的可以填写以后的日期"
        boxes.append(Field("since", "生效日期", "date", since, hint=hint, fault=told.faults.get("since", "")))
        boxes[-1].required = True
        boxes.append(
            Field(
                "reason", "理由或者依据", "long", told.typed.every("reason"), required=self.kind.needs_reason,
                fault=told.faults.get("reason", ""),
            )
        )  # fmt: skip
        return boxes

    def _organ(self, told: Told) -> Field:
        choices = [Choice(str(organ.pk), organ.name) for organ in self.organs]
        box = select(told, "organ", "所属机构", choices)
        if len(choices) == 1:
            box.widget, box.typed = "hidden", [choices[0].value]
        return box


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One change of a register: ?entry= names the entry that it changes or ends."""
    with access.session(me(request)) as s:
        form = _form(s, name, kind, request.GET.get("entry", ""))
        if request.method == "GET":
            return _show(request, form, form.first_typed())
        typed = Typed.of(request)
        faults = keep_uploads(s, request, typed)
        try:
            made = form.perform(typed, faults)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            return _show(request, form, typed, refusal)
    return redirect(f"{reverse('entry', args=[name, made.pk])}?done=1")


def _form(s: Session, name: str, kind: str, number: str) -> Form:
    """Raises NotFound alike for what is absent and what may not be seen, NotAllowed for whom it is not to change."""
    lists.declared(s, name)
    register, declared = kernel.declared(s, name, kind)
    organs = lists.changed_at(s, register)
    if declared.effect is Effect.ENTERS:
        if not organs:
            kernel.may(s, register, 0)
        return Form(s, register, declared, organs, None)
    asked = access.entry(s, name, whole(number, 17) or 0)
    assert asked.organ_id is not None  # entries of declared registers belong to an organ
    kernel.may(s, register, asked.organ_id)
    return Form(s, register, declared, organs, kernel.latest(name, asked.organ_id, asked.key) or asked)


def _show(request: HttpRequest, form: Form, typed: Typed, refusal: Refusal | None = None) -> HttpResponse:
    fields = refusal.fields if isinstance(refusal, BadInput) else {}
    names = {f"f-{name}": name for name in form.facts}
    faults = {next((box for box, fact in names.items() if fact == name), name): said for name, said in fields.items()}
    boxes = form.boxes(Told(typed, faults, access.files_named(form.s, uploads_in(typed))))
    shown = {box.name for box in boxes if box.widget != "hidden"}
    context = {
        "section": "registers",
        "register": form.register,
        "kind": form.kind,
        "entry": form.entry,
        "line": lists.line(form.register, form.entry) if form.entry else None,
        "ends": form.kind.effect is Effect.ENDS,
        "article": form.kind.article or form.register.article,
        "boxes": boxes,
        "refusal": refusal,
        "error_lines": [ErrorLine(said, name if name in shown else "") for name, said in faults.items()],
    }
    status = status_of(refusal) if refusal else HTTPStatus.OK
    return render(request, "workbench/register_form.html", context, status=status)
