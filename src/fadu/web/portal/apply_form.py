"""An application as pages of one section each: who, what is asked for, what happened; and all of it to be checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.rules import online
from fadu.rules.errors import BadInput
from fadu.rules.procedure import Procedure, Step
from fadu.web.shared.fields import Field, Told
from fadu.web.shared.step_form import Section, StepForm, Values, faults_by_field
from fadu.web.shared.typed import Typed
from fadu.web.shared.words import chinese_day

FACTS = "有关情况和材料"
KEPT = "只供办理使用，不对外公开"
UPLOAD = "请上传授权委托书、监护关系证明等代理的凭证"


@dataclass(frozen=True, slots=True)
class OnlineForm:
    """The form of a step that is open on the portal. step: as declared; form: what is asked of it."""

    step: Step
    form: StepForm

    @classmethod
    def of(cls, s: Session, procedure: Procedure, step: Step) -> OnlineForm:
        organs = access.names_of_organs(s) if step.opening else {}
        represented = online.represented(procedure, step)
        return cls(step, StepForm(procedure, online.asked(procedure, step), organs, represented=represented))

    def sections(self, told: Told) -> list[Section]:
        """People first, then what they ask for, then what happened; what the way itself says is not asked."""
        found = [self._for_everybody(section) for section in self.form.sections(told)]
        facts = [replace(section, title=section.title or FACTS) for section in found if not section.group]
        return [section for section in found if section.group] + [section for section in facts if section.boxes]

    def _for_everybody(self, section: Section) -> Section:
        """Of an organ its name is enough; what is for the house alone is told to be kept from the public."""
        left_out = set(online.said_of_items(self.form.procedure, self.step)) if section.group == "i" else set()
        organ = any(section.group == f"p-{role.name}" and role.organ for role in self.step.parties)
        rows = []
        for row in section.rows:
            kept = [box for box in row.boxes if _bare(box) not in left_out and (not organ or _bare(box) == "organ")]
            rows.append(replace(row, boxes=kept))
        for box in (*section.boxes, *(box for row in rows for box in row.boxes)):
            if box.internal:
                box.internal, box.hint = False, f"{box.hint}；{KEPT}" if box.hint else KEPT
        return replace(section, rows=rows)

    def values(self, typed: Typed) -> Values:
        """What was typed, as the kernel takes it."""
        found = self.form.values(typed)
        said = online.said_of_items(self.form.procedure, self.step)
        if said and "items" in found.values:
            found.values["items"] = [item | said for item in found.values["items"]]
        return found

    def faults(self, typed: Typed) -> dict[str, str]:
        """Everything that is wrong with what was typed, by the form's own names."""
        values = self.values(typed)
        found = faults_by_field(BadInput(faults), values) if (faults := self.form.faults(values)) else {}
        for role in online.necessary(self.step):
            if not any(place.startswith(f"p-{role.name}-") for place in values.places.values()):
                found[f"p-{role.name}-0-{'organ' if role.organ else 'name'}"] = f"请填写{role.label}"
        return found | self._without_power(values)

    def _without_power(self, values: Values) -> dict[str, str]:
        """An agent whom nobody at a counter asks for his paper uploads it."""
        rows = enumerate(values.values.get("agents") or ())
        return {values.field_of(f"agents.{at}.proof_files"): UPLOAD for at, row in rows if not row.get("proof_files")}


def _bare(box: Field) -> str:
    return box.name.rpartition("-")[2]


def belongs(section: Section, name: str) -> bool:
    """Whether a field of the form, or a fault, stands in this section."""
    if section.group:
        return name == section.group or name.startswith(f"{section.group}-")
    return name.removesuffix("-kept") in {box.name for box in section.boxes}


def merged(before: Typed, posted: Typed, section: Section) -> Typed:
    """What was typed so far, with one section as it was sent now."""
    whole = Typed({name: before.every(name) for name in before.names() if not belongs(section, name)})
    for name in posted.names():
        if belongs(section, name):
            whole.put(name, *posted.every(name))
    return whole


@dataclass(frozen=True, slots=True)
class Summary:
    """A section to be checked before it is sent: number of its page, its rows as (label, text)."""

    title: str
    page: int
    groups: list[tuple[str, list[tuple[str, str]]]]
    faults: list[str]


def summaries(sections: list[Section], faults: Mapping[str, str]) -> list[Summary]:
    found = []
    for number, section in enumerate(sections, start=1):
        rows = [(row.title, list(_lines(row.boxes))) for row in section.rows] or [("", list(_lines(section.boxes)))]
        wrong = [text for name, text in faults.items() if belongs(section, name)]
        found.append(Summary(section.title, number, [(title, lines) for title, lines in rows if lines], wrong))
    return found


def _lines(boxes: list[Field]) -> Iterator[tuple[str, str]]:
    """What was filled in; what was left empty is not shown, nor a person's kind without his name."""
    filled = [(box, text) for box in boxes if (text := _text(box))]
    if any(box.widget not in ("radio", "check") for box, _ in filled):
        yield from ((box.label, text) for box, text in filled)


def _text(box: Field) -> str:
    if box.widget == "files":
        return "、".join(file.name for file in box.kept)
    if box.widget == "check":
        return "是" if box.value == "true" else ""
    if box.choices:
        return "、".join(choice.label for choice in box.choices if choice.value and choice.value in box.typed)
    if box.widget == "date" and box.value:
        return chinese_day(box.value) if box.is_day else box.value
    return box.value
