"""The page of the integrity checks: who may see it, what of it they see, and its button."""

from __future__ import annotations

from typing import Any

import pytest

from fadu.kernel import models
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of

PAGE, BUTTON = "/integrity/", "/integrity/run/"
MAY = ("admin", "head", "mayor", "chief")
MAY_NOT = ("officer", "second", "reviewer", "clerk", "stranger")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings and files of one test are no other test's."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    monkeypatch.setenv("FADU_HOME", str(tmp_path))


def plant(home: House) -> int:
    """A fault in a case of the bureau, and one of the house."""
    case = home.open().case
    with home.session(None):
        models.Clock.objects.filter(case_id=case, key="screen").update(digest="x")
        models.NumberSeries.objects.update(last=3)
    return case


@pytest.mark.parametrize("who", MAY)
def test_who_answers_for_the_house_sees_the_page_and_a_link_to_it(home: House, sign_in: Entry, who: str) -> None:
    client = sign_in(who)
    assert 'href="/integrity/"' in text_of(client.get("/"))
    page = text_of(client.get(PAGE))
    assert "还没有检查过" in page
    assert "现在检查" in page
    response = client.post(BUTTON)
    assert (response.status_code, response.url) == (302, PAGE)
    assert "没有发现问题" in text_of(client.get(PAGE))
    assert "2024年3月1日" in text_of(client.get(PAGE))


@pytest.mark.parametrize("who", MAY_NOT)
def test_others_do_not(home: House, sign_in: Entry, who: str) -> None:
    client = sign_in(who)
    assert "integrity" not in text_of(client.get("/"))
    assert client.get(PAGE).status_code == 403
    assert client.post(BUTTON).status_code == 403
    with home.session(None):
        assert not models.Event.objects.filter(step="integrity_run").exists()


def test_a_post_that_ended_takes_the_page_away(home: House, sign_in: Entry) -> None:
    models.Post.objects.filter(officer_id=home.people["head"]).update(before=home.day)
    client = sign_in("head")
    assert "integrity" not in text_of(client.get("/"))
    assert client.get(PAGE).status_code == 403


def test_the_button_is_no_link(home: House, sign_in: Entry) -> None:
    assert sign_in("admin").get(BUTTON).status_code == 405


def test_findings_are_shown_within_the_rights(home: House, sign_in: Entry) -> None:
    case = plant(home)
    sign_in("admin").post(BUTTON)
    link, house_wide, number = f'href="/cases/{case}/"', "第2至3号没有发号记录", "某政申〔2024〕1号"
    head = text_of(sign_in("head").get(PAGE))
    assert link in head
    assert number in head
    assert "计算依据" in head
    assert "请由法制机构核对该期限" in head
    assert house_wide not in head
    assert "检查的案件" not in head
    admin = text_of(sign_in("admin").get(PAGE))
    assert link not in admin
    assert number not in admin
    assert house_wide in admin
    assert "另有 1 条问题没有在这里列出" in admin
    chief = text_of(sign_in("chief").get(PAGE))
    for word in (link, number, house_wide, "另有"):
        assert word not in chief
    assert "没有发现问题" in chief


def test_who_asked_for_the_run_is_on_record(home: House, sign_in: Entry) -> None:
    sign_in("head").post(BUTTON)
    with home.session(None):
        event = models.Event.objects.get(step="integrity_run")
        value = models.EventValue.objects.get(stream_id=event.stream_id, position=event.position)
    assert f'"by":{home.people["head"]}' in str(value.value)
