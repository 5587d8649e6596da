"""文书模板 of the house's own: another text for a kind of paper, from a day on; the built-in one stands behind it.

Kept in the house's own register `paper_templates`; key: system.version.template; an empty text is the built-in one.
What was issued keeps its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fadu.infra.official.template_reading import Fault
from fadu.kernel import access, documents, house, models, streams, template_checks, template_samples, validity
from fadu.kernel.access import Session
from fadu.kernel.template_words import Words, normalised, words_of
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.procedure import Paper, Procedure

REGISTER = "paper_templates"


@dataclass(frozen=True)
class Kind:
    """A kind of paper with its built-in template."""

    procedure: Procedure
    paper: Paper
    built_in: str

    @property
    def key(self) -> str:
        return f"{self.procedure.system}.{self.procedure.version}.{self.paper.template or self.paper.name}"

    @cached_property
    def words(self) -> Words:
        return words_of(self.procedure, self.paper, self.built_in)

    def text_of(self, entry: models.RegisterEntry | None) -> str:
        """What an entry of the register says."""
        return str(entry.data["text"]) if entry and entry.data["text"] else self.built_in

    def faults(self, text: str) -> list[Fault]:
        """Why a text cannot take the place of the built-in one."""
        return template_checks.faults(self.words, self.built_in, text)

    def placed(self, text: str, faults: Sequence[Fault]) -> list[tuple[str, str]]:
        """Each fault as people read it: where, and the sentence."""
        return template_checks.placed(self.words, text, faults)


def kind_of(s: Session, procedure: Procedure, paper: Paper) -> Kind:
    return Kind(procedure, paper, documents.built_in(paper, s.registry.room_of(procedure.system).documents))


def kinds(s: Session) -> Iterator[Kind]:
    """Every template once, with a paper that it makes; those of a system's newest text first."""
    for system in s.registry.systems:
        for procedure in reversed(s.registry.versions(system)):
            found = [kind_of(s, procedure, paper) for paper in procedure.papers]
            yield from {one.key: one for one in found}.values()


def kind(s: Session, key: str) -> Kind:
    """By its key. Raises NotFound."""
    found = next((one for one in kinds(s) if one.key == key), None)
    if found is None:
        raise NotFound("文书模板")
    return found


def own(s: Session) -> dict[str, list[models.RegisterEntry]]:
    """The house's own texts by key: those in use and to come."""
    found: dict[str, list[models.RegisterEntry]] = {}
    for one in access.entries(s, REGISTER).filter(validity.until_after(s.today)).order_by("since"):
        if one.data["text"] and (one.before is None or one.before > one.since):
            found.setdefault(one.key, []).append(one)
    return found


def entry(s: Session, key: str, day: date) -> models.RegisterEntry | None:
    """What the house said last for a day; asked once in a session."""
    known: dict[tuple[str, date], models.RegisterEntry | None] = s.kept.setdefault(REGISTER, {})
    if (key, day) not in known:
        known[key, day] = access.register(s, REGISTER, day, key=key).first()
    return known[key, day]


def source(s: Session, procedure: Procedure, paper: Paper, day: date) -> str:
    """The template by which a paper is made on a day."""
    found = kind_of(s, procedure, paper)
    return found.text_of(entry(s, found.key, day))


def history(s: Session, key: str) -> list[models.RegisterEntry]:
    """All that the house said for a paper, newest first."""
    return list(access.entries(s, REGISTER).filter(key=key).order_by("-pk"))


def ahead(s: Session, key: str) -> models.RegisterEntry | None:
    """What comes into use after today."""
    return next((one for one in history(s, key) if one.since > s.today and one.before is None), None)


def newest(s: Session, key: str) -> str:
    """Tells whether the house said something else of a paper since somebody looked."""
    return next((str(one.pk) for one in history(s, key)), "")


def accept(s: Session, key: str, text: str, since: date, *, seen: str | None = None) -> None:
    """From a day on papers of this kind are made by this text, whatever was said before for that day and later ones.

    seen: `newest` when the person looked, where that was on a page. Raises NotAllowed, NotFound, BadInput.
    """
    house.must_administer(s)
    streams.locked("register", REGISTER)  # of two at once the second finds what the first said
    s.kept.pop(REGISTER, None)
    if seen not in (None, newest(s, key)):
        raise BadInput({"text": "这份模板刚刚由别人改过，请看下面与新模板的不同，再启用"})
    found = kind(s, key)
    if since < s.today:
        raise BadInput({"since": "启用日期不能早于今天：已经作出的文书不变"})
    if faults := found.placed(text, found.faults(text)):
        raise BadInput({"text": "；".join(f"{where}：{sentence}" for where, sentence in faults)})
    later = ahead(s, key)
    if _same(text, found.text_of(entry(s, key, since))) and not (later and later.since > since):
        raise BadInput({"text": "与那一天的模板一字不差，不用启用"})
    template_samples.sample(s, found.procedure, found.paper, text)
    said = "" if _same(text, found.built_in) else text
    house.put_entry(s, REGISTER, key, {"text": said}, since=since)


def _same(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)
