"""批量办理: cases chosen on the list, one form, what it comes to in each, one act in each."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from fadu.kernel import access, models
from fadu.kernel import house as acts_of_house
from fadu.rules.errors import BadInput, GatesUnmet
from tests.kernel.conftest import House
from tests.web.conftest import Entry, hidden, stand_still, text_of
from tests.web.test_lists import many, queries

ASSIGN = "/cases/together/assign_officer/"


@pytest.fixture
def cases(home: House) -> list[int]:
    """Three cases, all in the hands of the same officer."""
    found = [home.open().case for _ in range(3)]
    home.day = date(2024, 3, 4)
    stand_still(home)
    return found


def hands(cases: list[int]) -> list[str]:
    """Whose the cases are."""
    with access.session(None):
        by = dict(models.Case.objects.filter(pk__in=cases).values_list("pk", "officer__username"))
    return [by[case] for case in cases]


def acts() -> int:
    """How many cases were given away."""
    with access.session(None):
        return models.Event.objects.filter(step="assign_officer").count()


def sent(page: str, **typed: str) -> dict[str, object]:
    """The form as the page has it, filled in."""
    chosen = re.findall(r'name="case" value="([\d.]+)"', page)
    return {"key": hidden(page, "key"), "case": chosen, "day": "2024-03-04", "f-reason": "工作调整"} | typed


def chosen(client: Client, cases: list[int]) -> str:
    return text_of(client.get(ASSIGN, {"case": cases}))


def test_who_may_not_is_not_offered_it(cases: list[int], sign_in: Entry) -> None:
    assert ASSIGN in text_of(sign_in("head").get("/cases/"))
    officer = sign_in("officer")
    assert 'name="case"' not in text_of(officer.get("/cases/"))
    assert officer.get(ASSIGN, {"case": cases}).status_code == 404
    assert sign_in("chief").get(ASSIGN, {"case": cases}).status_code == 422, "a case it does not see is none"


def test_chosen_cases_go_to_another_officer_one_act_each(cases: list[int], home: House, sign_in: Entry) -> None:
    client, second = sign_in("head"), str(home.people["second"])
    page = chosen(client, cases[:2])
    assert "2 件案件" in page
    assert "stranger某" not in page, "only case officers of the body"
    form = sent(page, **{"f-officer": second})
    before = text_of(client.post(ASSIGN, form | {"do": "check"}))
    assert "可以办理 2 件" in before
    assert hands(cases) == ["officer"] * 3
    done = text_of(client.post(ASSIGN, sent(before, **{"f-officer": second, "do": "act"})))
    assert "已办理 2 件" in done
    assert hands(cases) == ["second", "second", "officer"]
    record = text_of(client.get(f"/cases/{cases[0]}/"))
    assert "officer某 → second某（工作调整）" in record
    assert acts() == 2


def test_sent_twice_it_is_done_once(cases: list[int], home: House, sign_in: Entry) -> None:
    client = sign_in("head")
    form = sent(chosen(client, cases), **{"f-officer": str(home.people["second"]), "do": "act"})
    first, again = (text_of(client.post(ASSIGN, form)) for _ in range(2))
    assert "已办理 3 件" in first
    assert "已办理 3 件" in again
    assert acts() == 3
    afresh = text_of(client.post(ASSIGN, form | {"key": "another"}))
    assert "已办理 0 件，3 件没有办理" in afresh, "positions are those of before"


def test_what_changed_meanwhile_is_told_and_left(cases: list[int], home: House, sign_in: Entry) -> None:
    client = sign_in("head")
    form = sent(chosen(client, cases), **{"f-officer": str(home.people["second"]), "do": "act"})
    home.do("officer", cases[1], "accept")
    told = text_of(client.post(ASSIGN, form))
    assert "已办理 2 件，1 件没有办理" in told
    assert "本案已有新的操作：" in told
    assert hands(cases) == ["second", "officer", "second"]


def test_each_line_says_why_not(cases: list[int], home: House, sign_in: Entry) -> None:
    home.do("head", cases[0], "assign_officer", {"officer": home.people["second"], "reason": "休假"})
    stranger = home.people["stranger"]
    with home.session(None) as s:
        acts_of_house.assign_post(s, stranger, home.organs["other"], "body_head", since=date(2020, 1, 1))
    client = sign_in("head")
    form = sent(chosen(client, cases), **{"do": "check"})
    told = text_of(client.post(ASSIGN, form | {"f-officer": str(home.people["second"])}))
    assert "可以办理 2 件，1 件不能办理" in told
    assert "本案现在就由这名工作人员承办" in told
    told = text_of(client.post(ASSIGN, form | {"f-officer": str(stranger)}))
    assert "可以办理 0 件，3 件不能办理" in told
    assert "没有“承办人”职务" in told
    assert '<button class="button" name="do" value="act">' not in told
    empty = client.post(ASSIGN, form | {"f-officer": "", "do": "act"})
    assert empty.status_code == 422
    assert hands(cases) == ["second", "officer", "officer"]


def test_the_page_or_all_that_answer_the_question(home: House, sign_in: Entry) -> None:
    list(many(home, 55))
    stand_still(home)
    client = sign_in("head")
    assert "50 件案件" in text_of(client.get(ASSIGN, {"which": "page"}))
    assert "5 件案件" in text_of(client.get(ASSIGN, {"which": "page", "page": "2"}))
    assert "55 件案件" in text_of(client.get(ASSIGN, {"which": "all"}))
    assert "没有选中" in text_of(client.get(ASSIGN, {"which": "all", "light": "overdue"}))
    with pytest.MonkeyPatch.context() as fewer:
        fewer.setattr("fadu.web.workbench.together.MOST", 20)
        assert "选中的还有 35 件不在下面" in text_of(client.get(ASSIGN, {"which": "all"}))
    assert queries(client, f"{ASSIGN}?which=all") == queries(client, f"{ASSIGN}?which=page&page=2")


def test_the_case_is_given_away_on_its_own_page_too(cases: list[int], home: House, sign_in: Entry) -> None:
    page = text_of(sign_in("head").get(f"/cases/{cases[0]}/steps/assign_officer/"))
    assert f'<option value="{home.people["second"]}">second某</option>' in page
    with pytest.raises(BadInput, match="没有“承办人”职务"):
        home.do("head", cases[0], "assign_officer", {"officer": home.people["clerk"], "reason": "误选"})
    home.do("head", cases[0], "assign_officer", {"officer": home.people["second"], "reason": "休假"})
    with home.session(None) as s:
        acts_of_house.assign_post(
            s, home.people["reviewer"], home.organs["bureau"], "supervisor", since=date(2020, 1, 1)
        )
        position = models.Case.objects.get(pk=cases[0]).position
    with pytest.raises(GatesUnmet, match="改派承办人不能撤回"):
        home.do("reviewer", cases[0], "reverse", {"position": position, "reason": "误派", "article": "—"})
