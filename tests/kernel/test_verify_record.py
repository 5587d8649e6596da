"""An exported record and proofs, checked by the stand-alone program, and the commands that make them."""

from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from fadu.cli.main import main
from fadu.infra.home import CHECKOUT
from fadu.kernel import export, seal, verification
from fadu.rules.errors import BadInput
from tests.fixtures.database import OwnDatabase
from tests.kernel.conftest import House
from tests.kernel.test_seals import drop_tail, home, last, tamper, work

__all__ = ["home"]
PROGRAM = CHECKOUT / "scripts" / "verify_record.py"
Done = subprocess.CompletedProcess[str]


def verify(path: Path) -> Done:
    """The program as a stranger runs it: isolated, away from the checkout."""
    command = [sys.executable, "-I", str(PROGRAM), str(path)]
    return subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, timeout=60)


def ledger(*arguments: str) -> Done:
    """The command as it is called, in this process, on the test's own database."""
    out, err = io.StringIO(), io.StringIO()
    told_to_end = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["fadu", "ledger", *arguments])
        patch.setattr(click.Context, "formatter_class", click.Context.formatter_class)
        patch.setenv("FADU_DB_ROLE", "fadu_app")
        with pytest.raises(SystemExit) as ended:
            main()
    signal.signal(signal.SIGTERM, told_to_end)
    return Done(arguments, int(ended.value.code or 0), out.getvalue(), err.getvalue())


def fadu(database: OwnDatabase, *arguments: str) -> Done:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "fadu", "ledger", *arguments]
    return subprocess.run(command, cwd="/", env=database.environment(), capture_output=True, text=True, timeout=60)


@pytest.fixture
def exported(home: House, tmp_path: Path) -> Path:
    """The small house, one key rotated, exported by the command."""
    seal.rotate("例行更换", at=home.now)
    done = ledger("export", str(tmp_path / "record"))
    assert done.returncode == 0, done.stderr
    assert "其中有个人信息" in done.stdout
    return tmp_path / "record"


