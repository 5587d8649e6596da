"""Mirrored cases in figures: counted, told apart, and not there before their import."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fadu.analytics import snapshot
from fadu.analytics.arithmetic import percent
from fadu.analytics.figures import cases as figures_cases
from fadu.analytics.figures import compute
from fadu.analytics.shares import shares
from fadu.kernel import bulk, finding
from fadu.rules.indicators import Count, Mirrored, Not, Opened, Rate
from tests.analytics import counted
from tests.analytics.conftest import Filled
from tests.fixtures.database import move_in
from tests.kernel.test_bulk import CASE, cases, written

JANUARY = (date(2024, 1, 1), date(2024, 2, 1))
mirrored = Count(
    name="mirrored",
    label="转录件数",
    system="small",
    day=Opened(),
    where=(Mirrored(),),
    definition="转录的件数。",
)
own = Count(
    name="own",
    label="自办件数",
    system="small",
    day=Opened(),
    where=(Not(Mirrored()),),
    definition="其他的件数。",
)
share = Rate(
    name="share", label="转录比例", numerator=mirrored, denominator=counted.applied, definition="转录件数占收到申请数。"
)
ALL = (mirrored, own, counted.applied, counted.closed, counted.accepted)


def values(filled: Filled, **more: Any) -> dict[str, Any]:
    with filled.session() as s:
        return {name: figure.value for name, figure in compute(s, counted.catalogue(), ALL, *JANUARY, **more).items()}


def test_the_share_of_mirrored_cases_is_a_figure(filled: Filled, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    before = values(filled)
    assert before["mirrored"] == 0
    home = filled.at("2025-06-01")
    with home.session("admin") as s:
        bulk.run(s, bulk.Mirrored(s, "small", None), written(tmp_path / "旧案.csv", CASE, cases(6)))
    after = values(filled)
    assert (after["mirrored"], after["own"], after["applied"]) == (6, before["own"], before["applied"] + 6)
    assert after["accepted"] == before["accepted"] + 6
    with filled.session() as s:
        rate = compute(s, counted.catalogue(), [share], *JANUARY)["share"]
        computed = compute(s, counted.catalogue(), [*ALL, share], *JANUARY)
        said = shares(s, computed, lambda wanted: compute(s, counted.catalogue(), wanted, *JANUARY))
    total = after["applied"]
    assert said["applied"] == f"其中转录6件（{percent(6, total)}）"
    assert said["share"] == f"分母中转录6件（{percent(6, total)}）"
    assert "own" not in said
    assert (rate.numerator, rate.denominator) == (6, after["applied"])
    assert values(filled, recorded_before=home.now - timedelta(days=1)) == before
    assert values(filled, recorded_before=home.now + timedelta(days=1)) == after


def test_a_house_without_mirrored_cases_counts_nothing_twice(filled: Filled) -> None:
    with filled.session() as s:
        computed = compute(s, counted.catalogue(), ALL, *JANUARY)
        assert shares(s, computed, lambda wanted: pytest.fail(f"counted again: {wanted}")) == {}


def test_a_snapshot_has_them_too_without_a_chain(
    filled: Filled, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    move_in(tmp_path / "house", monkeypatch)
    home = filled.at("2025-06-01")
    with home.session("admin") as s:
        bulk.run(s, bulk.Mirrored(s, "small", None), written(tmp_path / "旧案.csv", CASE, cases(6)))
    with filled.session() as s:
        taken = snapshot.take(s, counted.catalogue(), ["small"])
        cases_now = figures_cases(s, counted.catalogue(), mirrored, *JANUARY)
    assert {name: figure.value for name, figure in snapshot.compute_on(taken, ALL, *JANUARY).items()} == values(filled)
    assert set(snapshot.lengths(taken, "small", cases_now).values()) == {1}


def test_an_act_on_a_mirrored_case_leaves_it_where_it_was_before(filled: Filled, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    home = filled.at("2025-06-01")
    with home.session("admin") as s:
        bulk.run(s, bulk.Mirrored(s, "small", None), written(tmp_path / "旧案.csv", CASE, cases(6)))
    imported = values(filled)
    home = filled.at("2025-07-01")
    with home.session("officer") as s:
        case = finding.search(s, "旧〔2024〕0号").get().pk
    home.do("officer", case, "reply")
    assert values(filled) == values(filled, recorded_before=home.now - timedelta(days=1)) == imported
