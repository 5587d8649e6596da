"""A later import tells mirrored cases anew: by number, only what changed, on their chains, taken back as a whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from fadu.kernel import access, bulk, destruction, files, ledger, models
from fadu.kernel.bulk import Faulty, Line, Mirrored, Outcome, Result, said_of
from fadu.kernel.destruction import Ground, What
from fadu.rules.errors import BadInput, GatesUnmet
from tests.kernel.conftest import House
from tests.kernel.test_bulk import CASE, back, cases, faults, findings, house_admin, mirrored, place, written

__all__ = ["place"]


def told(place: House, path: Path, rows: list[list[str]], headings: tuple[str, ...] = CASE, **more: Any) -> Outcome:
    with place.session(more.pop("who", "admin")) as s:
        aim = Mirrored(s, "small", more.pop("body", None), updates=True)
        return bulk.run(s, aim, written(path, headings, rows), **more)


def changed(rows: list[list[str]], row: int, **cells: str) -> list[list[str]]:
    """The rows with some cells of one of them otherwise."""
    return [
        [cells.get(heading, cell) for heading, cell in zip(CASE, one, strict=True)] if number == row else one
        for number, one in enumerate(rows)
    ]


def case_of(place: House, number: int) -> models.Case:
    with place.session(None):
        return models.Case.objects.get(number=f"旧〔2024〕{number}号")


def results(lines: tuple[Line, ...]) -> dict[Result, int]:
    return dict(Counter(line.result for line in lines))


@pytest.fixture
def week(place: House, tmp_path: Path) -> list[list[str]]:
    """Six cases of last week are there; those of even number are open."""
    rows = cases(6)
    mirrored(place, written(tmp_path / "一.csv", CASE, rows))
    with place.session(None) as s:
        place.people["second_admin"] = house_admin(s, place)
    return rows


ENDED = {"状态": "已归档", "结案日期": "2024-02-28", "结果": "不支持", "经过": "查明另一事", "申请人": "甲、丙"}


def test_new_changed_unchanged_and_missing_cases_are_told_apart(
    place: House, week: list[list[str]], tmp_path: Path
) -> None:
    untouched = {number: case_of(place, number) for number in (1, 5)}
    rows = [*changed(week, 2, **ENDED)[:5], ["新〔2024〕1号", *week[0][1:]]]
    outcome = told(place, tmp_path / "二.csv", rows)
    assert [(line.row, line.number, line.result.label) for line in outcome.lines] == [
        (2, "旧〔2024〕0号", "未变"),
        (3, "旧〔2024〕1号", "未变"),
        (4, "旧〔2024〕2号", "更新"),
        (5, "旧〔2024〕3号", "未变"),
        (6, "旧〔2024〕4号", "未变"),
        (7, "新〔2024〕1号", "新增"),
        (None, "旧〔2024〕5号", "文件中没有"),
    ]
    assert outcome.lines[2].said == (
        "状态：审理中→已归档；经过：某事→查明另一事；申请人：乙→丙；结案日期：—→2024-02-28；结果：—→不支持；"
        "标题：甲、乙与某区某局→甲、丙与某区某局"
    )
    after = case_of(place, 2)
    assert (after.state, str(after.closed), after.outcome) == ("closed", "2024-02-28", "deny")
    assert (after.facts["story"], after.title, after.position) == ("查明另一事", "甲、丙与某区某局", 2)
    for number, before in untouched.items():
        now = case_of(place, number)
        assert (now.stream_id, now.position, now.facts, now.state) == (None, 1, before.facts, before.state)
    with place.session("officer") as s:
        record = access.events(s, after)
        assert [(event.label, event.actor_id) for event in record] == [
            ("转录", None),
            ("转录更新", place.people["admin"]),
        ]
        assert ledger.verify(after.stream_id or 0) == 2
        said = said_of(models.Bulk.objects.get(pk=outcome.bulk))
    with place.session(None):
        assert models.Event.objects.get(step="bulk_import", act=record[1].act).stream_id != after.stream_id
    assert said["told"] == {"new": 1, "updated": 1, "unchanged": 4, "faulty": 0, "missing": 1}
    assert findings(place) == []


def test_the_same_export_again_changes_nothing(place: House, week: list[list[str]], tmp_path: Path) -> None:
    rows = changed(week, 2, **ENDED)
    told(place, tmp_path / "二.csv", rows)
    again = told(place, tmp_path / "三.csv", rows[::-1])
    assert results(again.lines) == {Result.UNCHANGED: 6}
    assert case_of(place, 2).position == 2
    later = told(place, tmp_path / "四.csv", changed(rows, 2, 结果="支持"))
    assert [line.said for line in later.lines if line.said] == ["结果：不支持→支持"]
    assert case_of(place, 2).position == 3
    assert findings(place) == []


def test_only_what_the_file_has_columns_for_is_compared(place: House, week: list[list[str]], tmp_path: Path) -> None:
    headings = ("案号", "收件日期", "状态", "结案日期", "办理机构", "受理日期")
    rows = [["旧[2024]第0号", "2024-01-05", "审理中", "", "某区司法局", "2024-01-11"]]
    outcome = told(place, tmp_path / "二.csv", rows, headings)
    assert outcome.lines[0].said == "受理日期：2024-01-10→2024-01-11"
    after = case_of(place, 0)
    assert {step: [one["day"] for one in days] for step, days in after.done.items()} == {
        "apply": ["2024-01-05"],
        "accept": ["2024-01-11"],
    }
    assert (after.facts["story"], after.number) == ("某事", "旧〔2024〕0号")
    emptied = told(place, tmp_path / "三.csv", [[*rows[0][:-1], ""]], headings)
    assert emptied.lines[0].said == "受理日期：2024-01-11→—"
    assert "accept" not in case_of(place, 0).done
    assert findings(place) == []


def test_a_check_tells_what_would_be_and_changes_nothing(place: House, week: list[list[str]], tmp_path: Path) -> None:
    rows = changed(week, 2, **ENDED)
    checked = told(place, tmp_path / "二.csv", rows, check=True)
    assert (checked.bulk, results(checked.lines)) == (None, {Result.UNCHANGED: 5, Result.UPDATED: 1})
    assert (case_of(place, 2).stream_id, case_of(place, 2).state) == (None, "accepted")
    assert told(place, tmp_path / "二.csv", rows).lines == checked.lines


def test_what_cannot_be_updated_is_refused_by_row_and_nothing_is_done(
    place: House, week: list[list[str]], tmp_path: Path
) -> None:
    place.do("officer", case_of(place, 0).pk, "reply")
    rows = changed(week, 0, 经过="别的")
    rows = changed(rows, 1, 收件日期="2024-01-06")
    rows = changed(rows, 2, **ENDED)
    rows = changed(rows, 3, 办理机构="某区他局")
    rows = changed(rows, 4, 案号="")
    with pytest.raises(Faulty) as refused:
        told(place, tmp_path / "二.csv", [*rows, rows[5]])
    assert faults(refused) == [
        "第2行“案号”：本案转录以后已有其他办理，不能由导入更新，请从文件中删去这一行，由办理机构核对后在本案中登记",
        "第3行“收件日期”：收件日期原为2024-01-05，决定适用的程序文本，不能由导入更新，请核对后删去这一行或者改回",
        "第6行：“案号”没有填写：没有案号，无法与已经转录的案件对应",
        "第8行“案号”：案号“旧〔2024〕5号”在第7行已经有了",
    ]
    assert results(refused.value.lines) == {
        Result.FAULTY: 4,
        Result.UPDATED: 1,
        Result.UNCHANGED: 1,
        Result.NEW: 1,
    }, "a case of another organ is a new one"
    assert (case_of(place, 2).stream_id, case_of(place, 2).state) == (None, "accepted")
    with place.session(None):
        assert models.Matched.objects.count() == 0
        assert models.Event.objects.filter(step="mirror_update").count() == 0
    with pytest.raises(BadInput, match="缺少列“案号”"):
        told(place, tmp_path / "三.csv", [row[1:] for row in week], CASE[1:])


def test_a_case_worked_on_here_is_let_be_while_the_platform_says_the_same(
    place: House, week: list[list[str]], tmp_path: Path
) -> None:
    place.do("officer", case_of(place, 0).pk, "reply")
    outcome = told(place, tmp_path / "二.csv", changed(week, 2, **ENDED))
    assert results(outcome.lines) == {Result.UNCHANGED: 5, Result.UPDATED: 1}
    assert [event.label for event in _events(place, 0)] == ["转录", "提出答复"]
    place.do("head", case_of(place, 0).pk, "reverse", {"position": 2, "reason": "误记", "article": "工作制度"})
    later = told(place, tmp_path / "三.csv", changed(week, 0, 经过="别的"))
    assert later.lines[0].said == "经过：某事→别的", "what was taken back is in nobody's way"
    assert findings(place) == []


def _events(place: House, number: int) -> list[models.Event]:
    case = case_of(place, number)
    with place.session("officer") as s:
        return access.events(s, case)


def test_an_update_is_taken_back_as_a_whole(place: House, week: list[list[str]], tmp_path: Path) -> None:
    before = case_of(place, 2)
    rows = [*changed(week, 2, **ENDED), ["新〔2024〕1号", *week[0][1:]]]
    outcome = told(place, tmp_path / "二.csv", rows)
    with pytest.raises(GatesUnmet, match="不能撤回自己办理的导入"):
        back(place, "admin", outcome.bulk)
    with pytest.raises(GatesUnmet, match="不能单独撤回"):
        place.do("head", case_of(place, 2).pk, "reverse", {"position": 2, "reason": "误", "article": "工作制度"})
    back(place, "second_admin", outcome.bulk)
    after = case_of(place, 2)
    names = ("state", "closed", "outcome", "facts", "title", "done")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    assert [event.label for event in _events(place, 2)] == ["转录", "转录更新", "撤回转录更新"]
    with place.session("officer") as s:
        assert [party.name for party in access.rows(s, after, models.Party)] == ["甲", "乙", "某区某局"]
        assert {one.name: one.text for one in after.indexed.all() if one.text} == {"answer": "part"}
    with place.session(None):
        assert not models.Case.objects.filter(number="新〔2024〕1号").exists()
    assert findings(place) == []
    again = told(place, tmp_path / "二.csv", rows)
    assert results(again.lines) == {Result.UNCHANGED: 5, Result.UPDATED: 1, Result.NEW: 1}


def test_what_later_imports_or_acts_rest_on_is_not_taken_back(
    place: House, week: list[list[str]], tmp_path: Path
) -> None:
    with place.session(None):
        first = models.Bulk.objects.get().pk
    rows = changed(week, 2, **ENDED)
    second = told(place, tmp_path / "二.csv", rows)
    third = told(place, tmp_path / "三.csv", rows[::-1])
    for number in (first, second.bulk):
        with pytest.raises(GatesUnmet, match=f"此后的第{third.bulk}号导入又转录了其中的案件"):
            back(place, "second_admin", number)
    back(place, "second_admin", third.bulk)
    back(place, "second_admin", second.bulk)
    with pytest.raises(GatesUnmet, match="已有1行有后续办理"):
        back(place, "second_admin", first)


def test_the_importing_administrator_reaches_only_what_imports_said(
    place: House, week: list[list[str]], tmp_path: Path
) -> None:
    own = place.open().case
    place.do("officer", case_of(place, 0).pk, "deliberate", {"secret": "合议的意见"})
    outcome = told(place, tmp_path / "二.csv", week[::-1])
    with place.session("admin") as s:
        assert access.cases(s).count() == 0
        ((answer,),) = ledger.rows(
            "SELECT string_agg(told::text, '') FROM fadu_bulk_known(%s, %s, %s)",
            [outcome.bulk, ["旧〔2024〕0号"], [place.organs["government"]]],
        )
        assert "合议的意见" not in answer
        assert "某事" in answer
    event = {"step": "mirror_update", "stream": 1}
    for who, statement in (
        ("officer", "SELECT fadu_bulk_hold(BULK)"),
        ("head", "SELECT fadu_bulk_known(BULK, '{}', '{}')"),
        ("officer", "SELECT fadu_bulk_changed(BULK)"),
        ("officer", "SELECT fadu_bulk_missing(BULK)"),
        ("admin", f"SELECT fadu_bulk_act(BULK, '{json.dumps({'case': own, 'event': event})}')"),
        ("admin", "SELECT fadu_put('{}')"),
        ("admin", "DELETE FROM kernel_matched WHERE bulk_id = BULK"),
    ):
        with place.session(who), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement.replace("BULK", str(outcome.bulk)))


def test_a_destruction_reaches_every_file_that_told_the_case(
    place: House,
    week: list[list[str]],
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    rows = changed(week, 3, 申请人="张三丰")
    second = told(place, tmp_path / "二.csv", rows)
    third = told(place, tmp_path / "三.csv", rows[::-1])
    people = place.people
    ground = Ground("当事人申请删除", "《个人信息保护法》第四十七条", people["admin"], people["mayor"])
    with django_capture_on_commit_callbacks(execute=True):
        done = destruction.destroy(What(case_of(place, 3).pk, party="applicant-1"), ground, at=place.now)
    assert done.values["导入的文件中的行"] == 3
    with place.session(None):
        for one in models.Bulk.objects.select_related("file").filter(pk__in=(second.bulk, third.bulk)):
            assert one.file
            assert "张三丰" not in files.path_of(one.file.digest).read_text(encoding="utf-8")
        assert not models.EventValue.objects.filter(value__contains="张三丰").exists()
    assert findings(place) == []
    with pytest.raises(Faulty, match="1处错误") as refused:
        told(place, tmp_path / "四.csv", rows)
    assert "已经依法销毁" in faults(refused)[0]
    assert "张三丰" not in "".join(line.said for line in refused.value.lines)
