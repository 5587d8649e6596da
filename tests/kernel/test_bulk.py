"""Bulk acts: a file of many rows becomes one event, all of it or nothing, and can be taken back as a whole."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.utils import DatabaseError
from psycopg import sql

from fadu.analytics.tables import table_of
from fadu.analytics.views import _expression
from fadu.kernel import access, acts, bulk, files, finding, integrity, ledger, merkle, models, registers
from fadu.kernel import house as access_house
from fadu.kernel.acts import Request
from fadu.kernel.bulk import Entries, Faulty, Mirrored, Outcome, said_of, sheet
from fadu.kernel.integrity import reading
from fadu.kernel.registers import Change
from fadu.rules.errors import BadInput, GatesUnmet, NotAllowed, NotFound
from tests.kernel import lists
from tests.kernel.conftest import House

POWER = ("事项编码", "事项名称", "风险等级", "审核日期", "生效日期", "终止日期")
CASE = (
    "案号", "收件日期", "结案日期", "状态", "结果", "办理机构", "知道之日", "经过", "标的", "答复", "受理日期",
    "申请人", "申请人类别", "被申请人",
)  # fmt: skip


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> House:
    catalogue = lists.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    settings.MEDIA_ROOT = tmp_path / "files"
    return home


def written(path: Path, headings: Iterable[str], rows: Iterable[Iterable[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def powers(count: int) -> list[list[str]]:
    days, risks = ("2023年1月1日", "2023/1/1", "2023-01-01"), ("low", "高")
    return [[f"A{n}", f"第{n}种“处罚”", risks[n % 2], days[n % 3], days[n % 3], ""] for n in range(count)]


def cases(count: int) -> list[list[str]]:
    done = ("2024-02-20", "已归档", "支持")
    return [
        [f"旧〔2024〕{n}号", "2024-01-05", *(done if n % 2 else ("", "审理中", "")), "某区司法局", "2024-01-02", "某事",
         "1,200.50", "部分支持", "2024-01-10", "甲、乙", "公民", "某区某局"]
        for n in range(count)
    ]  # fmt: skip


def entries(place: House, who: str | None, path: Path, organ: str = "bureau", **more: Any) -> Outcome:
    since = more.pop("since", None)
    with place.session(who) as s:
        return bulk.run(s, Entries(lists.POWERS, place.organs[organ], since), path, **more)


def mirrored(place: House, path: Path, who: str = "admin", **more: Any) -> Outcome:
    with place.session(who) as s:
        return bulk.run(s, Mirrored(s, "small", more.pop("body", None)), path, **more)


def faults(refused: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.sentence for fault in refused.value.faults]


def back(place: House, who: str, number: int | None, reason: str = "导错了文件") -> models.Bulk:
    with place.session(who) as s:
        return bulk.take_back(s, number or 0, reason)


# ---------------------------------------------------------------- entries


def test_a_file_of_entries_becomes_one_event_with_its_digest_and_root(place: House, tmp_path: Path) -> None:
    path = written(tmp_path / "清单.csv", POWER, powers(300))
    outcome = entries(place, "officer", path)
    with place.session("officer") as s:
        assert access.register(s, "power", date(2023, 1, 1)).count() == 300
        entry = access.register(s, "power", place.day, key="A7").get()
        assert entry.data == {"code": "A7", "subject": "第7种“处罚”", "risk": "high", "reviewed_on": "2023-01-01"}
        imported = models.Bulk.objects.get(pk=outcome.bulk)
        assert (imported.rows, imported.stream.position, imported.position) == (300, 1, 1)
        assert ledger.verify(imported.stream_id) == 1
        said = said_of(imported)
        event, told = access.entry_history(s, entry)[0]
    assert (said["rows"], said["root"], said["name"]) == (300, outcome.root, "清单.csv")
    assert said["digest"] == "sm3:" + ledger.sm3(path.read_bytes()).hex()
    assert ["事项编码", "fact:code"] in said["columns"]
    assert files.path_of(said["file"]).read_bytes() == path.read_bytes()
    assert (event.label, told["data"]["code"]) == ("批量导入：执法事项清单", "A7")


def test_the_root_is_that_of_the_canonical_rows(place: House, tmp_path: Path) -> None:
    outcome = entries(place, "officer", written(tmp_path / "a.csv", POWER, powers(37)))
    with place.session("officer"):
        rows = models.RegisterEntry.objects.filter(bulk=outcome.bulk).order_by("bulk_row")
        leaves = [
            merkle.leaf(
                ledger.canonical({"key": r.key, "data": r.data, "since": r.since.isoformat(), "before": r.before})
            )
            for r in rows
        ]
        assert [row.bulk_row for row in rows] == list(range(2, 39))
    assert outcome.root == "sm3:" + merkle.root(leaves).hex()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_come_as_office_suites_write_them(place: House, tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "a.csv", POWER[:3], [["A1", "某事", "低"], [], ["B2", "他事", "高"]], encoding)
    assert entries(place, "officer", path, since=date(2024, 1, 1)).rows == 2


def test_with_one_bad_row_nothing_is_written_and_every_fault_is_told(place: House, tmp_path: Path) -> None:
    bad = [
        ["A1", "", "低", "", "2023-01-01", ""],
        ["A2", "某事", "中", "2023-02-30", "2023-01-01", ""],
        ["A3", "某事", "低", "", "昨天", ""],
        ["A4", "某事", "低", "", "2023-01-01", "2022-01-01"],
        ["A5", "某事"],
    ]
    path = written(tmp_path / "a.csv", POWER, [*powers(150), *bad])
    with pytest.raises(Faulty, match="共155行，有6处错误") as refused:
        entries(place, "officer", path)
    assert faults(refused) == [
        "第152行：“事项名称”没有填写",
        "第153行：“风险等级”不在可选范围内",
        "第153行：“审核日期”不是有效的日期（例：2024-03-01）",
        "第154行：“生效日期”不是有效的日期（例：2024-03-01）",
        "第155行：“终止日期”应当晚于“生效日期”",
        "第156行：有2列，表头有6列",
    ]
    nothing_there(place, tmp_path)


def nothing_there(place: House, tmp_path: Path) -> None:
    with place.session(None):
        assert not models.RegisterEntry.objects.filter(register="power").exists()
        assert not models.Case.objects.exists()
        assert not models.Bulk.objects.exists()
        assert not models.Event.objects.filter(step="bulk_import").exists()
        assert not models.File.objects.exists()
    assert not (tmp_path / "files").exists()


def test_rows_that_contradict_each_other_or_what_is_there_are_told(place: House, tmp_path: Path) -> None:
    with place.session("officer") as s:
        values = {"code": "B1", "subject": "某事", "risk": "low"}
        registers.perform(s, "power", place.organs["bureau"], Change("add", values, date(2024, 2, 1)))
    rows = [
        ["A1", "某事", "低", "", "2023-01-01", "2023-06-01"],
        ["A1", "某事", "高", "", "2023-06-01", ""],
        ["A1", "某事", "高", "", "2023-08-01", ""],
        ["B1", "某事", "高", "", "2023-01-01", ""],
        ["B1", "某事", "高", "", "2022-01-01", "2023-01-01"],
    ]
    with pytest.raises(Faulty) as refused:
        entries(place, "officer", written(tmp_path / "a.csv", POWER, rows))
    assert faults(refused) == [
        "第4行“事项编码”：已有条目“A1”（自2023-06-01起），有效期重叠",
        "第5行“事项编码”：已有条目“B1”（自2024-02-01起），有效期重叠",
    ]
    assert entries(place, "officer", written(tmp_path / "a.csv", POWER, rows[:2])).rows == 2


def test_a_check_only_checks(place: House, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", POWER, powers(20))
    outcome = entries(place, "officer", path, check=True)
    assert (outcome.bulk, outcome.rows) == (None, 20)
    nothing_there(place, tmp_path)
    assert entries(place, "officer", path).root == outcome.root


def test_the_same_file_is_imported_once_until_it_is_taken_back(place: House, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", POWER, powers(3))
    first = entries(place, "officer", path)
    with pytest.raises(BadInput, match=r"已于2024-03-01导入（第\d+号导入，3行）"):
        entries(place, "head", path)
    assert entries(place, "stranger", path, "other").rows == 3
    back(place, "head", first.bulk)
    assert entries(place, "officer", path).rows == 3


def test_the_same_file_sent_twice_at_once_is_imported_once(place: House, tmp_path: Path) -> None:
    path, first = written(tmp_path / "a.csv", POWER, powers(3)), Entries(lists.POWERS, place.organs["bureau"], None)

    class Waited(Entries):
        """Another's import of the same file ends while this one waits for the chain."""

        def stream(self) -> models.Stream:
            bulk.run(s, first, path)
            return super().stream()

    with place.session("officer") as s, pytest.raises(BadInput, match="不能重复导入"):
        bulk.run(s, Waited(lists.POWERS, place.organs["bureau"], None), path)


