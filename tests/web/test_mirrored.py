"""A mirrored case on its page: shown like others, and worked on from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from fadu.kernel import access, bulk
from tests.kernel.conftest import House
from tests.kernel.test_bulk import CASE, cases, written
from tests.web.conftest import Entry


@pytest.fixture
def imported(home: House, settings: Any, tmp_path: Path) -> int:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    with home.session("admin") as s:
        bulk.run(s, bulk.Mirrored(s, "small", None), written(tmp_path / "旧案.csv", CASE, cases(4)))
    with home.session("officer") as s:
        return access.search(s, "旧〔2024〕0号").get().pk


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
