"""Checks of papers, services, publication, files and numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from fadu.infra.official import escaped
from fadu.kernel import bulk, files, ledger, models, paper_templates
from fadu.kernel import house as acts_of_house
from fadu.kernel.integrity.words import House, Look
from fadu.kernel.timekeeping import reckon_all
from fadu.rules.agents import AgentForm
from fadu.rules.facts import fact_fields
from fadu.rules.parties import Method
from fadu.rules.procedure import Does
from fadu.rules.uploads import Upload

# ---------------------------------------------------------------- papers


def papers(look: Look, house: House) -> Iterator[str]:
    """Text, digest and number of every paper agree, as its act told them, and its number was given to this case."""
    given = set(look.given)
    told = {(key, digest) for event in look.events for key, digest in event["papers"]}
    for row in look.rows["paper"]:
        data = row["data"]
        whole = not data.get("erased")  # an act of destruction took of its text
        if whole and data["digest"] != "sm3:" + ledger.sm3(data["text"].encode()).hex():
            yield f"《{data['label']}》的正文与当时的摘要不符"
        elif (row["key"], data["digest"]) not in told:
            yield f"《{data['label']}》的摘要与作出时的记录所载不符"
        number = data["number"]
        if number and number not in given:
            yield f"《{data['label']}》的文号“{number}”没有发号记录"
        elif whole and number and number not in data["text"] and escaped(number) not in data["text"]:
            yield f"《{data['label']}》的正文中没有文号“{number}”"
    if look.head["number"] and look.head["number"] not in given and not look.head["mirrored"]:
        yield f"案号“{look.head['number']}”没有发号记录"


def templates(house: House) -> Iterator[tuple[str, str]]:
    """The house's own templates, in use and to come, pass the checks of the program as it is now."""
    own = paper_templates.own(house.s)
    for kind in paper_templates.kinds(house.s):
        for entry in own.get(kind.key, ()):
            text = kind.text_of(entry)
            if found := kind.placed(text, kind.faults(text)):
                where, sentence = found[0]
                more = f"，等{len(found)}处" if len(found) > 1 else ""
                yield f"《{kind.paper.label}》的模板（自{entry.since.isoformat()}起）", f"{where}{sentence}{more}"


def services(look: Look, house: House) -> Iterator[str]:
    """A service that took effect has its proof, and the methods that need a reason have one."""
    for row in look.rows["service"]:
        data = row["data"]
        paper = look.file.table("paper").get(data["paper"], {}).get("label", data["paper"])
        what = f"《{paper}》对{look.party(data['party'])}的送达"
        if row["effective"] and data["method"] != Method.NOTICE and not data.get("proof", "").strip():
            yield f"{what}记为已经生效，却没有送达凭证"
        if row["effective"] and data["method"] in (Method.NOTICE, Method.LEFT) and not data.get("reason", "").strip():
            yield f"{what}没有写明采用该方式的理由"


def unserved(look: Look, house: House) -> Iterator[str]:
    """Papers that were issued long ago have reached everybody they are meant for."""
    for day, label, party in missing_services(look):
        if house.s.env.calendar.add_working(date.fromisoformat(day), house.unserved_after) < house.s.today:
            yield f"《{label}》{day}作出，至今没有送达{look.party(party)}"


def missing_services(look: Look) -> Iterator[tuple[str, str, str]]:
    """Day and name of a paper, and the party whom it has not reached."""
    parties = look.file.table("party")
    for key, paper in look.file.table("paper").items():
        reached = {row["party"] for _, row in look.file.of("service", paper=key) if row["effective"]}
        for party, row in parties.items():
            if row["role"] in paper["to"] and not row["before"] and party not in reached:
                yield paper["day"], paper["label"], party


def publication(look: Look, house: House) -> Iterator[str]:
    """Every duty to make something public that the procedure declares was done, or is not yet due."""
    reckoned = reckon_all(look.file, house.s.env)
    for key, row in look.file.table("clock").items():
        clock = look.told.clock(row["name"])
        if clock is None or row["stopped"] or all(step.does is not Does.PUBLISHES for step in clock.until):
            continue
        due = reckoned[key].due
        if due and due < house.s.today:
            yield f"“{clock.label}”应当在{due.isoformat()}前办理，至今没有登记公开，也没有写明不公开的理由"


