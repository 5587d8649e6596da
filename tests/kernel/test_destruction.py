"""Acts of destruction: what goes is nowhere any more, and every proof holds as before."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker

from fadu.cli.record import record as command
from fadu.kernel import access, destruction, export, files, finding, ledger, models, seal, store, verification
from fadu.kernel.destruction import Ground, What
from fadu.kernel.remains import GONE
from fadu.kernel.seal import Head
from fadu.rules.casefile import TABLES
from fadu.rules.errors import BadInput, GatesUnmet, NotAllowed, NotFound, Refusal
from tests.fixtures.database import OwnDatabase
from tests.kernel import small
from tests.kernel import test_seals as seals
from tests.kernel.conftest import House, build
from tests.kernel.furnished import examine, told
from tests.kernel.test_time import serve
from tests.kernel.test_verify_record import verify as by_script

TODAY = date(2024, 3, 1)
PERSONAL = ("张三", "幸福路1号", "13800000000")
WORDS = {"reason": "当事人申请删除", "article": "《个人信息保护法》第四十七条"}


@dataclass
class Kept:
    """A house with two closed cases that name one upload, its head, and a proof for each event of the first."""

    house: House
    case: int
    other: int
    open: int
    upload: str
    own_upload: str
    head: Head
    proofs: list[Path]

    def ground(self, **more: Any) -> Ground:
        people = self.house.people
        return Ground(**(WORDS | {"by": people["admin"], "approved_by": people["mayor"]} | more))

    def destroy(self, **what: str) -> destruction.Plan:
        return destruction.destroy(What(self.case, **what), self.ground(), at=self.house.now)


@pytest.fixture
def kept(
    own_database: OwnDatabase,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> Iterator[Kept]:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    settings.MEDIA_ROOT = str(tmp_path / "files")
    with django_db_blocker.unblock():
        home = build()
        with home.session("officer") as s:
            upload, own = (files.keep(s, "张三.txt", 3, io.BytesIO(text)) for text in (b"abc", b"own"))
        case = closed(home, [str(upload), str(own)])
        other = closed(home, [str(upload)])
        still_open = home.open().case
        head = seal.seal(home.now)
        yield Kept(home, case, other, still_open, upload.digest, own.digest, head, list(proofs(case, tmp_path)))


def closed(home: House, uploads: list[str]) -> int:
    """A case that went all the way; its applicant is named in facts, papers, a proposal and a reversal."""
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person", "address": "幸福路1号", "phone": "13800000000"},
        {"role": "applicant", "name": "李四", "kind": "person", "address": "平安路2号"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": home.organs["respondent"]},
    ]
    case = home.open(parties=parties, story="张三和李四某日某事", files=uploads, worth="12.50").case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.do("officer", case, "deliberate", {"secret": "张三有理"})
    home.do("head", case, "reverse", {"position": 4, "reason": "张三要求", "article": "第一条"})
    home.do("officer", case, "deliberate", {"secret": "支持"})
    agent = {
        "kind": "lawyer",
        "name": "周律师",
        "mandate": "general",
        "since": "2024-03-01",
        "proof": "张三的授权委托书",
    }
    home.do("officer", case, "name_agent", agent | {"parties": ["applicant-1"], "address": "律所路9号"})
    home.decide(case)
    for paper, to in (("receipt", ("applicant-1", "applicant-2")), ("copy", ("respondent-1",)),
                      ("decision", ("applicant-1", "applicant-2", "respondent-1"))):  # fmt: skip
        for party in to:
            serve(home, case, f"{paper}-1", party, home.day.isoformat())
    home.do("officer", case, "publish", {"paper": "decision-1", "place": "网站"})
    home.do("officer", case, "archive")
    return case


def proofs(case: int, folder: Path) -> Iterator[Path]:
    with access.session(None):
        row = models.Case.objects.get(pk=case)
        for position in range(1, row.position + 1):
            path = folder / f"{position}.json"
            path.write_text(json.dumps(seal.inclusion(int(row.stream_id or 0), position)), encoding="utf-8")
            yield path


def everything(case: int | None = None) -> str:
    """Every row of every table of the record and of the cases, as text; of one case or of all."""
    text: list[str] = []
    with access.session(None), connection.cursor() as cursor:
        stream = "" if case is None else f" WHERE stream_id = (SELECT stream_id FROM kernel_case WHERE id = {case})"
        rows = "" if case is None else f" WHERE case_id = {case}"
        tables = {f"kernel_{table}": rows for table in (*TABLES, "casefact", "sought")}
        tables |= {"kernel_event": stream, "kernel_eventvalue": stream}
        tables["kernel_case"] = "" if case is None else f" WHERE id = {case}"
        for table, where in tables.items():
            cursor.execute(f"SELECT t::text FROM {table} t{where}")
            text += [row for (row,) in cursor.fetchall()]
    return "\n".join(text)


def hold(kept: Kept, tmp_path: Path) -> None:
    """Chains, tree, heads, the witness, each old proof, the export, the fold and every integrity check."""
    assert seals.verify(*seals.keep(kept.head)) == []
    seal.seal(kept.house.now)
    assert seals.verify(*seals.keep(kept.head)) == []
    for proof in kept.proofs:
        assert by_script(proof).returncode == 0
    with verification.one_moment():
        export.export(tmp_path / "record")
    assert by_script(tmp_path / "record").returncode == 0
    assert [line for line in told(examine(kept.house)) if not line.startswith(("silence", "idle"))] == []
    with access.session(None):
        loaded = store.load(kept.case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case


def test_the_personal_data_of_one_party_are_nowhere_any_more(kept: Kept, tmp_path: Path) -> None:
    assert all(word in everything(kept.case) for word in PERSONAL)
    done = kept.destroy(party="applicant-1")
    text = everything(kept.case)
    assert not any(word in text for word in PERSONAL)
    assert "李四" in text
    assert "平安路2号" in text
    with access.session(None) as s:
        case = models.Case.objects.get(pk=kept.case)
        assert (case.title, case.facts["story"]) == (f"{GONE}、李四与某局", f"{GONE}和李四某日某事")
        assert (case.outcome, case.closed, case.facts["worth"]) == ("grant", TODAY, 1250)
        assert {found.pk for found in finding.search(s, "张三")} == {kept.other, kept.open}
        paper = models.Paper.objects.get(case_id=kept.case, key="decision-1")
        assert f"{GONE}、李四" in paper.data["text"]
        assert case.facts["files"] == [f"{one}/{GONE}.txt" for one in (kept.upload, kept.own_upload)]
    assert files.path_of(kept.upload).exists()
    assert "张三" in everything(kept.other)
    assert done.values["当事人"] == 1
    assert done.personal == ("经过",)
    hold(kept, tmp_path)
    exported = (tmp_path / "record" / "values.jsonl").read_text(encoding="utf-8")
    assert exported.count("本案第") > 5
    assert "当事人申请删除" in exported


def test_an_erased_value_cannot_be_tried_out(kept: Kept) -> None:
    """Without the salt nobody can find out by trying whether a short value was this one."""
    kept.destroy(party="applicant-1")
    with access.session(None):
        assert {bytes(one.salt) for one in models.EventValue.objects.filter(value=None)} == {b""}


def test_one_fact_goes_with_what_repeats_it(kept: Kept, tmp_path: Path) -> None:
    done = kept.destroy(fact="story")
    text = everything(kept.case)
    assert "某日某事" not in text
    assert "张三" in text
    assert done.label == "“经过”"
    hold(kept, tmp_path)


def test_a_paper_that_went_is_still_told_apart_by_the_record(kept: Kept, tmp_path: Path) -> None:
    """Its digest stands openly in the event that made it, in each proof of that event, and in no later one."""
    with access.session(None):
        text = models.Paper.objects.get(case_id=kept.case, key="decision-1").data["text"]
    kept.destroy(party="applicant-1")
    digest = "sm3:" + ledger.sm3(text.encode()).hex()
    with access.session(None):
        events = models.Event.objects.filter(stream__case=kept.case).order_by("position")
        told = [event for event in events if ["decision-1", digest] in event.papers]
        organs = set(events.values_list("organ", flat=True))
        assert organs == {models.Case.objects.get(pk=kept.case).organ_id}
    assert [event.step for event in told] == ["decide"]
    assert f"文书 decision-1：{digest}" in by_script(kept.proofs[told[0].position - 1]).stdout
    with verification.one_moment():
        export.export(tmp_path / "record")
    change(tmp_path / "record", "events", told[0])
    assert "文书 decision-1 的摘要与公开载明的不符" in by_script(tmp_path / "record").stdout


def change(folder: Path, name: str, event: models.Event) -> None:
    """Takes what an exported event tells of its papers."""
    path = folder / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if (row["stream"], row["position"]) == (event.stream_id, event.position):
            row["body"] = ledger.canonical(json.loads(row["body"]) | {"papers": []}).decode()
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def test_what_is_counted_does_not_go_by_itself(kept: Kept) -> None:
    with pytest.raises(Refusal, match="用于统计"):
        kept.destroy(fact="worth")


def keep_for(kept: Kept, years: int | None) -> None:
    with kept.house.session(None) as s:
        destruction.set_retention(s, "small", years, "本单位档案保管期限表第3条")


def test_the_whole_file_goes_after_its_time(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有登记“小程序”案卷的保管期限"):
        kept.destroy()
    keep_for(kept, None)
    with pytest.raises(Refusal, match="永久保管"):
        kept.destroy()
    keep_for(kept, 10)
    kept.house.day = date(2034, 12, 31)
    with pytest.raises(Refusal, match="2035-01-01以前不能销毁"):
        kept.destroy()
    kept.house.day = date(2035, 1, 1)
    before = catalogue_entry(kept.case)
    kept.destroy(party="applicant-1")
    done = kept.destroy()
    text = everything(kept.case)
    assert not any(
        word in text for word in (*PERSONAL, "周律师", "律所路", "李四", "平安路", "某日某事", "有理", "回证")
    )
    assert catalogue_entry(kept.case) == before
    assert done.uploads == (kept.own_upload,)
    assert not files.path_of(kept.own_upload).exists()
    assert files.path_of(kept.upload).exists(), "the other case names it too"
    assert "张三" in everything(kept.other)
    with pytest.raises(Refusal, match="案卷已经销毁"):
        kept.destroy()
    hold(kept, tmp_path)


def catalogue_entry(case: int) -> list[Any]:
    """Number, days, outcome, steps done, and every indexed fact that is not personal."""
    with access.session(None):
        row = models.Case.objects.get(pk=case)
        counted = models.CaseFact.objects.filter(case_id=case).exclude(name="story").order_by("name")
        clocks = models.Clock.objects.filter(case_id=case).order_by("key")
        return [
            row.number, row.opened, row.closed, row.outcome, row.state,
            {step: [entry["day"] for entry in days] for step, days in row.done.items()},
            list(counted.values_list("name", "day", "number", "text")),
            list(clocks.values_list("key", "start", "due", "lapses_after", "stopped", "lapsed")),
        ]  # fmt: skip


def test_who_may_destroy_what(kept: Kept) -> None:
    people, party = kept.house.people, What(kept.case, party="applicant-1")
    for ground, kind, said in (
        (kept.ground(reason=" "), BadInput, "没有写明销毁的理由"),
        (kept.ground(article=""), BadInput, "没有写明销毁的依据"),
        (kept.ground(by=people["mayor"]), NotAllowed, "自办自批"),
        (kept.ground(by=people["officer"]), NotAllowed, "由档案管理人员或者系统管理员办理"),
        (kept.ground(approved_by=people["reviewer"]), NotAllowed, "负责人批准"),
        (kept.ground(approved_by=people["chief"]), NotAllowed, "负责人批准"),
    ):
        with pytest.raises(kind, match=said):
            destruction.destroy(party, ground, at=kept.house.now)
    for what, wrong, said in (
        (What(kept.open, party="applicant-1"), Refusal, "案件还没有办结"),
        (What(kept.case, party="nobody"), BadInput, "没有当事人“nobody”，有：applicant-1（张三）"),
        (What(kept.case, party="respondent-1"), Refusal, "不是个人信息"),
        (What(kept.case, fact="pages"), BadInput, "没有“页数”这一项内容"),
        (What(kept.case, fact="x"), BadInput, "没有“x”这一项内容"),
        (What(0, party="applicant-1"), NotFound, "案件"),
    ):
        with pytest.raises(wrong, match=said):
            destruction.destroy(what, kept.ground(), at=kept.house.now)
    assert all(word in everything(kept.case) for word in PERSONAL)
    kept.destroy(party="applicant-1")
    with pytest.raises(Refusal, match="已经销毁过"):
        kept.destroy(party="applicant-1")


def test_a_destruction_is_not_taken_back(kept: Kept) -> None:
    kept.destroy(party="applicant-1")
    with access.session(None):
        position = models.Case.objects.get(pk=kept.case).position
    with pytest.raises(GatesUnmet, match="销毁不能撤回"):
        kept.house.do("head", kept.case, "reverse", {"position": position, "reason": "错", "article": "第一条"})


def test_nothing_is_erased_without_an_act(kept: Kept, own_database: OwnDatabase, tmp_path: Path) -> None:
    """Neither by the application, nor unseen by the owner of the tables."""
    with access.session(None):
        case = models.Case.objects.get(pk=kept.case)
    for statement in (
        "UPDATE kernel_eventvalue SET value = NULL, erased = 'x'",
        f"SELECT fadu_erase({case.stream_id}, {case.position})",
    ):
        with pytest.raises(DatabaseError), access.session(None), connection.cursor() as cursor:
            cursor.execute(statement)
    kept.destroy(party="applicant-1")
    erased = f"UPDATE kernel_eventvalue SET value = NULL, erased = '依法销毁' WHERE stream_id = {case.stream_id}"
    seals.tamper(own_database, f"{erased} AND value LIKE '%平安路2号%' AND position = 1")
    assert [fault for fault in seals.verify() if "内容被清除，没有销毁的记录" in fault]
    with verification.one_moment():
        export.export(tmp_path / "record")
    assert "内容被清除，没有销毁的记录" in by_script(tmp_path / "record").stdout
    assert any("内容被清除，没有销毁的记录" in one for one in told(examine(kept.house)))


def test_a_destruction_that_fails_erases_nothing(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(digests: object) -> None:
        raise OSError("没有空间")

    monkeypatch.setattr(destruction, "destroy_uploads", fail)
    before = everything(kept.case)
    with pytest.raises(OSError, match="没有空间"):
        kept.destroy(party="applicant-1")
    assert everything(kept.case) == before
    with transaction.atomic(), access.session(None):
        assert ledger.verify(int(models.Case.objects.get(pk=kept.case).stream_id or 0)) > 1


def test_the_command_shows_what_goes_and_asks(kept: Kept) -> None:
    said = ["destroy", str(kept.case), "--party", "applicant-1", "--by", "admin", "--approved-by", "mayor"]
    said += [f"--{name}={text}" for name, text in WORDS.items()]
    asked = CliRunner().invoke(command, said, input="n\n")
    assert "将销毁当事人 applicant-1 的个人信息" in asked.output
    assert "没有销毁" in str(asked.exception)
    assert "张三" in everything(kept.case)
    alone = CliRunner().invoke(command, [*said[:-1], "--article="], input="y\n")
    assert "没有写明销毁的依据" in str(alone.exception)
    done = CliRunner().invoke(command, [*said, "--yes"])
    assert done.exit_code == 0, done.output
    assert "已销毁" in done.output
    assert "张三" not in everything(kept.case)
    done = CliRunner().invoke(command, ["keep", "small", "--years", "30", "--article", "保管期限表"])
    assert "保管 30 年" in done.output
    assert "三者选一" in CliRunner().invoke(command, [*said, "--file"]).output
