"""Who sees what, as a table: list, case, paper, file, form, export, figure, for each kind of person."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

import pytest

from fadu.kernel import files, models
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of

INSIDE = ("officer", "second", "reviewer", "head", "mayor")
PARTY = ("clerk",)
NOBODY = ("stranger", "admin", "chief")


@pytest.fixture
def case(home: House) -> int:
    """A case with an internal fact, internal acts, a proposal on its way, a paper and a file."""
    with home.session("officer") as s:
        kept = files.keep(s, "证据.txt", 3, io.BytesIO(b"abc"))
    found = home.open(files=[str(kept)]).case
    home.do("officer", found, "accept")
    serve = {
        "method": "left",
        "sent_on": "2024-03-01",
        "received_on": "2024-03-01",
        "proof": "见证",
        "reason": "拒收内情",
    }
    home.do("officer", found, "serve", serve | {"paper": "copy-1", "party": "respondent-1"})
    home.do("officer", found, "deliberate", {"secret": "副卷里的意见"})
    home.do("clerk", found, "reply")
    draft = {"reasons": "拟稿里的理由", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", found, "draft_paper", draft, track_key="decide")
    return found


def digest_of() -> str:
    return models.File.objects.get().digest


def see(sign_in: Entry, who: str, address: str) -> tuple[int, str]:
    response = sign_in(who).get(address)
    text = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, text.decode(errors="replace")


@pytest.mark.parametrize("who", INSIDE)
def test_from_inside_everything_is_seen(case: int, sign_in: Entry, who: str) -> None:
    status, page = see(sign_in, who, f"/cases/{case}/")
    assert status == 200
    for word in (
        "副卷里的意见",
        "合议",
        "拟稿呈批",
        "待审核",
        "张三",
        "幸福路1号",
        "证据.txt",
        "副本",
        "提出答复",
        "第 1 步",
    ):
        assert word in page
    assert "张三与某局" in see(sign_in, who, "/cases/")[1]
    assert "张三与某局" in see(sign_in, who, "/cases/export.csv")[1]


@pytest.mark.parametrize("who", PARTY)
def test_a_party_sees_what_parties_see(case: int, sign_in: Entry, who: str) -> None:
    status, page = see(sign_in, who, f"/cases/{case}/")
    assert status == 200
    for word in ("张三", "证据.txt", "副本", "受理", "提出答复", "某日某事"):
        assert word in page
    for word in ("副卷里的意见", "合议", "拟稿", "待审核", "呈批", "拟稿里的理由", "拒收内情", "内部", "第 1 步"):
        assert word not in page
    assert "张三与某局" in see(sign_in, who, "/cases/")[1]
    assert "张三与某局" in see(sign_in, who, "/cases/export.csv")[1]
    assert "涉及本单位的案件" in see(sign_in, who, "/")[1]
    assert "等我办理的呈批" not in see(sign_in, who, "/")[1]


@pytest.mark.parametrize("who", NOBODY)
def test_others_see_nothing_at_all(case: int, home: House, sign_in: Entry, who: str) -> None:
    absent = text_of(sign_in(who).get("/cases/999999/"))
    for address in (
        f"/cases/{case}/",
        f"/cases/{case}/steps/accept/",
        f"/cases/{case}/steps/draft_paper/?about=decide",
        f"/cases/{case}/papers/copy-1/",
        f"/cases/{case}/papers/copy-1/docx",
        f"/cases/{case}/files/{digest_of()}/",
    ):
        assert see(sign_in, who, address)[0] == 404
    assert "张三" not in see(sign_in, who, f"/cases/{case}/")[1]
    assert see(sign_in, who, f"/cases/{case}/")[1].partition("<main")[2] == absent.partition("<main")[2]
    for address in ("/", "/cases/?open=all", "/cases/?open=all&q=张三", "/cases/export.csv?open=all"):
        status, page = see(sign_in, who, address)
        assert status == 200
        assert "<tbody>" not in page
        assert "张三与" not in page


@pytest.mark.parametrize("who", [*INSIDE, *PARTY])
def test_papers_and_files_follow_the_case(case: int, sign_in: Entry, who: str) -> None:
    status, page = see(sign_in, who, f"/cases/{case}/papers/copy-1/")
    assert status == 200
    assert "sm3:" in page
    assert see(sign_in, who, f"/cases/{case}/papers/copy-1/docx")[1].startswith("PK")
    assert see(sign_in, who, f"/cases/{case}/files/{digest_of()}/") == (200, "abc")


def test_to_outsiders_a_file_is_called_after_its_fact(case: int, home: House, sign_in: Entry) -> None:
    with home.session("officer") as s:
        kept = [files.keep(s, name, 2, io.BytesIO(name.encode())) for name in ("张三病历.txt", '李四"；/x.docx.txt')]
    other = home.open(files=[str(one) for one in kept]).case
    home.do("officer", other, "accept")
    with home.session("officer"):
        number = models.Case.objects.get(pk=other).number
    for upload, own, masked in zip(kept, ("张三病历.txt", "x.docx.txt"), ("材料1.txt", "材料2.txt"), strict=True):
        address = f"/cases/{other}/files/{upload.digest}/"
        for who, name in (("officer", own), ("clerk", f"{number or ''}{masked}")):
            said = sign_in(who).get(address)["Content-Disposition"]
            assert said in (f"attachment; filename*=utf-8''{quote(name)}", f'attachment; filename="{name}"')


def test_a_file_of_another_case_is_not_fetched_through_this_one(case: int, home: House, sign_in: Entry) -> None:
    other = home.open().case
    assert see(sign_in, "officer", f"/cases/{other}/files/{digest_of()}/")[0] == 404


def test_an_internal_file_is_not_for_parties(case: int, sign_in: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "fadu.rules.facts.Audience.includes", lambda self, viewer: viewer == "internal" or self != "parties"
    )
    assert see(sign_in, "clerk", f"/cases/{case}/files/{digest_of()}/")[0] == 404
    assert see(sign_in, "officer", f"/cases/{case}/files/{digest_of()}/")[0] == 200


@pytest.mark.parametrize(
    ("step", "about", "allowed"),
    [
        ("serve", "", {"officer", "second"}),
        ("reply", "", {"officer", "second", "clerk"}),
        ("reverse", "", {"head"}),
        ("stay", "", {"head"}),
        ("decide", "", {"mayor"}),
        ("draft_paper", "decide", {"officer", "second"}),
        ("review_paper", "decide", {"reviewer"}),
        ("return_paper", "decide", {"reviewer", "head", "mayor"}),
    ],
)
def test_forms_follow_the_posts(case: int, sign_in: Entry, step: str, about: str, allowed: set[str]) -> None:
    for who in (*INSIDE, *PARTY):
        address = f"/cases/{case}/steps/{step}/" + (f"?about={about}" if about else "")
        assert see(sign_in, who, address)[0] == (200 if who in allowed else 403), who
        posted: Any = sign_in(who).post(address, {"position": "0", "do": "act"})
        assert posted.status_code in ((409, 422) if who in allowed else (403,)), who


def test_a_stale_form_of_a_party_names_no_internal_act(case: int, sign_in: Entry) -> None:
    page = text_of(sign_in("clerk").post(f"/cases/{case}/steps/reply/", {"position": "0", "do": "act"}))
    assert "“受理”" in page
    assert "合议" not in page
    assert "拟稿" not in page