@pytest.mark.parametrize(
    ("headings", "said", "words"),
    [
        (("事项编码", "事项名称", "风险等级"), {}, "缺少列“生效日期”"),
        ((*POWER, "备注"), {}, "不认识的列“备注”"),
        (POWER, {"别的": "-"}, "文件中没有列“别的”"),
        (("编码", "编号", *POWER[1:]), {"编码": "fact:code", "编号": "fact:code"}, "是同一项内容"),
        ((*POWER[:5], POWER[0]), {}, "出现了不止一次"),
        ((" ",), {}, "没有表头"),
    ],
)
def test_columns_that_cannot_be_told_are_refused(
    place: House, tmp_path: Path, headings: tuple[str, ...], said: Mapping[str, str], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        entries(place, "officer", written(tmp_path / "a.csv", headings, powers(1)), said=said)


def test_a_column_may_be_told_or_left_out_by_a_person(place: House, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ("编码", *POWER[1:], "备注"), [[*row, "略"] for row in powers(2)])
    outcome = entries(place, "officer", path, said={"编码": "fact:code", "备注": "-"})
    assert (outcome.columns["编码"], outcome.columns["备注"]) == ("fact:code", "-")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "UTF-16 编码"),
        (b"\xff\xff\x00", "既不是 UTF-8 也不是 GB18030"),
        (b"PK\x03\x04\x14", "另存为 CSV"),
        (b"", "没有表头"),
        (b",,\n", "没有表头"),
        ("某区清单,,\n事项编码,事项名称,风险等级\n".encode(), "不认识的列“某区清单”"),
        ("事项,,风险等级\n编码,名称,\n".encode(), "第2列没有表头：表头应当只占第一行"),
        ("事项编码,事项编码\n".encode("gb18030"), "表头“事项编码”出现了不止一次，请改名"),
        (b"a\x00,b\n", "不认识"),
    ],
)
def test_what_is_no_table_is_refused(place: House, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        entries(place, "officer", path)


def test_empty_columns_behind_the_last_are_none(place: House, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "事项编码,事项名称,风险等级,,\nA1,某事,低,,\nB2,他事,高\nC3,某,低,,x\n".encode())
    with pytest.raises(Faulty) as refused:
        entries(place, "officer", path, since=date(2024, 1, 1))
    assert faults(refused) == ["第4行：有5列，表头有3列"]


def test_a_file_too_long_is_refused_before_it_is_read(
    place: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST", 20)
    assert entries(place, "officer", written(tmp_path / "a.csv", POWER, powers(20))).rows == 20
    with pytest.raises(BadInput, match=r"文件超过20行.*分成几个文件"):
        entries(place, "head", written(tmp_path / "b.csv", POWER, powers(21)))


def test_only_who_may_change_the_register_imports_into_it(place: House, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", POWER, powers(1))
    for who in ("reviewer", "mayor", "stranger", "clerk"):
        with pytest.raises(NotAllowed):
            entries(place, who, path)
    with pytest.raises(NotAllowed, match="系统管理员"):
        mirrored(place, written(tmp_path / "b.csv", CASE, cases(1)), "officer")


# ---------------------------------------------------------------- mirrored cases


def test_mirrored_cases_stand_among_the_others_without_a_chain(place: House, tmp_path: Path) -> None:
    outcome = mirrored(place, written(tmp_path / "a.csv", CASE, cases(200)))
    with place.session("officer") as s:
        assert access.cases(s).count() == 200
        closed, running = finding.search(s, "旧〔2024〕3号").get(), finding.search(s, "旧〔2024〕2号").get()
        assert (closed.state, closed.outcome, str(closed.closed), closed.number) == (
            "closed",
            "grant",
            "2024-02-20",
            "旧〔2024〕3号",
        )
        assert (running.state, running.outcome, running.closed, running.due) == ("accepted", None, None, None)
        assert closed.mirrored
        assert closed.stream_id is None
        assert closed.title == "甲、乙与某区某局"
        assert closed.facts == {"known_on": "2024-01-02", "story": "某事", "worth": 120050, "answer": "part"}
        assert {step: days[0]["day"] for step, days in closed.done.items()} == {
            "apply": "2024-01-05",
            "accept": "2024-01-10",
        }
        parties = access.rows(s, closed, models.Party)
        assert [(p.role, p.name, p.organ_id) for p in parties] == [
            ("applicant", "甲", None),
            ("applicant", "乙", None),
            ("respondent", "某区某局", place.organs["respondent"]),
        ]
        indexed = {fact.name: fact.day or fact.number or fact.text for fact in closed.indexed.all()}
        assert indexed == {"known_on": date(2024, 1, 2), "worth": 120050, "answer": "part"}
        assert access.rows(s, closed, models.Clock) == access.events(s, closed) == []
    with place.session("clerk") as s:
        assert access.cases(s).count() == 200
    with place.session("stranger") as s:
        assert access.cases(s).count() == 0
    with place.session(None):
        assert said_of(models.Bulk.objects.get(pk=outcome.bulk))["target"] == "small"
        assert models.NumberSeries.objects.count() == models.NumberGiven.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"收件日期": "2024-03-02", "受理日期": ""}, "：“收件日期”不能晚于今天"),
        ({"收件日期": ""}, "：“收件日期”没有填写"),
        ({"收件日期": "1990-01-01"}, "“收件日期”：1990-01-01没有可以适用的程序文本"),
        ({"结案日期": "2024-01-01", "状态": "已归档"}, "：“结案日期”应当在收件日期之后，且不晚于今天"),
        ({"状态": "已归档"}, "“结案日期”：状态为“已归档”的，应当有结案日期"),
        ({"结案日期": "2024-02-01"}, "“状态”：有结案日期的，状态不能是“审理中”"),
        ({"状态": "不明"}, "“状态”：没有状态“不明”，应当是待审查、审理中、中止、已决定、已归档之一"),
        ({"结果": "不明"}, "“结果”：没有结果“不明”，应当是支持、部分支持、不支持之一"),
        ({"办理机构": "某镇"}, "“办理机构”：没有登记过机构“某镇”，请写登记的全称，没有登记的先登记"),
        ({"受理日期": "2023-12-31"}, "：“受理日期”应当在收件日期之后，且不晚于今天"),
        ({"答复": "不明"}, "：“答复”不在可选范围内"),
        ({"标的": "-1"}, "：“标的”金额应为数字，最多两位小数，单位为元"),
        ({"申请人类别": ""}, "：“申请人类别”应当是公民、法人、其他组织、行政机关之一，或者依次写明每一人的类别"),
        ({"被申请人": "某镇"}, "“被申请人”：没有登记过机关“某镇”，请写登记的全称，没有登记的先登记"),
        ({"被申请人": "某区某局、某区他局"}, "“被申请人”：被申请人只能有一个"),
    ],
)
def test_a_case_that_cannot_be_is_told(place: House, tmp_path: Path, changed: dict[str, str], said: str) -> None:
    row = dict(zip(CASE, cases(1)[0], strict=True)) | changed
    with pytest.raises(Faulty) as refused:
        mirrored(place, written(tmp_path / "a.csv", CASE, [*cases(3)[1:], row.values()]))
    assert faults(refused) == [f"第4行{said}"]
    nothing_there(place, tmp_path)


