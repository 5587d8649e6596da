"""An entry of a register that is over is destroyed, imported or entered singly; every proof holds as before."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.db.utils import DatabaseError

from fadu.cli.record import record as command
from fadu.kernel import access, export, files, ledger, models, registers, seal, verification
from fadu.kernel.bulk import said_of
from fadu.kernel.destruction import Ground
from fadu.kernel.destruction_entries import EntryPlan, WhatEntry, destroy_entry, plan_entry
from fadu.kernel.registers import Change
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.rules.facts import Fact, Text
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.kernel import lists
from tests.kernel.conftest import House
from tests.kernel.test_bulk import POWER, entries, findings, place, powers, written

__all__ = ["place"]
OnCommit = Callable[..., AbstractContextManager[Any]]
VERIFY = Path(__file__).parents[2] / "scripts" / "verify_record.py"


class StaffFacts(lists.PowerFacts):
    """The same register, of persons: the key is a person's number."""

    code: Annotated[Text, Fact("证件号码", personal=True)]
    subject: Annotated[Text, Fact("姓名", personal=True)]


@pytest.fixture
def ended(place: House, tmp_path: Path) -> models.Bulk:
    """Six imported entries, of which one ended here, one as the file says, and one was entered singly and changed."""
    rows = powers(6)
    rows[4][5] = "2023-12-31"
    outcome = entries(place, "officer", written(tmp_path / "a.csv", POWER, rows))
    with place.session("officer") as s:
        bureau, values = place.organs["bureau"], {"code": "B1", "subject": "单独登记", "risk": "high"}
        registers.perform(s, "power", bureau, Change("add", values, date(2024, 1, 2)))
        registers.perform(
            s, "power", bureau, Change("adjust", {"code": "B1", "subject": "调整过"}, date(2024, 1, 9), "改")
        )
        registers.perform(s, "power", bureau, Change("cancel", {"code": "B1"}, date(2024, 2, 1)))
        registers.perform(s, "power", bureau, Change("cancel", {"code": "A1"}, date(2024, 2, 1)))
    with place.session(None):
        return models.Bulk.objects.select_related("file").get(pk=outcome.bulk)


def ground(place: House, **more: Any) -> Ground:
    people = place.people
    said = Ground("保管期限届满", "本单位档案保管期限表第3条", people["admin"], people["head"])
    return replace(said, **more)


def destroy(place: House, key: str) -> EntryPlan:
    what = WhatEntry("power", place.organs["bureau"], key)
    asked = plan_entry(what, ground(place), at=place.now)
    done = destroy_entry(what, ground(place), at=place.now)
    assert asked == done
    return done


def kept(bulk: models.Bulk) -> str:
    with access.session(None):
        bulk.refresh_from_db()
        assert bulk.file
        return files.path_of(bulk.file.digest).read_text(encoding="utf-8")


def row(place: House, key: str) -> list[models.RegisterEntry]:
    with place.session(None):
        return list(models.RegisterEntry.objects.filter(register="power", key=key).order_by("since"))


