"""What a person typed into a form, kept as typed; and stored values turned back into what would have been typed.

Names in the form: `f-<fact>`, `p-<role>-<n>-<field>` with the number of rows in `p-<role>`, `i-<n>-<field>` with
the number of rows in `i`, of agents `a-<n>-<field>`, `o-<item>`. A file field `<name>` has its already stored uploads
in `<name>-kept`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from fadu.kernel import files
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput
from fadu.rules.facts import FactField
from fadu.web.shared.words import iso_day, whole

MOST_ROWS = 200


class Typed:
    """Names of fields → what was typed, in order."""

    def __init__(self, given: Mapping[str, Sequence[str]] | None = None) -> None:
        self._given = {name: list(values) for name, values in (given or {}).items()}

    @classmethod
    def of(cls, request: HttpRequest) -> Typed:
        """The posted form; characters that no text has are dropped."""
        return cls({name: [v.replace("\0", "") for v in request.POST.getlist(name)] for name in request.POST})

    def one(self, name: str, default: str = "") -> str:
        values = self._given.get(name)
        return values[-1] if values else default

    def every(self, name: str) -> list[str]:
        return list(self._given.get(name, ()))

    def put(self, name: str, *values: str) -> None:
        self._given[name] = list(values)

    def names(self) -> list[str]:
        return list(self._given)

    def rows(self, group: str) -> int:
        """How many rows of a group the form has: at least one, unless most people need none."""
        return min(max(whole(self.one(group), 4) or 0, _least(group)), MOST_ROWS)

    def add_row(self, group: str) -> None:
        self.put(group, str(min(self.rows(group) + 1, MOST_ROWS)))

    def drop_row(self, group: str, number: int) -> None:
        """Takes one row out; the rows after it move up."""
        last = self.rows(group) - 1
        for at in range(number, last):
            self._clear(f"{group}-{at}-")
            for name in self._names(f"{group}-{at + 1}-"):
                self._given[f"{group}-{at}-" + name.removeprefix(f"{group}-{at + 1}-")] = self._given[name]
        self._clear(f"{group}-{last}-")
        self.put(group, str(max(last, _least(group))))

    def _names(self, start: str) -> list[str]:
        return [name for name in self._given if name.startswith(start)]

    def _clear(self, start: str) -> None:
        for name in self._names(start):
            del self._given[name]

    def blank(self, names: Iterable[str]) -> bool:
        """Whether nothing was typed into any of these."""
        return not any(value.strip() for name in names for value in (*self.every(name), *self.every(f"{name}-kept")))

    def value(self, name: str, field: FactField) -> Any:
        """What the kernel is given for one field; None when nothing was typed."""
        match field.widget:
            case "files":
                return self.every(f"{name}-kept") or None
            case "choices":
                return self.every(name) or None
            case "list":
                return [row.strip() for row in self.one(name).splitlines() if row.strip()] or None
            case "date":
                return iso_day(self.one(name)) or None
            case "number":
                return self.one(name).strip().replace(",", "").replace("，", "") or None
            case _:
                return self.one(name).strip() or None


def _least(group: str) -> int:
    """Rows that a group has at least: of agents none."""
    return 0 if group == "a" else 1


def uploads_in(typed: Typed) -> list[str]:
    """Every upload that came with a form."""
    return [entry for name in typed.names() if name.endswith("-kept") for entry in typed.every(name)]


def keep_uploads(s: Session, request: HttpRequest, typed: Typed) -> dict[str, str]:
    """Stores the files that came with the form, under the fields they came in; the sentences for those refused."""
    faults: dict[str, str] = {}
    for name in request.FILES:
        kept = typed.every(f"{name}-kept")
        for upload in request.FILES.getlist(name):
            try:
                stored = files.keep(s, upload.name or "", upload.size or 0, upload)
            except BadInput as fault:
                said = next(iter(fault.fields.values()))
                faults[name] = "；".join(filter(None, [faults.get(name), said]))
            else:
                kept.append(str(stored))
        typed.put(f"{name}-kept", *dict.fromkeys(kept))
    return faults


# ---------------------------------------------------------------- stored values as typed


def as_typed(field: FactField, value: Any) -> list[str]:
    """A stored value as a person would have typed it."""
    if value is None:
        return []
    match field.widget:
        case "money":
            return [f"{value // 100}.{value % 100:02}"]
        case "bool":
            return ["true" if value else "false"]
        case "choices" | "files":
            return [str(entry) for entry in value]
        case "list":
            return ["\n".join(str(entry) for entry in value)]
        case _:
            return [str(value)]


def retyped(facts: Mapping[str, FactField], items: Mapping[str, FactField], values: Mapping[str, Any]) -> Typed:
    """A carried proposal as the form in which it was drafted."""
    typed = Typed()
    for name, field in facts.items():
        typed.put(_typed_name(f"f-{name}", field), *as_typed(field, values.get(name)))
    rows = values.get("items") or ()
    typed.put("i", str(len(rows)))
    for number, row in enumerate(rows):
        for name, field in items.items():
            typed.put(_typed_name(f"i-{number}-{name}", field), *_item(field, row.get(name)))
    counted: dict[str, int] = {}
    for row in values.get("parties") or ():
        number = counted.get(row["role"], 0)
        counted[row["role"]] = number + 1
        typed.put(f"p-{row['role']}", str(number + 1))
        for name, value in row.items():
            typed.put(f"p-{row['role']}-{number}-{name}", "true" if value is True else str(value or ""))
    for key, code in (values.get("outcomes") or {}).items():
        typed.put(f"o-{key}", code)
    typed.put("f-through", *(values.get("through") or ()))
    typed.put("f-consent", str(values.get("consent") or ""))
    return typed


def _typed_name(name: str, field: FactField) -> str:
    return f"{name}-kept" if field.widget == "files" else name


def _item(field: FactField, value: Any) -> list[str]:
    """Items travel in a proposal as they were typed, not yet cleaned."""
    return [value] if isinstance(value, str) else as_typed(field, value)
