"""What is owed every year stands in the work list until somebody takes it up."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kernel.conftest import House
from tests.kernel.test_yearly import on, opened, place
from tests.web.conftest import entry_of, stand_still, text_of

__all__ = ["place"]


def test_it_waits_for_every_case_officer_of_the_body_and_then_for_one(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(place, date(2025, 1, 2), monkeypatch)
    (case,) = opened(place)
    stand_still(place)
    enter = entry_of(place)
    pages = {who: text_of(enter(who).get("/")) for who in ("officer", "second", "stranger", "head")}
    assert {who: "等人承办的事项" in page for who, page in pages.items()} == {
        "officer": True, "second": True, "stranger": False, "head": False,
    }  # fmt: skip
    assert f'href="/cases/{case.pk}/"' in pages["officer"]
    place.do("second", case.pk, "collect_data", {"data_summary": "已经收齐"})
    later = {who: text_of(enter(who).get("/")) for who in ("officer", "second")}
    assert all("等人承办的事项" not in page for page in later.values())
    assert [f'href="/cases/{case.pk}/"' in later[who] for who in ("officer", "second")] == [False, True]