def test_an_imported_entry_goes_from_row_and_file_and_every_proof_holds(
    place: House, ended: models.Bulk, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with place.session(None):
        said, event = said_of(ended), models.Event.objects.get(step="bulk_import")
    for key in ("A1", "A4"):
        with django_capture_on_commit_callbacks(execute=True):
            assert destroy(place, key).imported == 1
    text = kept(ended)
    assert [number for number in range(6) if f"第{number}种" in text] == [0, 2, 3, 5]
    (one,) = row(place, "A1")
    assert one.data == {"code": "A1", "risk": "high", "reviewed_on": "2023-01-01"}, "what figures count remains"
    assert (str(one.before), one.ended) == ("2024-02-01", "cancel")
    with place.session(None):
        assert said_of(ended) == said
        assert models.Event.objects.get(step="bulk_import").hash == event.hash
        assert ledger.verify(event.stream_id) == models.Stream.objects.get(pk=event.stream_id).position
        assert not models.EventValue.objects.filter(value__contains="第1种").exists()
    assert findings(place) == []
    with pytest.raises(Refusal, match="已经销毁过"):
        destroy(place, "A1")


def test_an_entry_made_by_acts_goes_from_the_record(place: House, ended: models.Bulk) -> None:
    done = destroy(place, "B1")
    assert (done.rows, done.values, done.imported) == (2, 3, 0)
    with place.session("officer") as s:
        told = models.EventValue.objects.filter(value__contains="单独登记") | models.EventValue.objects.filter(
            value__contains="调整过"
        )
        assert not told.exists()
        last = access.register(s, "power", date(2024, 1, 20), key="B1").get()
        assert last.data == {"code": "B1", "risk": "high"}
        history = access.entry_history(s, last)
    assert [event.label for event, _ in history] == ["执法事项清单：新增", "执法事项清单：调整", "执法事项清单：取消"]
    assert findings(place) == []


def test_a_personal_key_goes_too(place: House, ended: models.Bulk, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = replace(lists.POWERS, model=StaffFacts)
    catalogue = Registry([replace(lists.ROOM, registers=(staff,))], load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    destroy(place, "B1")
    assert row(place, "B1") == []
    with place.session(None):
        left = models.RegisterEntry.objects.filter(key__startswith="（已销毁）")
        assert len({one.key for one in left}) == 1
        assert all(one.data["code"] == one.key for one in left)


def test_who_may_not_and_what_may_not_go_is_told(place: House, ended: models.Bulk) -> None:
    entry = WhatEntry("power", place.organs["bureau"], "A1")

    def refused(what: WhatEntry, kind: type[Exception], words: str, **more: Any) -> None:
        with pytest.raises(kind, match=words):
            destroy_entry(what, ground(place, **more), at=place.now)

    people = place.people
    refused(replace(entry, key="A2"), Refusal, "还在有效期内")
    refused(replace(entry, key="无"), NotFound, "执法事项清单")
    refused(replace(entry, register="无"), NotFound, "名录")
    refused(entry, BadInput, "理由", reason=" ")
    refused(entry, NotAllowed, "自办自批", approved_by=people["admin"])
    refused(entry, NotAllowed, "档案管理人员或者系统管理员", by=people["officer"])
    refused(entry, NotAllowed, "负责人批准", approved_by=people["officer"])
    assert row(place, "A1")[0].data["subject"] == "第1种“处罚”"


def test_the_command_shows_what_goes_and_asks(place: House, ended: models.Bulk) -> None:
    said = ["destroy-entry", lists.POWERS.label, "A1", "--organ", "某区司法局"]
    people = ["--by", "admin", "--approved-by", "head"]
    words = ["--reason", "保管期限届满", "--article", "保管期限表第3条"]
    asked = CliRunner().invoke(command, [*said, *people, *words], input="n\n")
    assert "将销毁1段内容" in asked.output
    assert "没有销毁" in str(asked.exception)
    alone = CliRunner().invoke(command, [*said, *people, *words[:2]], input="y\n")
    assert "没有写明销毁的依据" in str(alone.exception)
    assert row(place, "A1")[0].data["subject"] == "第1种“处罚”"
    done = CliRunner().invoke(command, [*said, *people, *words, "--yes"])
    assert done.exit_code == 0, done.output
    assert "subject" not in row(place, "A1")[0].data
    assert "单位“无”" in str(CliRunner().invoke(command, [*said[:4], "无", *people]).exception)


def test_the_database_erases_only_what_is_over(place: House, ended: models.Bulk) -> None:
    with place.session(None), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("SELECT fadu_erase(%s, %s)", [ended.stream_id, ended.position])
    assert findings(place) == []


def test_verify_and_the_verifier_that_stands_alone_accept_it(place: House, ended: models.Bulk, tmp_path: Path) -> None:
    destroy(place, "A1")
    destroy(place, "B1")
    seal.seal(at=place.now)
    with place.session(None):
        assert verification.verify().faults == []
        export.export(tmp_path / "out")
    done = subprocess.run([sys.executable, "-I", str(VERIFY), str(tmp_path / "out")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    values = (tmp_path / "out" / "values.jsonl").read_text(encoding="utf-8").splitlines()
    gone = [one for one in map(json.loads, values) if one["value"] is None]
    assert [("第" in one["erased"], one["salt"]) for one in gone] == [(True, "")] * 4
