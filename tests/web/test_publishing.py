"""Before a paper is made public: the page that everybody will read, with what is masked marked out."""

from __future__ import annotations

from django.test import Client

from fadu.kernel import documents, models, offers, open_to_all
from tests.kernel import small
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of


def paper_in(page: str, start: str) -> str:
    """The paper as a fragment of a page."""
    return page.partition(start)[2].partition('class="official')[2].partition("</article>")[0]


def test_the_officer_sees_what_the_public_will_read(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    form = f"/cases/{case}/steps/publish/"
    officer = sign_in("officer")
    shown = text_of(officer.get(f"{form}?paper=decision-1"))
    assert "<mark>张某</mark>" in shown
    assert "张三 → <mark>张某</mark>" in shown
    chosen = text_of(officer.post(form, {"f-paper": "decision-1", "do": "preview"}))
    assert "公众看到的就是下面的文字" in chosen
    assert "公众看到的就是下面的文字" not in text_of(officer.get(f"{form}?paper=draft-1"))
    home.do("officer", case, "publish", {"paper": "decision-1", "place": "区政府网站"})
    (row,) = open_to_all.published()
    public = text_of(Client().get(f"/open/public/texts/{case}/{row.key}/"))
    there = paper_in(public, "page-of-paper")
    assert "张某" in there
    assert paper_in(shown, "公开后的文本").replace("<mark>", "").replace("</mark>", "") == there


def test_an_address_with_a_name_in_it_is_masked_whole(home: House) -> None:
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person", "address": "张三村9号"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": home.organs["respondent"]},
    ]
    case = home.open(parties=parties).case
    with home.session("officer"):
        loaded = offers.look(case)
        pieces = documents.masking("张三住张三村9号。", loaded.case, small.SMALL)
        assert pieces == [("张三", "张某"), ("住", "住"), ("张三村9号", "（略）"), ("。", "。")]
        assert models.Publication.objects.count() == 0


def test_what_serves_electronically_and_a_fact_without_its_full_stop_are_masked(home: House) -> None:
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person", "e_service": True, "e_address": "zhang@example.cn"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": home.organs["respondent"]},
    ]
    case = home.open(parties=parties, story="在家中被罚。").case
    with home.session("officer"):
        loaded = offers.look(case)
        text = documents.masked("发往zhang@example.cn。称在家中被罚，请求撤销。", loaded.case, small.SMALL)
        assert text == "发往（略）。称（略），请求撤销。"


def test_how_an_organ_is_reached_stays_public(home: House) -> None:
    organ = {"name": "某局", "kind": "organ", "organ": home.organs["respondent"], "phone": "0371-66000000"}
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person", "phone": "13900000000"},
        {"role": "respondent", **organ},
    ]
    case = home.open(parties=parties).case
    with home.session("officer"):
        loaded = offers.look(case)
        text = documents.masked("可拨打0371-66000000，不是13900000000。", loaded.case, small.SMALL)
        assert text == "可拨打0371-66000000，不是（略）。"