# ---------------------------------------------------------------- files


def case_files(look: Look, house: House) -> Iterator[str]:
    """The files that the case's facts name are there, byte for byte."""
    for label, upload in _named(look):
        fault = file_fault(upload.digest, house)
        if fault:
            yield f"“{label}”中的文件 {upload.digest[:12]}… {fault}"


def _named(look: Look) -> Iterator[tuple[str, Upload]]:
    told = look.told
    found: list[tuple[type[BaseModel], Mapping[str, Any]]] = [(told.facts, look.file.facts)]
    if told.items:
        found += [(told.items.model, row["facts"]) for row in look.file.table("item").values()]
    found += [(AgentForm, row) for row in look.file.table("agent").values()]
    for model, facts in found:
        for name, field in fact_fields(model).items():
            if field.widget == "files":
                uploads = map(Upload.read, facts.get(name) or ())
                yield from ((field.fact.label, upload) for upload in uploads if upload)


def file_fault(digest: str, house: House) -> str:
    """What is wrong with an uploaded file; empty when nothing is. Each file is looked at once in a run."""
    if digest not in house.files:
        house.files[digest] = _look_at(digest)
    house.named.add(digest)
    return house.files[digest]


def _look_at(digest: str) -> str:
    if not models.File.objects.filter(digest=digest).exists():
        return "没有登记"
    path = files.path_of(digest)
    if not path.is_file():
        return "已不在磁盘上"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return "" if found == digest else "的内容与登记的摘要不符"


def loose_files(house: House) -> Iterator[tuple[str, str]]:
    """Files that no case names (any more) are looked at as well."""
    for digest in models.File.objects.order_by("digest").values_list("digest", flat=True).iterator():
        if digest not in house.named and (fault := file_fault(digest, house)):
            yield f"文件 {digest[:12]}…", f"上传的文件{fault}"


# ---------------------------------------------------------------- numbers

OVER = """
SELECT o.name, s.series, s.year, s.last, max(n.number)
FROM kernel_numberseries s JOIN kernel_organ o ON o.id = s.organ_id
JOIN kernel_numbergiven n USING (organ_id, series, year)
GROUP BY o.name, s.series, s.year, s.last HAVING max(n.number) > s.last ORDER BY o.name, s.series, s.year
"""
DOUBLE = "SELECT text, count(*) FROM kernel_numbergiven GROUP BY text HAVING count(*) > 1 ORDER BY text"
TWICE = """
SELECT number, count(*) FROM (SELECT case_id, number FROM kernel_paper UNION ALL SELECT id, number FROM kernel_case) n
WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1 ORDER BY number
"""


def numbers(house: House) -> Iterator[tuple[str, str]]:
    """Every number up to the last of its series is on record, once, and stands on one paper or case only."""
    for series, missing in acts_of_house.gaps(house.s):
        if missing:
            where = f"{series.organ.name}“{series.series}”字〔{series.year}〕"
            yield where, f"第{_in_words(missing)}号没有发号记录，也没有作废的说明"
    for organ, name, year, last, given in ledger.rows(OVER):
        yield f"{organ}“{name}”字〔{year}〕", f"发到了第{given}号，登记的最后一号却是第{last}号"
    for text, count in ledger.rows(DOUBLE):
        yield f"文号“{text}”", f"发出了{count}次"
    for text, count in ledger.rows(TWICE):
        yield f"文号“{text}”", f"用在{count}件文书或者案件上"


def _in_words(numbers: list[int]) -> str:
    """3、7至9"""
    ends = [n for n in numbers if n + 1 not in numbers]
    starts = [n for n in numbers if n - 1 not in numbers]
    return "、".join(str(a) if a == b else f"{a}至{b}" for a, b in zip(starts, ends, strict=True))


# ---------------------------------------------------------------- imports


def imports(house: House) -> Iterator[tuple[str, str]]:
    """What was imported is what the file said, and the file is the one that the record names."""
    for one in models.Bulk.objects.filter(taken_back=None).select_related("file").order_by("pk"):
        for said in bulk.faults(house.s, one):
            yield f"第{one.pk}号批量导入", said
