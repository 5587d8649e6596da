"""案件页: who is also in other cases, only from inside and as far as these are seen; the code of an issued paper."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fadu.infra.official.qr import png, svg
from fadu.kernel import models, paper_codes, portal_address
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of


def with_number(home: House, name: str, number: str) -> int:
    party: dict[str, Any] = {"role": "applicant", "name": name, "kind": "person", "id_number": number}
    return home.open(parties=[party, {"role": "respondent", "name": "某局", "kind": "organ",
                                      "organ": home.organs["respondent"]}]).case  # fmt: skip


def test_the_same_person_and_others_of_that_name_are_told_apart(home: House, sign_in: Entry) -> None:
    mine = with_number(home, "张三", "A1")
    for number in ("A1", "A1", "B2", ""):
        with_number(home, "张三", number)
    page = text_of(sign_in("officer").get(f"/cases/{mine}/"))
    assert "此人另有 2 件" in page
    assert "同名的另有 1 件（未核对证件号码）" in page
    assert "另有" not in text_of(sign_in("clerk").get(f"/cases/{mine}/"))


def test_cases_that_one_may_not_see_are_not_counted(home: House, sign_in: Entry) -> None:
    mine, hidden = with_number(home, "张三", "A1"), with_number(home, "张三", "A1")
    with home.session(None):
        models.Case.objects.filter(pk=hidden).update(body=home.organs["other"], organ=home.organs["other"])
    assert "此人另有" not in text_of(sign_in("officer").get(f"/cases/{mine}/"))


def test_the_number_of_queries_of_a_case_does_not_grow(home: House, sign_in: Entry) -> None:
    mine = with_number(home, "张三", "A1")
    client = sign_in("officer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/cases/{mine}/")
        return len(queries)

    asked()
    one = asked()
    for _ in range(4):
        with_number(home, "张三", "A1")
    assert asked() == one


def test_a_paper_that_left_the_house_bears_its_code(home: House, sign_in: Entry) -> None:
    case = with_number(home, "张三", "A1")
    home.do("officer", case, "accept")
    with home.session(None):
        code = paper_codes.code_of(models.Paper.objects.get(case_id=case, name="receipt").digest)
    page = text_of(sign_in("officer").get(f"/cases/{case}/papers/receipt-1/"))
    assert f"核验码 <strong>{code}</strong>" in page
    assert f'src="/open/verify/{code}/picture.svg"' in page
    assert f'href="/open/verify/{code}/"' in page
    with home.session("admin") as s:
        portal_address.settle(s, "https://fuwu.example.gov.cn/open")
    there = f"https://fuwu.example.gov.cn/open/verify/{code}/"
    assert f'href="{there}"' in text_of(sign_in("officer").get(f"/cases/{case}/papers/receipt-1/"))
    assert Client().get(f"/open/verify/{code}/picture.svg").content == svg(there)
    assert Client().get(f"/open/verify/{code[:-1]}/picture.svg").status_code == 404
    content = io.BytesIO(sign_in("officer").get(f"/cases/{case}/papers/receipt-1/docx").content)
    assert code in docx.Document(content).sections[0].footer.paragraphs[0].text
    assert zipfile.ZipFile(content).read("word/media/image1.png") == png(there)


def test_where_the_public_reaches_the_portal_is_settled_on_the_page(home: House, sign_in: Entry) -> None:
    def settled(address: str) -> str:
        return text_of(sign_in("admin").post("/house/acts/portal_address/", {"address": address}))

    assert "网址应当像 https://" in settled("fuwu.example.gov.cn")
    assert "打开 https://fuwu.example.gov.cn/open/" in settled("https://fuwu.example.gov.cn/open/")
    assert "https://fuwu.example.gov.cn/open/" in text_of(sign_in("admin").get("/house/rules/"))
    assert "已取消" in settled("")
    assert "只含核验码" in text_of(sign_in("admin").get("/house/rules/"))
