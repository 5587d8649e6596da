"""Uploads: each keeps the name under which it came in, the record keeps its bytes, and what nothing names goes."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import pytest

from fadu.infra import jobs as queue
from fadu.kernel import access, applications, desk, files, jobs, models, settling
from fadu.rules.errors import BadInput
from fadu.rules.facts import Fact, Facts, Files, fact_fields
from fadu.rules.uploads import LONGEST, Upload, clean_name
from tests.kernel.conftest import House
from tests.kernel.test_applications import draft, receive


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")


def upload(home: House, name: str, content: bytes = b"%PDF-1.7 same") -> str:
    with home.session("officer") as s:
        return str(files.keep(s, name, len(content), io.BytesIO(content)))


def on_disk(entry: str) -> bool:
    return files.path_of(entry[:64]).is_file()


def swept(home: House) -> int:
    with home.session(None) as s:
        return files.sweep(s)


def test_a_disk_that_is_nearly_full_takes_no_more_files(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil._ntuple_diskusage(10 * files.LEFT_FREE, 9 * files.LEFT_FREE, files.LEFT_FREE + 5)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)
    upload(home, "小.txt", b"five!")
    with pytest.raises(BadInput, match="磁盘快满了"):
        upload(home, "大.txt", b"sixsix")
    assert models.File.objects.count() == 1


# ---------------------------------------------------------------- names


def test_the_same_bytes_are_called_in_each_case_as_they_came_in_there(home: House) -> None:
    first = home.open(files=[upload(home, "李四离婚证.pdf")]).case
    second = home.open(files=[upload(home, "材料.pdf")]).case
    named = {}
    with home.session("officer") as s:
        for case in (first, second):
            said = access.case(s, case).facts["files"]
            named[case] = [one.name for one in access.files_named(s, said).values()]
        told = models.EventValue.objects.filter(stream__case=second).values_list("value", flat=True)
        assert not any("李四离婚证" in value for value in told if value)
        assert models.File.objects.count() == 1
    assert named == {first: ["李四离婚证.pdf"], second: ["材料.pdf"]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("证据.pdf", "证据.pdf"),
        ("C:\\我的文件\\证据.pdf", "证据.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\r\nSet-Cookie: x\x00.pdf", "aSet-Cookie: x.pdf"),
        ("\u202efdp.exe.txt", "fdp.exe.txt"),
        ("e\u200b\u0301.pdf", "é.pdf"),
        ("..", "文件"),
        ("", "文件"),
        ("字" * 300 + ".pdf", "字" * (LONGEST - 4) + ".pdf"),
        ("字" * 300, "字" * LONGEST),
    ],
)
def test_a_name_is_shown_and_kept_anywhere(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept
    assert clean_name(kept) == kept


@pytest.mark.parametrize("entry", ["0" * 64, "0" * 64 + "/", "0" * 63 + "/a.pdf", "0" * 64 + "/a\n.pdf", "说明"])
def test_what_names_no_upload_is_none(entry: str) -> None:
    assert Upload.read(entry) is None
    assert Upload.read("0" * 64 + "/a.pdf") == Upload("0" * 64, "a.pdf")


def test_files_are_not_indexed() -> None:
    class Bad(Facts):
        files: Annotated[Files, Fact("材料", indexed=True)]

    with pytest.raises(TypeError, match="不能列入索引"):
        fact_fields(Bad)


def test_an_upload_that_is_not_stored_is_refused_in_rows_too(home: House) -> None:
    missing = "0" * 64 + "/授权书.pdf"
    for values in ({"files": [missing]}, {"agents": [{"proof_files": [missing]}]}):
        with home.session("officer"), pytest.raises(BadInput, match="重新上传"):
            files.check(values)


# ---------------------------------------------------------------- what nothing came of


@pytest.fixture
def named(home: House) -> dict[str, str]:
    """Uploads with different bytes, by what names them."""
    found = {
        what: upload(home, f"{what}.pdf", b"%PDF-" + what.encode()) for what in ("案卷", "撤回", "工作台", "门户", "无")
    }
    home.open(files=[found["案卷"]])
    taken_back = home.open().case
    home.do("officer", taken_back, "accept")
    proof = {"kind": "lawyer", "name": "周律师", "mandate": "general", "since": "2024-03-01", "proof": "委托书"}
    proof |= {"parties": ["applicant-1"], "proof_files": [found["撤回"]]}  # type: ignore[dict-item]
    event = home.do("officer", taken_back, "name_agent", proof)
    words = {"position": event.position, "reason": "误记", "article": "第一条"}
    home.do("head", taken_back, "reverse", words)
    with home.session("officer") as s:
        desk.keep(s, None, "small", "apply", "", {"f-files-kept": [found["工作台"]]}, 0)
    receive(home)
    begun = draft(home)
    with home.session(None) as s:
        applications.keep(s, begun, {"f-files-kept": [found["门户"]]})
    return found


def test_what_the_record_or_a_draft_names_stays_and_the_rest_goes(home: House, named: dict[str, str]) -> None:
    home.day += timedelta(days=30)
    assert swept(home) == 0, "not yet"
    home.day += timedelta(days=1)
    assert swept(home) == 1
    assert {what for what, entry in named.items() if on_disk(entry)} == {"案卷", "撤回", "工作台", "门户"}
    with home.session("officer") as s:
        desk.drop(s, None, "small", "apply")
        assert models.File.objects.filter(recorded=True).count() == 2
    with home.session(None) as s:
        applications.forget_left(s)
    assert swept(home) == 2
    assert {what for what, entry in named.items() if on_disk(entry)} == {"案卷", "撤回"}


def test_what_is_uploaded_again_is_kept_as_long_again_and_the_house_says_how_long(home: House) -> None:
    with home.session("admin") as s:
        settling.settle_uploads(s, 2)
        with pytest.raises(BadInput, match="至少"):
            settling.settle_uploads(s, 0)
    entry = upload(home, "甲.pdf")
    home.day += timedelta(days=2)
    upload(home, "乙.pdf")
    home.day += timedelta(days=1)
    assert (swept(home), on_disk(entry)) == (0, True)
    home.day += timedelta(days=2)
    assert (swept(home), on_disk(entry)) == (1, False)
    case = home.open(files=[upload(home, "丙.pdf")]).case
    home.day += timedelta(days=400)
    assert (swept(home), on_disk(entry)) == (0, True)
    assert case


def test_the_worker_sweeps(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(queue, "delete_old", lambda: done.append("jobs"))
    monkeypatch.setattr(files, "sweep", lambda s: done.append("files"))
    monkeypatch.setattr(applications, "forget_left", lambda s: done.append("drafts"))
    jobs.delete_old()
    assert done == ["jobs", "drafts", "files"]


def test_the_bytes_of_an_import_are_held_before_they_are_copied(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, held, copy = tmp_path / "a.csv", [], shutil.copyfile
    path.write_bytes(b"1,2")

    def copied(source: Path, to: Path) -> None:
        held.append(models.File.objects.filter(digest=known.sha256, recorded=True).exists())
        copy(source, to)

    monkeypatch.setattr(shutil, "copyfile", copied)
    with home.session("officer") as s:
        known = files.digests(path)
        files.keep_file(s, path, known)
    assert held == [True], "else the sweep may take them away between the copy and the row"