def test_a_number_that_is_in_use_is_not_imported(place: House, tmp_path: Path) -> None:
    opened = place.open()
    with place.session(None):
        number = models.Case.objects.get(pk=opened.case).number
    assert number
    rows = cases(3)
    rows[1][0], rows[2][0] = number, rows[0][0]
    with pytest.raises(Faulty) as refused:
        mirrored(place, written(tmp_path / "a.csv", CASE, rows))
    assert sorted(set(faults(refused))) == [
        f"第3行“案号”：案号“{number}”已经用于收件日期为2024-03-01的案件",
        f"第3行“案号”：案号“{number}”已经用于本系统编发的文书",
        "第4行“案号”：案号“旧〔2024〕0号”已经用于收件日期为2024-01-05的案件",
    ]


def test_a_counter_passes_over_imported_numbers(place: House, tmp_path: Path) -> None:
    rows = cases(3)
    rows[0][0], rows[1][0] = "某政申〔2024〕1号", "某政申[2024] 第2号"
    outcome = mirrored(place, written(tmp_path / "a.csv", CASE, rows))
    assert [number(place, place.open().case) for _ in range(2)] == ["某政申〔2024〕3号", "某政申〔2024〕4号"]
    with place.session(None) as s:
        assert [one.text for one in access_house.imported_numbers(s)] == ["某政申〔2024〕1号", "某政申〔2024〕2号"]
        assert [missing for _, missing in access_house.gaps(s)] == [[]]
        assert "numbers" not in integrity.examine(s).counts
        bulk.take_back(s, outcome.bulk or 0, "导错了文件")
    again = mirrored(place, written(tmp_path / "b.csv", CASE, rows[:1]))
    assert again.rows == 1
    with pytest.raises(Faulty, match="2处错误"):
        mirrored(place, written(tmp_path / "c.csv", CASE, [["某政申（2024）3号", *rows[2][1:]]]))


