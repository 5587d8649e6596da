"""核验: whether a paper, a certificate, a proof of the record is ours and as it was; for everybody who holds it.

Read with the house's own rights; told is only what stands on the thing itself, and under which sealed head it lies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from fadu.kernel import access, certificates, ledger, merkle, models, paper_codes, retraction, seal, store
from fadu.kernel.access import Session
from fadu.kernel.ledger import LedgerError
from fadu.rules.days import chinese_day

FORM = "fadu-inclusion-1"


class Verdict(StrEnum):
    """What a check comes to."""

    TRUE = "true"
    DIFFERS = "differs"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"true": "属实", "differs": "不符", "unknown": "查无"}[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, what is told of the thing, in which sealed head it lies. paper: to compare a file with."""

    verdict: Verdict
    sentence: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    head: str = ""
    paper: models.Paper | None = None


UNKNOWN = Answer(
    Verdict.UNKNOWN, "没有找到对应的文书、证件或者记录，请对照原件重新输入；仍查不到的，请向落款机关核实。"
)


def of_code(code: str) -> Answer:
    """A paper by its code. Raises BadInput for what can be no code."""
    with access.session(None) as s:
        found = paper_codes.issued(s, paper_codes.read(code))
        if not found:
            return UNKNOWN
        return _of_paper(s, found[0])


def _of_paper(s: Session, paper: models.Paper) -> Answer:
    lines = [
        ("文书", f"《{paper.data['label']}》"),
        ("文号", paper.number or "没有编号"),
        ("制发机关", str(paper.data["organ"])),
        ("成文日期", chinese_day(paper.day)),
        ("内容摘要值", paper.digest),
    ]
    if paper.data.get("amended_by"):
        lines.append(("更正", "这份文书后来有更正，以更正后的为准"))
    look = store.look(paper.case_id)
    assert look is not None  # the house sees all
    if fallen := retraction.overturned(look.case, s.registry.procedure(look.case.system, look.case.version), paper.key):
        lines.append(("现在的效力", f"这份文书所作的决定已经不算数：{fallen}"))
    sentence = "本机关制发过这份文书。请把下面的内容与手中的文书逐项对照。"
    return Answer(Verdict.TRUE, sentence, lines, _sealed(paper), paper)


def _sealed(paper: models.Paper) -> str:
    """The last head, when the act that made the paper lies under it."""
    made = ledger.rows(
        "SELECT 1 FROM kernel_leaf l JOIN kernel_event e USING (stream_id, position)"
        " WHERE e.stream_id = %s AND e.papers @> %s::jsonb",
        [paper.case.stream_id, json.dumps([[paper.key, paper.digest]])],
    )
    head = seal.latest()
    return head.line() if made and head else ""


def of_certificate(number: str) -> Answer:
    """An officer's certificate by its number, as of today."""
    with access.session(None) as s:
        rows = access.entries(s, certificates.REGISTER).filter(key=number.strip(), since__lte=s.today)
        row = rows.order_by("-since", "-pk").first()
        if row is None or not number.strip():
            return UNKNOWN
        holder = models.Officer.objects.get(pk=row.data["officer"]).name
        lines = [
            ("证件", row.data["kind"]),
            ("编号", row.key),
            ("持证人", holder),
            ("发证日期", chinese_day(row.since)),
        ]
        if row.before is not None:
            lines.append(("失效日期", chinese_day(row.before)))
        if row.before is not None and row.before <= s.today:
            return Answer(Verdict.DIFFERS, "这个证件已经失效。", lines)
        return Answer(Verdict.TRUE, "这个证件现在有效。", lines)


def of_proof(content: bytes) -> Answer:
    """A proof of one act of the record (fadu ledger prove): of our own record, unchanged, under a head of ours."""
    try:
        proof = json.loads(content)
        event, head = proof["event"], seal.Head.of_json(proof["head"])
        body = json.loads(event["body"])
        path, place = [bytes.fromhex(step) for step in proof["path"]], int(proof["seq"])
        hashed = ledger.sm3(bytes.fromhex(event["previous"]) + event["body"].encode())
        head.body()
        if proof["form"] != FORM:
            return UNKNOWN
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, LedgerError):
        return Answer(Verdict.UNKNOWN, "这不是记录的证明文件（.json）。")
    with access.session(None):
        ours = seal.is_ours(head)
        stands = bool(ledger.rows("SELECT 1 FROM kernel_leaf WHERE seq = %s AND hash = %s", [place, hashed]))
    if not ours:
        return UNKNOWN
    whole = 0 <= place < head.size and merkle.root_with(merkle.leaf(hashed), place, head.size, path) == head.root
    if not (stands and whole and hashed.hex() == event["hash"]):
        return Answer(Verdict.DIFFERS, "证明不成立：记录或者证明被改动过。", head=head.line())
    return Answer(Verdict.TRUE, "这条记录在本机关封存的记录之中，没有改动。", _of_event(body), head.line())


def _of_event(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    lines = [
        ("办理事项", str(body["label"])),
        ("发生日期", chinese_day(date.fromisoformat(body["happened"]))),
        ("记入时间", body["recorded"]),
    ]
    return lines + [("文书摘要值", digest) for _, digest in body["papers"]]