def change(folder: Path, name: str, number: int, edit: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """Edits one line of a file, or removes it."""
    path = folder / f"{name}.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines()
    edited = edit(json.loads(rows[number]))
    rows[number : number + 1 or None] = [json.dumps(edited, ensure_ascii=False)] if edited else []
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def flipped(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Changes the first hexadecimal digit of a value."""
    return lambda row: row | {name: f"{int(row[name][0], 16) ^ 1:x}{row[name][1:]}"}


def put(**values: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda row: row | values


def gone(row: dict[str, Any]) -> None:
    """The line is removed."""


CHANGES: dict[str, tuple[str, int, Any, str]] = {
    "an edited byte": ("events", 3, lambda row: row | {"body": row["body"].replace("登记", "登計")}, "内容被改动过"),
    "a broken chain": ("events", 3, flipped("hash"), "与链上的摘要不符"),
    "a removed event": ("events", 3, gone, "不连续"),
    "a removed last event": ("events", -1, gone, "可能少了最后的记录"),
    "an edited value": ("values", 2, put(value='{"x":1}'), "内容与摘要不符"),
    "a removed value": ("values", 2, gone, "缺少内容"),
    "a value erased without an act": ("values", 2, put(value=None, erased="依法销毁"), "没有销毁的记录"),
    "a missing leaf": ("leaves", 4, gone, "中间有缺"),
    "a missing last leaf": ("leaves", -1, gone, "树根不符"),
    "an exchanged leaf": ("leaves", 4, flipped("hash"), "记录被重写过"),
    "a removed head": ("heads", 1, gone, "接不上"),
    "a removed last head": ("heads", -1, gone, "没有签名的封存"),
    "a backdated head": ("heads", 1, put(time="2020-01-01T00:00:00+08:00"), "签名不符"),
    "another root": ("heads", 1, flipped("root"), "签名不符"),
    "an edited key": ("keys", 0, flipped("public"), "登记不符"),
    "an edited endorsement": ("keys", 1, flipped("endorsement"), "没有得到前一把密钥"),
    "a file that is no record": ("heads", 0, lambda row: {"x": 1}, "读不懂"),
}


def test_the_export_holds(exported: Path) -> None:
    done = verify(exported)
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有发现问题" in done.stdout
    assert last().line() in done.stdout
    assert {path.stat().st_mode & 0o777 for path in exported.iterdir()} == {0o600}


def test_every_change_of_an_exported_file_is_found(exported: Path, tmp_path: Path) -> None:
    for name, (file, number, edit, said) in CHANGES.items():
        copy = shutil.copytree(exported, tmp_path / name)
        change(copy, file, number, edit)
        done = verify(copy)
        assert done.returncode == 1, name
        assert said in done.stdout, (name, done.stdout)
        assert "Traceback" not in done.stderr


def test_a_fault_in_the_rows_is_found_in_the_export_too(home: House, own_database: OwnDatabase, tmp_path: Path) -> None:
    tamper(own_database, "UPDATE kernel_event SET body = replace(body, '收到', '收至')")
    assert ledger("export", str(tmp_path / "record")).returncode == 0
    assert "内容被改动过" in verify(tmp_path / "record").stdout
    done = ledger("verify")
    assert done.returncode == 1
    assert "内容被改动过" in done.stderr


def test_an_export_never_mixes_with_what_is_there(home: House, tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with verification.one_moment(), pytest.raises(BadInput):
        export.export(tmp_path)


def test_wrong_files_are_told_in_one_sentence(home: House, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_bytes(b"\xff\xfe\n")
    for arguments, said in (
        (("witness", str(tmp_path / "kept.txt")), "第 1 行读不懂"),
        (("export", str(tmp_path)), "不是空的"),
        (("prove", "house", "999", "--out", str(tmp_path / "x")), "不存在"),
        (("prove", "没有这一卷", "1", "--out", str(tmp_path / "x")), "不存在"),
    ):
        done = ledger(*arguments)
        assert done.returncode == 1, done.stdout
        assert said in done.stderr


def test_proofs_hold_and_altered_ones_do_not(home: House, tmp_path: Path) -> None:
    out = tmp_path / "proof.json"
    assert ledger("prove", "house", "3", "--out", str(out)).returncode == 0
    done = verify(out)
    assert done.returncode == 0, done.stdout
    assert "登记机关（机构）" in done.stdout
    assert last().line() in done.stdout
    proof = json.loads(out.read_text())
    for altered, said in (
        (proof | {"seq": proof["seq"] + 1}, "不在这次封存之中"),
        (proof | {"path": proof["path"][:-1]}, "不在这次封存之中"),
        (proof | {"event": proof["event"] | {"body": proof["event"]["body"].replace("登记", "登計")}}, "内容被改动过"),
        (proof | {"head": proof["head"] | {"size": proof["head"]["size"] + 1}}, "签名不符"),
        (proof | {"form": "x"}, "不认识"),
        ({"x": 1}, "读不懂"),
    ):
        out.write_text(json.dumps(altered))
        done = verify(out)
        assert done.returncode == 1
        assert said in done.stdout


def test_the_witness_command_and_its_proof_of_growth(home: House, own_database: OwnDatabase, tmp_path: Path) -> None:
    kept, out = tmp_path / "kept.txt", tmp_path / "growth.json"
    first, second = ledger("head"), ledger("head", "--json")
    kept.write_text(f"# 电话记录\n{first.stdout}{second.stdout}")
    seen = last()
    work(home, date(2024, 3, 5))
    done = ledger("witness", str(kept), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert "与见证人留存的 2 次封存一致" in done.stdout
    assert verify(out).returncode == 0
    proof = json.loads(out.read_text())
    assert proof["old"] == {"size": seen.size, "root": seen.root.hex()}
    out.write_text(json.dumps(proof | {"old": {"size": seen.size, "root": last().root.hex()}}))
    assert "有两种历史" in verify(out).stdout
    drop_tail(own_database, seal.heads()[0].size)
    done = ledger("witness", str(kept))
    assert done.returncode == 1
    assert "在本机没有" in done.stderr


def test_sealing_by_command_makes_a_key_outside_the_data_folder(own_database: OwnDatabase) -> None:
    assert "还没有封存过" in fadu(own_database, "head").stderr
    sealed = fadu(own_database, "seal")
    assert sealed.stdout.startswith("1 条　")
    assert fadu(own_database, "seal").stdout == sealed.stdout
    assert not list(own_database.home.rglob("*.pem"))
    done = fadu(own_database, "rotate-key", "--reason", "例行更换")
    assert "已启用第 2 把密钥" in done.stdout
    done = fadu(own_database, "verify")
    assert done.returncode == 0
    assert "核对了 2 条记录，其中 0 条尚未封存，没有发现改动。" in done.stdout
