"""Papers of a case: text from the room's template, masked text for publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from fadu.infra.official import escaped
from fadu.kernel.timekeeping import Env, length_in_words, longest_extension
from fadu.rules import agents
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import BadInput
from fadu.rules.facts import Audience, display, fact_fields
from fadu.rules.parties import PartyForm, PartyKind
from fadu.rules.procedure import Paper, Procedure


def _plain(value: Any) -> Any:
    """Somebody's words are never taken for signs of the form."""
    return escaped(value) if isinstance(value, str) else value


def _bare(text: str) -> str:
    """Words to stand inside a sentence: without the full stop at their end."""
    return text.rstrip("。；，、.;, \n")


_environment = SandboxedEnvironment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, finalize=_plain
)
_environment.filters["bare"] = _bare


SHARED = Path(__file__).parent / "papers"
TELLING_APART = "甲乙丙丁戊己庚辛壬癸"
IN_WORDS = ("text", "long", "date", "moment")
"""Kinds of facts that tell of a person wherever they stand; a number or a yes stands everywhere."""


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def context(
    case: CaseFile, procedure: Procedure, env: Env, *, number: str | None, organ: str, body: str, day: date,
    more: Mapping[str, Any] | None = None, dated: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The variables a template may use; see docs/new_domain.md.

    more: what a standing step says of its paper; dated: the day that the paper bears, where it is not that of the act.
    """
    fields = fact_fields(procedure.facts)
    shown = {name: display(field, case.facts.get(name)) for name, field in fields.items()}
    parties = {
        role.name: [
            row | {"agents": _agents(case, key, day)}
            for key, row in case.of("party", role=role.name)
            if not row["before"]
        ]
        for role in procedure.parties
    }
    return {
        "facts": shown,
        "raw": {name: case.facts.get(name) for name in fields},
        "party": lambda role: parties[role],
        "names": lambda role: "、".join(row["name"] for row in parties[role]),
        "items": _items(case, procedure),
        "papers": _papers(case),
        "more": more or {},
        "number": number or "",
        "organ": organ,
        "body": body,
        "day": chinese_day(dated or day),
        "case_number": case.number or "",
        "period": lambda clock: length_in_words(case, procedure, clock, day, env),
        "extension": lambda clock: longest_extension(case, procedure, clock, day, env),
        "step_day": lambda step: (
            chinese_day(date.fromisoformat(case.done[step][-1]["day"])) if step in case.done else ""
        ),
    }


def _papers(case: CaseFile) -> list[dict[str, Any]]:
    """What was made so far, in its order; served: how many services of it are on record."""
    return [
        {
            "label": row["label"],
            "number": row["number"] or "",
            "day": chinese_day(date.fromisoformat(row["day"])),
            "internal": row["audience"] == Audience.INTERNAL.value,
            "served": len(case.of("service", paper=key)),
        }
        for key, row in case.table("paper").items()
    ]


def _agents(case: CaseFile, party: str, day: date) -> list[dict[str, str]]:
    """Who acts for a party on the day of the paper, as papers name them; a representative is not named for himself."""
    people = case.table("party")
    return [
        {"name": row["name"], "as": agents.AgentKind.of(row).on_paper}
        for row in case.table("agent").values()
        if agents.in_force(row, day) and party in agents.acts_for(row, people) and party != row["person"]
    ]


def _items(case: CaseFile, procedure: Procedure) -> list[dict[str, Any]]:
    if procedure.items is None:
        return []
    fields = fact_fields(procedure.items.model)
    outcomes = procedure.items.outcome
    return [
        {
            "facts": {name: display(field, row["facts"].get(name)) for name, field in fields.items()},
            "raw": row["facts"],
            "outcome": outcomes.label_of(row["outcome"]) if row["outcome"] else "",
            "code": row["outcome"],
        }
        for row in case.table("item").values()
    ]


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def template_of(paper: Paper, folder: Path) -> Path:
    """The room's template of a paper, or the one that all rooms share."""
    own = folder / f"{paper.template or paper.name}.md"
    return own if own.is_file() else SHARED / own.name


def built_in(paper: Paper, folder: Path) -> str:
    """The text of the template that comes with the program."""
    return _source(template_of(paper, folder))


@lru_cache(maxsize=1024)
def _template(source: str) -> Template:
    """Compiled once in a process: that takes longer than most acts."""
    return _environment.from_string(source)


def render(paper: Paper, source: str, variables: Mapping[str, Any]) -> str:
    """The paper's text. Raises BadInput naming the paper when its template asks for what is not there."""
    try:
        return _template(source).render(variables).strip() + "\n"
    except (TemplateError, KeyError) as fault:
        said = f"文书《{paper.label}》的模板无法生成（{fault}），请系统管理员检查“管理—文书模板”"
        raise BadInput({"paper": said}) from fault


def _masked_names(case: CaseFile) -> dict[str, str]:
    """Natural persons' names → surname + 某; several of one surname are told apart by 甲, 乙, 丙."""
    names = list(dict.fromkeys(party["name"] for _, party in case.of("party", kind=PartyKind.PERSON.value)))
    families: dict[str, list[str]] = {}
    for name in names:
        families.setdefault(name[0], []).append(name)
    return {
        name: f"{surname}某{TELLING_APART[place % len(TELLING_APART)] if len(family) > 1 else ''}"
        for surname, family in families.items()
        for place, name in enumerate(family)
    }


def _hidden(case: CaseFile, procedure: Procedure) -> Iterator[str]:
    """What is left out, as papers write it: personal data of parties that are no organs, of agents, personal facts."""
    for table, form, shown in (("party", PartyForm, "name"), ("agent", agents.AgentForm, "")):
        private = [name for name, field in fact_fields(form).items() if field.fact.personal and name != shown]
        people = [row for row in case.table(table).values() if not row.get("organ")]
        yield from (row.get(name) or "" for row in people for name in private)
    for name, field in fact_fields(procedure.facts).items():
        if field.fact.personal and field.widget in IN_WORDS and case.facts.get(name):
            yield _bare(display(field, case.facts[name]))


class Piece(NamedTuple):
    """A part of a text: as it stands in the paper, and as the public reads it."""

    said: str
    shown: str


def masking(text: str, case: CaseFile, procedure: Procedure) -> list[Piece]:
    """The text with the personal data of natural persons masked: surname + 某, other data left out."""
    instead = {escaped(value): "（略）" for value in _hidden(case, procedure) if value}
    instead |= {escaped(name): shown for name, shown in _masked_names(case).items()}
    words = "|".join(re.escape(word) for word in sorted(instead, key=len, reverse=True))
    parts = re.split(f"({words})", text) if words else [text]
    return [Piece(part, instead.get(part, part)) for part in parts if part]


def masked(text: str, case: CaseFile, procedure: Procedure) -> str:
    """What is made public of it."""
    return "".join(piece.shown for piece in masking(text, case, procedure))