def number(place: House, case: int) -> str | None:
    with place.session(None):
        return models.Case.objects.get(pk=case).number


def test_the_first_act_gives_a_mirrored_case_its_chain(place: House, tmp_path: Path) -> None:
    mirrored(place, written(tmp_path / "a.csv", CASE, cases(2)))
    with place.session(None):
        case = models.Case.objects.get(number="旧〔2024〕0号")
    with pytest.raises(GatesUnmet):
        place.do("officer", case.pk, "archive")
    with place.session(None):
        assert models.Case.objects.get(pk=case.pk).stream_id is None
    place.do("officer", case.pk, "reply", position=1)
    with place.session("officer") as s:
        after = access.case(s, case.pk)
        assert [event.label for event in access.events(s, after)] == ["转录", "提出答复"]
        assert (after.position, after.title, after.facts) == (2, case.title, case.facts)
        assert after.stream_id
        assert ledger.verify(after.stream_id) == 2
    with pytest.raises(GatesUnmet, match="不能撤回"):
        place.do("head", case.pk, "reverse", {"position": 1, "reason": "x", "article": "x"})
    place.do("head", case.pk, "reverse", {"position": 2, "reason": "误记", "article": "工作制度"})
    with place.session("officer") as s:
        folded = access.case(s, case.pk)
        assert (folded.state, folded.facts, folded.done["apply"]) == (case.state, case.facts, case.done["apply"])


