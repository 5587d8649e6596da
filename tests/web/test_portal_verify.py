"""核验 for everybody: papers by code and file, certificates, proofs; what is not ours looks like nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fadu.infra.official import to_docx
from fadu.infra.official.pdf import office
from fadu.kernel import access, certificates, models, paper_codes, seal
from fadu.kernel.certificates import Certificate
from fadu.web.shared.paper_text import of_row
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of


def paper_of(home: House) -> tuple[str, models.Paper]:
    """A paper that left the house, and its code."""
    case = home.open().case
    home.do("officer", case, "accept")
    with home.session("officer") as s:
        paper = next(row for row in access.rows(s, access.case(s, case), models.Paper) if row.key == "receipt-1")
    return paper_codes.code_of(paper.digest), paper


def ask(what: str, **fields: Any) -> str:
    return text_of(Client().post("/open/verify/", {"what": what, **fields})).partition("<form")[0]


def test_a_paper_is_told_by_what_stands_on_it_and_by_nothing_else(home: House) -> None:
    code, paper = paper_of(home)
    page = text_of(Client().get(f"/open/verify/{code}/")).partition("<form")[0]
    for word in ("属实", "《受理通知书》", str(paper.number), paper.digest, "2024年3月1日"):
        assert word in page
    for word in ("张三", "某日某事"):
        assert word not in page
    assert "属实" in ask("paper", code=code.lower().replace("-", " "))


def test_what_is_not_ours_and_what_is_for_the_inside_look_the_same(home: House) -> None:
    _, paper = paper_of(home)
    wrong = paper_codes.code_of("sm3:" + "7" * 64)
    absent = ask("paper", code=wrong)
    with access.session(None):
        models.Paper.objects.filter(case_id=paper.case_id, key=paper.key).update(audience="internal")
    inner = ask("paper", code=paper_codes.code_of(paper.digest))
    assert "查无" in absent
    assert absent == inner
    answer = Client().post("/open/verify/", {"what": "paper", "code": "1234"})
    assert answer.status_code == 422
    assert "核验码由16位" in text_of(answer)


def test_a_file_is_compared_word_by_word(home: House) -> None:
    code, paper = paper_of(home)
    document = of_row(paper, "演示")
    same = SimpleUploadedFile("a.docx", to_docx(document))
    assert "一字不差" in ask("paper", code=code, file=same)
    paper.data["text"] += "\n\n另外再交一千元。\n"
    other = SimpleUploadedFile("a.docx", to_docx(of_row(paper, "演示")))
    page = ask("paper", code=code, file=other)
    assert "不符" in page
    assert "属实" not in page


@pytest.mark.office
@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_the_pdf_that_we_give_out_is_word_by_word_the_paper(home: House, sign_in: Entry) -> None:
    code, paper = paper_of(home)
    given = sign_in("officer").get(f"/cases/{paper.case_id}/papers/{paper.key}/pdf")
    assert given["Content-Disposition"].startswith("attachment")
    assert "一字不差" in ask("paper", code=code, file=SimpleUploadedFile("a.pdf", given.content))


def test_a_certificate_is_valid_expired_or_unknown(home: House) -> None:
    with home.session("admin") as s:
        held = Certificate(home.people["officer"], "行政执法证", "某政执法001", date(2023, 1, 1))
        certificates.grant(s, held)
        over = Certificate(home.people["second"], "行政执法证", "某政执法002", date(2020, 1, 1), date(2024, 3, 1))
        certificates.grant(s, over)
    assert "现在有效" in ask("certificate", number=" 某政执法001 ")
    assert "已经失效" in ask("certificate", number="某政执法002")
    assert "查无" in ask("certificate", number="某政执法003")
    assert "查无" in ask("certificate", number="")


def test_a_proof_holds_until_a_sign_of_it_is_changed(own_home: House) -> None:
    paper_of(own_home)
    seal.seal(own_home.now)
    with access.session(None):
        stream = models.Case.objects.get().stream_id or 0
        proof = seal.inclusion(stream, 1)

    def told(changed: Any) -> str:
        return ask("proof", file=SimpleUploadedFile("p.json", json.dumps(changed).encode()))

    assert "没有改动" in told(proof)
    body = proof["event"]["body"].replace("收到申请", "收到投诉")
    assert "不符" in told(proof | {"event": proof["event"] | {"body": body}})
    assert "不符" in told(proof | {"path": proof["path"][:-1]})
    assert "查无" in told(proof | {"head": proof["head"] | {"size": proof["head"]["size"] + 1}})
    assert "查无" in told({"form": "x"})
    assert "不符" in told(proof | {"seq": 10**30})
    assert "不是记录的证明文件" in told(proof | {"head": proof["head"] | {"size": 10**40}})
    deep = SimpleUploadedFile("p.json", b"[" * 200_000)
    assert "不是记录的证明文件" in ask("proof", file=deep), "nested deeper than anybody reads"
