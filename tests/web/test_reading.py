"""报告核对: the page of the workbench and the public one, downloads, limits; nothing is kept."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fadu.web.portal.views import report_check
from fadu.web.shared import reading, reading_page
from tests.kernel.conftest import House
from tests.report_reader import files
from tests.report_reader.test_compare import TEXTS
from tests.web.conftest import Entry, hidden, text_of

OPEN = "/open/report-check/"
TEXT = "安宁区2023年法治政府建设年度报告\n全区受理30件：审结20件，在办11件。工作人员120名，其中持证96名，持证率80%。"


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_pasted_text_is_marked_without_signing_in(home: House) -> None:
    response = Client().post(OPEN, {"text": TEXT})
    page = text_of(response)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "各部分相加20＋11＝31，与30不符。" in page
    assert '<a class="fails" id="c001"' in page
    assert "sessionid" not in response.cookies
    assert "主菜单" in page
    assert "我的工作" not in page


def test_what_is_downloaded_is_what_is_shown(home: House, sign_in: Entry) -> None:
    client = sign_in("clerk")
    page = text_of(client.post("/reading/", {"file": file("年报.docx", files.word(TEXT.split("\n")))}))
    assert hidden(page, "name") == "年报.docx"
    again = {"text": TEXT.replace("\n", "\r\n"), "name": "年报.docx", "notes": "第 2 页没有读：<b>"}
    told = json.loads(client.post("/reading/", again | {"form": "json"}).content)
    first = told["claims"][0]
    assert (told["file"], first["raw"], TEXT[first["start"] : first["end"]]) == ("年报.docx", "30", "30")
    kept = client.post("/reading/", again | {"form": "html"})
    assert "20＋11＝31" in text_of(kept)
    assert "第 2 页没有读：&lt;b&gt;" in text_of(kept)
    assert "%E5%B9%B4%E6%8A%A5" in kept["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(client.post("/reading/", again | {"form": "xlsx"}).content))
    assert book.sheetnames == ["数字", "核对", "没有读懂"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "没有文件，也没有文字"),
        ({"file": b"\x89PNG\r\n\x1a\n" + b"\x00" * 90}, "这是一张图片"),
        ({"file": b"PK\x03\x04 not an archive"}, "已经损坏"),
        ({"text": "一" * 50_001}, "超过 5 万字"),
        ({"text": "受理30件。", "file": "受理30件。".encode()}, "一次核对一份报告"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_typed_stays(home: House, given: dict[str, Any], said: str) -> None:
    sent = given | ({"file": file("<b>报告.pdf", given["file"])} if "file" in given else {})
    response = Client().post(OPEN, sent)
    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert 'role="alert"' in page
    assert "<b>报告" not in page
    assert given.get("text", "") in page


def test_a_request_that_is_too_large_is_not_read(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_page, "LARGEST_REQUEST", 100)
    response = Client().post(OPEN, {"text": TEXT * 3})
    assert response.status_code == 413
    assert "没有接收" in text_of(response)
    monkeypatch.undo()
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    told = Client().post(OPEN, {"text": "一" * 1_000_000})
    assert (told.status_code, "没有接收" in text_of(told)) == (413, True)
    assert "超过 0 MB" in text_of(Client().post(OPEN, {"file": file("a.txt", TEXT)}))


def test_the_form_needs_its_token(home: House) -> None:
    assert Client(enforce_csrf_checks=True).post(OPEN, {"text": TEXT}).status_code == 403


def test_one_visitor_cannot_hold_the_open_door(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_check, "A_MINUTE", 1)
    assert Client().post(OPEN, {"text": TEXT}).status_code == 200
    often = Client().post(OPEN, {"text": TEXT})
    assert often.status_code == 429
    assert "请过一分钟" in text_of(often)
    assert TEXT in text_of(often)
    assert Client().post(OPEN, {"text": TEXT}, REMOTE_ADDR="192.0.2.7").status_code == 200
    for _ in range(report_check.AT_A_TIME):
        assert report_check._places.acquire(blocking=False)
    try:
        assert Client().post(OPEN, {"text": TEXT}, REMOTE_ADDR="192.0.2.8").status_code == 429
    finally:
        for _ in range(report_check.AT_A_TIME):
            report_check._places.release()
    assert Client().get(OPEN).status_code == 200


def test_several_reports_are_compared(home: House, sign_in: Entry) -> None:
    client = sign_in("clerk")
    response = client.post("/reading/compare/", {"file": [file(name, text) for name, text in TEXTS.items()]})
    page = text_of(response)
    assert "4 份报告的比较" in page
    assert "比上年＋20件（＋20.0%）" in page
    assert '<svg class="bars"' in page
    again = {"text": list(TEXTS.values()), "name": list(TEXTS), "form": "xlsx"}
    book = openpyxl.load_workbook(io.BytesIO(client.post("/reading/compare/", again).content))
    assert book.sheetnames == ["比较", "报告"]
    alone = client.post("/reading/compare/", {"file": file("a.txt", TEXT)})
    assert alone.status_code == 422
    assert "至少要两份" in text_of(alone)


def test_both_pages_say_that_nothing_is_kept_and_every_officer_finds_them(home: House, sign_in: Entry) -> None:
    client = sign_in("clerk")
    for page in (
        text_of(client.get("/reading/")),
        text_of(client.get("/reading/compare/")),
        text_of(Client().get(OPEN)),
    ):
        assert reading_page.KEPT in page
    assert 'href="/reading/"' in text_of(client.get("/"))
    assert 'href="/reading/compare/"' in text_of(client.get("/reading/"))
    assert "/reading/compare/" not in text_of(Client().get(OPEN))
