"""A destruction reaches the kept file of an import; what the import's event says of it still holds."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fadu.kernel import access, destruction, files, integrity, ledger, models
from fadu.kernel.bulk import said_of
from fadu.kernel.destruction import Ground, Plan, What
from fadu.rules.errors import Refusal
from tests.kernel.conftest import House
from tests.kernel.test_bulk import CASE, back, cases, house_admin, mirrored, place, written

__all__ = ["place"]
OnCommit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def imported(place: House, tmp_path: Path) -> models.Bulk:
    """Nine closed cases out of one file, each with a person of its own, one of them told in several lines."""
    rows = [row for row in cases(19) if row[2]]
    for number, row in enumerate(rows):
        row[11], row[7] = f"张{number}号", f"张{number}号某日\n“某事”，如下"
    outcome = mirrored(place, written(tmp_path / "a.csv", CASE, [*rows[:4], [], *rows[4:]], "gb18030"))
    with place.session(None):
        return models.Bulk.objects.select_related("file").get(pk=outcome.bulk)


def case_of(place: House, number: int) -> models.Case:
    with place.session(None):
        return models.Case.objects.get(number=f"旧〔2024〕{number}号")


def destroy(place: House, case: int, **what: str) -> Plan:
    people = place.people
    ground = Ground("当事人申请删除", "《个人信息保护法》第四十七条", people["admin"], people["mayor"])
    asked = destruction.plan(What(case, **what), ground, at=place.now)
    done = destruction.destroy(What(case, **what), ground, at=place.now)
    assert asked == done
    return done


def kept(bulk_: models.Bulk) -> str:
    with access.session(None):
        bulk_.refresh_from_db()
        assert bulk_.file
        return files.path_of(bulk_.file.digest).read_text(encoding="utf-8")


def found(place: House) -> list[str]:
    with place.session(None) as s:
        findings = integrity.examine(s).findings
        return [one.said for one in findings if one.check in ("imports", "chain", "refold", "files")]


def test_the_row_goes_from_the_kept_file_and_every_proof_holds(
    place: House, imported: models.Bulk, django_capture_on_commit_callbacks: OnCommit
) -> None:
    former = files.path_of(str(imported.file_id))
    with place.session(None):
        said, event = said_of(imported), models.Event.objects.get(step="bulk_import")
    case = case_of(place, 9)
    with django_capture_on_commit_callbacks(execute=True):
        done = destroy(place, case.pk, party="applicant-1")
    assert done.values["导入的文件中的行"] == 1
    text = kept(imported)
    assert "张4号" not in text
    assert all(f"张{number}号" in text for number in (0, 3, 5, 8))
    assert not former.exists()
    with place.session(None):
        assert said_of(imported) == said, "digest of the file, root and columns stand as they were"
        assert models.Event.objects.get(step="bulk_import").hash == event.hash
        assert ledger.verify(event.stream_id) > 0
        assert not models.EventValue.objects.filter(value__contains="张4号").exists()
        after = models.Case.objects.get(pk=case.pk)
        assert "张4号" not in f"{after.title}{after.facts}"
        assert (after.outcome, after.facts["worth"], after.mirrored) == ("grant", 120050, True)
    assert found(place) == []


def test_rows_go_one_after_the_other_and_nothing_else_may_change(
    place: House, imported: models.Bulk, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in (17, 1, 9):
            destroy(place, case_of(place, number).pk, fact="story")
    assert [row for row in (0, 4, 8) if f"张{row}号" in kept(imported)] == []
    assert found(place) == []
    with pytest.raises(Refusal):
        destroy(place, case_of(place, 1).pk, fact="story")
    path = files.path_of(str(imported.file_id))
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("张3号", "李3号"), encoding="utf-8")
    assert any("与记录的摘要不符" in said for said in found(place))
    path.write_text(whole, encoding="utf-8")
    with place.session(None):
        other = written(path.parent / "b.csv", next(csv.reader([whole.splitlines()[0]])), [])
        digests = files.digests(other)
        imported.file = files.keep_instead(models.File.objects.get(pk=imported.file_id), other, digests)
        imported.save()
    assert any("与记录的摘要不符" in said for said in found(place)), "only an act of destruction leaves another file"


def test_a_file_of_an_import_taken_back_loses_the_row_too(
    place: House, imported: models.Bulk, tmp_path: Path, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with place.session(None) as s:
        place.people["second_admin"] = house_admin(s, place)
    back(place, "second_admin", imported.pk)
    path = tmp_path / "a.csv"
    again = mirrored(place, path)
    with django_capture_on_commit_callbacks(execute=True):
        destroy(place, case_of(place, 9).pk, party="applicant-1")
    with place.session(None):
        both = models.Bulk.objects.filter(pk__in=(imported.pk, again.bulk))
        assert len({one.file_id for one in both}) == 1
    assert "张4号" not in kept(imported)
    assert found(place) == []


def test_the_whole_file_of_an_imported_case_goes(place: House, imported: models.Bulk) -> None:
    with place.session(None) as s:
        destruction.set_retention(s, "small", 10, "本单位档案保管期限表第3条")
    place.day = date(2035, 1, 1)
    case = case_of(place, 5)
    destroy(place, case.pk)
    with place.session(None):
        after = models.Case.objects.get(pk=case.pk)
        assert (after.number, after.closed, after.outcome) == (case.number, case.closed, case.outcome)
        assert not models.EventValue.objects.filter(value__contains="张2号").exists()
    assert "张2号" not in kept(imported)
    assert found(place) == []
