"""A mirrored case on its page: shown like others, and worked on from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from fadu.kernel import bulk, finding
from tests.kernel.conftest import House
from tests.kernel.test_bulk import CASE, cases, written
from tests.web.conftest import Entry


@pytest.fixture
def imported(home: House, settings: Any, tmp_path: Path) -> int:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    with home.session("admin") as s:
        bulk.run(s, bulk.Mirrored(s, "small", None), written(tmp_path / "旧案.csv", CASE, cases(4)))
    with home.session("officer") as s:
        return finding.search(s, "旧〔2024〕0号").get().pk


def test_a_mirrored_case_has_its_page_before_and_after_an_act(home: House, sign_in: Entry, imported: int) -> None:
    browser, page = sign_in("officer"), reverse("case", args=[imported])
    before = browser.get(page)
    assert before.status_code == 200
    assert "旧〔2024〕0号" in before.text
    assert "转录" in before.text
    home.do("officer", imported, "reply")
    after = browser.get(page)
    assert after.status_code == 200
    assert "提出答复" in after.text
    assert "旧〔2024〕2号" in browser.get(reverse("cases")).text


def test_what_an_update_changed_is_told_on_the_page_as_far_as_one_may_see(
    home: House, sign_in: Entry, imported: int, tmp_path: Path
) -> None:
    rows = cases(4)
    rows[0][CASE.index("经过")] = "查明另一事"
    headings = (*CASE, "合议意见")
    with home.session("admin") as s:
        aim = bulk.Mirrored(s, "small", None, updates=True)
        bulk.run(s, aim, written(tmp_path / "新.csv", headings, [[*row, "内部所议"] for row in rows]))
    page = reverse("case", args=[imported])
    inside, party = sign_in("officer").get(page).text, sign_in("clerk").get(page).text
    assert "合议意见：—→内部所议；经过：某事→查明另一事" in inside
    assert "经过：某事→查明另一事" in party
    assert "内部所议" not in party


def test_own_cases_of_a_chosen_procedure_are_exported_from_the_list(home: House, sign_in: Entry, imported: int) -> None:
    home.open(story="+某日")
    browser, address = sign_in("officer"), reverse("cases_report")
    assert address not in browser.get(reverse("cases")).text
    assert f"{address}?system=small" in browser.get(reverse("cases"), {"system": "small"}).text
    lines = browser.get(address, {"system": "small"}).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("案号,标题,办理机构,收件日期")
    assert len(lines) == 2, "mirrored cases are not handled here"
    assert ",'+某日" in lines[1]
    assert browser.get(address).status_code == 422