def test_a_refused_act_gives_a_mirrored_case_no_chain(place: House, tmp_path: Path) -> None:
    """Also when it is refused only after the chain was begun, and the door goes on with the session."""
    mirrored(place, written(tmp_path / "a.csv", CASE, cases(1)))
    with place.session(None):
        case = models.Case.objects.get(number="旧〔2024〕0号").pk
    with place.session("head") as s:
        wrong = Request("reverse", {"position": 1, "reason": "误记", "article": "工作制度"})
        with pytest.raises(GatesUnmet, match="不能撤回"):
            acts.perform(s, case, wrong)
    with place.session(None):
        assert models.Case.objects.get(pk=case).stream_id is None


# ---------------------------------------------------------------- taking back


@pytest.mark.parametrize("kind", ["entries", "cases"])
def test_an_import_is_taken_back_as_a_whole_by_another_person(place: House, tmp_path: Path, kind: str) -> None:
    if kind == "entries":
        outcome = entries(place, "officer", written(tmp_path / "a.csv", POWER, powers(30)))
        own, other = "officer", "head"
    else:
        outcome = mirrored(place, written(tmp_path / "a.csv", CASE, cases(30)))
        own, other = "admin", "second_admin"
        with place.session(None) as s:
            person = house_admin(s, place)
        place.people[other] = person
    with pytest.raises(GatesUnmet, match="不能撤回自己办理的导入"):
        back(place, own, outcome.bulk)
    with pytest.raises(BadInput, match="理由"):
        back(place, other, outcome.bulk, " ")
    taken = back(place, other, outcome.bulk)
    with place.session(None):
        assert not models.RegisterEntry.objects.filter(register="power").exists()
        assert not models.Case.objects.exists()
        assert not models.Party.objects.exists()
        assert not models.CaseFact.objects.exists()
        assert ledger.verify(taken.stream_id) == taken.taken_back
        assert taken.file
        assert files.path_of(taken.file.digest).exists()
    with pytest.raises(GatesUnmet, match="已经撤回过"):
        back(place, other, outcome.bulk)


