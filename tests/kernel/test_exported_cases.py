"""Cases exported by the house that handles them are imported as mirrored ones by another, in the same layout."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from fadu.infra.table_file import write_table
from fadu.kernel import bulk, models
from fadu.kernel.bulk import Mirrored, Outcome, Result
from tests.kernel.conftest import House, application
from tests.kernel.test_bulk import CASE, cases, mirrored, place, written

__all__ = ["place"]
INSIDE = {"secret"}
MOVED = ("state", "number", "title", "opened", "closed", "outcome", "version")


def exported(place: House, path: Path, who: str | None = "officer") -> Path:
    with place.session(who) as s:
        columns = bulk.layout(s, "small")
        write_table(path, list(columns), bulk.rows(s, bulk.own(s, "small"), list(columns.values())))
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def handle(place: House) -> list[int]:
    """Two cases of the house, one of them decided; the parties have names that a cell must hold as they are."""
    names = ("“甲、乙”商行", "-丙", "丁；戊")
    kinds = ("company", "person", "other")
    parties = [
        *({"role": "applicant", "name": name, "kind": kind} for name, kind in zip(names, kinds, strict=True)),
        application(place)["parties"][1],
    ]
    decided = place.open(parties=parties, worth="1200.50", pages="12", story="=第一行\n“第二行”,完")
    place.do("officer", decided.case, "accept")
    place.do("officer", decided.case, "deliberate", {"secret": "合议的意见"})
    place.do("clerk", decided.case, "reply")
    place.decide(decided.case, "part")
    return [decided.case, place.open().case]


def test_the_layout_is_that_of_the_import(place: House, tmp_path: Path) -> None:
    handle(place)
    rows = read(exported(place, tmp_path / "a.csv"))
    with place.session("officer") as s:
        known = Mirrored(s, "small", None).columns()
    assert list(rows[0])[:7] == ["案号", "标题", "办理机构", "收件日期", "结案日期", "状态", "结果"]
    assert set(rows[0]) <= set(known)
    assert "合议意见" not in rows[0], "what is for the inside only and not counted stays"
    row = next(row for row in rows if row["结果"])
    expected = {
        "状态": "已决定", "结果": "部分支持", "标的": "1200.50", "页数": "12", "经过": "'=第一行\n“第二行”,完",
        "申请人": '"“甲、乙”商行"、-丙、"丁；戊"', "申请人类别": "法人、公民、其他组织", "被申请人": "某区某局",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


@pytest.fixture
def gone(place: House, tmp_path: Path) -> tuple[list[dict[str, Any]], set[str]]:
    """A house that exported its cases in two weeks and of which nothing else is left: its cases, its parties' names."""
    with transaction.atomic():
        handled = handle(place)
        exported(place, tmp_path / "a.csv")
        with place.session(None):
            own = list(models.Case.objects.order_by("pk").values())
            parties = models.Party.objects.select_related("organ")
            names = {one.organ.name if one.organ else one.name for one in parties}
        place.do("officer", handled[1], "accept")
        exported(place, tmp_path / "b.csv")
        transaction.set_rollback(True)
    return own, names


def test_another_house_takes_them_in_and_takes_them_in_anew(
    place: House, gone: tuple[list[dict[str, Any]], set[str]], tmp_path: Path
) -> None:
    own, names = gone
    took = taken(place, tmp_path / "a.csv")
    assert [line.result for line in took.lines] == [Result.NEW, Result.NEW]
    with place.session(None):
        found = {case.number: case for case in models.Case.objects.filter(mirrored=True)}
        assert len(found) == len(own) == 2
        for case in own:
            there = found[case["number"]]
            assert [getattr(there, name) for name in MOVED] == [case[name] for name in MOVED]
            assert there.facts == {name: value for name, value in case["facts"].items() if name not in INSIDE}
            days = {step: done[0]["day"] for step, done in case["done"].items() if ":" not in step}
            assert {step: done[0]["day"] for step, done in there.done.items()} == days
        assert set(models.Party.objects.filter(case__mirrored=True).values_list("name", flat=True)) == names
    anew = taken(place, tmp_path / "b.csv")
    assert [(line.result, line.said) for line in anew.lines] == [
        (Result.UNCHANGED, ""),
        (Result.UPDATED, "状态：待审查→审理中；受理日期：—→2024-03-01"),
    ]


def taken(place: House, path: Path) -> Outcome:
    with place.session("admin") as s:
        return bulk.run(s, Mirrored(s, "small", None, updates=True), path)


def test_only_own_cases_seen_from_inside_go_out(place: House, tmp_path: Path) -> None:
    handle(place)
    mirrored(place, written(tmp_path / "旧.csv", CASE, cases(3)))
    assert len(read(exported(place, tmp_path / "a.csv"))) == 2
    assert read(exported(place, tmp_path / "b.csv", "stranger")) == []
    assert read(exported(place, tmp_path / "c.csv", "clerk")) == [], "a party does not report the case"
    assert len(read(exported(place, tmp_path / "d.csv", None))) == 2