def house_admin(s: access.Session, place: House) -> int:
    person = access_house.register_officer(s, "second_admin", "第二管理员", "x")
    access_house.assign_post(s, person.pk, place.organs["government"], "administrator", since=date(2020, 1, 1))
    return int(person.pk)


def test_what_was_worked_on_is_not_taken_back(place: House, tmp_path: Path) -> None:
    listed = entries(place, "officer", written(tmp_path / "a.csv", POWER, powers(3)))
    with place.session("officer") as s:
        registers.perform(s, "power", place.organs["bureau"], Change("cancel", {"code": "A1"}))
    with pytest.raises(GatesUnmet, match="已有1行有后续办理"):
        back(place, "head", listed.bulk)
    imported = mirrored(place, written(tmp_path / "b.csv", CASE, cases(3)))
    with place.session(None):
        case = models.Case.objects.get(number="旧〔2024〕0号").pk
    place.do("officer", case, "reply")
    with place.session(None) as s, pytest.raises(GatesUnmet, match="已有1行有后续办理"):
        bulk.take_back(s, imported.bulk or 0, "x")
    with pytest.raises(NotFound):
        back(place, "head", 0)


# ---------------------------------------------------------------- rights in the database


def test_the_functions_of_the_database_ask_for_the_right(place: House, tmp_path: Path) -> None:
    outcome = entries(place, "officer", written(tmp_path / "a.csv", POWER, powers(1)))
    for who, statement in (
        ("stranger", "SELECT fadu_bulk_entries(%s, '{}')"),
        ("stranger", "SELECT fadu_bulk_conflicts(%s)"),
        ("officer", "SELECT fadu_bulk_remove(%s)"),
        ("officer", "DELETE FROM kernel_bulk WHERE id = %s"),
    ):
        with place.session(who), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement, [outcome.bulk])
    with place.session("officer"), pytest.raises(DatabaseError), transaction.atomic():
        models.Case.objects.all()._raw_delete(DEFAULT_DB_ALIAS)


# ---------------------------------------------------------------- integrity and figures


def findings(place: House) -> list[str]:
    with place.session(None) as s:
        found = integrity.examine(s).findings
    return [finding.sentence for finding in found if finding.check not in ("idle", "provisional")]


def imported_both(place: House, tmp_path: Path) -> None:
    entries(place, "officer", written(tmp_path / "a.csv", POWER, powers(5)))
    mirrored(place, written(tmp_path / "b.csv", CASE, cases(6)))


def test_an_import_passes_every_check_before_and_after_work_on_it(place: House, tmp_path: Path) -> None:
    imported_both(place, tmp_path)
    assert findings(place) == []
    with place.session("officer") as s:
        registers.perform(s, "power", place.organs["bureau"], Change("cancel", {"code": "A1"}))
        case = finding.search(s, "旧〔2024〕0号").get().pk
    place.do("officer", case, "reply")
    assert findings(place) == []


def change_entry() -> None:
    models.RegisterEntry.objects.filter(key="A1").update(data={"code": "A1", "subject": "改过", "risk": "low"})


def change_case() -> None:
    models.Case.objects.filter(number="旧〔2024〕3号").update(outcome="deny")


def change_party() -> None:
    row = models.Party.objects.filter(case__number="旧〔2024〕3号", key="applicant-1")
    row.update(name="丙", data=row.get().data | {"name": "丙"})


def change_column() -> None:
    models.Party.objects.filter(case__number="旧〔2024〕3号", key="applicant-1").update(name="丙")


def change_indexed() -> None:
    models.CaseFact.objects.filter(case__number="旧〔2024〕3号", name="worth").update(number=1)


def change_file() -> None:
    for file in models.File.objects.all():
        files.path_of(file.digest).write_text("改过")


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (change_entry, "第3行与导入的文件不同"),
        (change_case, "第5行与导入的文件不同"),
        (change_party, "第5行与导入的文件不同"),
        (change_column, "第5行与导入的文件不同"),
        (change_indexed, "第5行与导入的文件不同"),
        (change_file, "与记录的摘要不符"),
    ],
)
def test_what_was_changed_past_the_acts_is_found(
    place: House, tmp_path: Path, plant: Callable[[], None], said: str
) -> None:
    imported_both(place, tmp_path)
    with place.session(None):
        plant()
    assert any(said in sentence for sentence in findings(place))


def test_only_cases_that_were_worked_on_are_looked_at_singly(
    place: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirrored(place, written(tmp_path / "b.csv", CASE, cases(6)))
    own = place.open().case
    with place.session(None):
        touched = models.Case.objects.get(number="旧〔2024〕0号").pk
    place.do("officer", touched, "reply")
    looked_at: list[int] = []
    looks = reading.looks
    monkeypatch.setattr(reading, "looks", lambda s, ids: looked_at.extend(ids) or looks(s, ids))
    with place.session(None) as s:
        assert integrity.examine(s).cases == 7
    assert sorted(looked_at) == sorted((own, touched))


def test_a_row_more_or_less_is_found(place: House, tmp_path: Path) -> None:
    imported_both(place, tmp_path)
    with place.session(None):
        models.RegisterEntry.objects.filter(key="A1").update(bulk_row=99)
    told = "；".join(findings(place))
    assert "导入的第3行已经不在" in told
    assert "第99行不在导入的文件中" in told


def test_mirrored_cases_are_counted_and_told_apart(place: House, tmp_path: Path) -> None:
    mirrored(place, written(tmp_path / "b.csv", CASE, cases(6)))
    place.open()
    table = table_of(access.registry(), "small")
    with place.session("officer"), connection.cursor() as cursor:
        names = ("mirrored", "opened_month", "closed_month", "outcome", "accept_on", "fact_worth")
        wanted = sql.SQL(", ").join(_expression(table, table.column(name)) for name in names)
        cursor.execute(sql.SQL("SELECT {} FROM kernel_case c ORDER BY c.id DESC LIMIT 2").format(wanted))
        assert cursor.fetchall() == [
            (False, 202403, None, None, None, None),
            (True, 202401, 202402, "grant", date(2024, 1, 10), 120050),
        ]
