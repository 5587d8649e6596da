"""The whole house in one file and back: everything or nothing, and a file that was hurt is refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from fadu.infra import archive, backup, roles
from fadu.infra.clock import SHANGHAI
from fadu.infra.postgres import embedded, server_at, stop
from fadu.infra.trouble import Trouble
from fadu.kernel import access, files, ledger, models, store
from tests.fixtures.database import Cluster, django_on
from tests.kernel import conftest, small
from tests.kernel.conftest import House

ANSWER = b"%PDF-1.4 an answer"
DIGEST = hashlib.sha256(ANSWER).hexdigest()
LATER = datetime(2024, 3, 1, 12, tzinfo=SHANGHAI)


def fadu(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, on a data folder of its own."""
    command = [sys.executable, "-m", "fadu", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment["FADU_HOME"] = str(home)
    return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=180)


def done(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """What a refusal says, which is a sentence and no traceback."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert "法度：" in result.stderr
    return result.stderr


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Django works on a data folder's own database and files, as the application's role."""
    with embedded(home / "postgres") as server, pytest.MonkeyPatch.context() as patch:
        address = f"postgresql://{{user}}/{{name}}?host={quote(str(server.socket_dir), safe='')}&port={server.port}"
        patch.setattr("django.conf.settings.MEDIA_ROOT", str(home / "files"))
        catalogue = small.catalogue()
        patch.setattr(access, "registry", lambda: catalogue)
        with django_on(Cluster(address), roles.DATABASE):
            yield


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for houses; their servers are stopped at the end."""
    folder = tmp_path_factory.mktemp("houses")
    folder.parent.chmod(0o755)
    yield folder
    for home in folder.iterdir():
        if (home / "postgres").is_dir():
            stop(server_at(home / "postgres"))


@pytest.fixture(scope="module")
def lived_in(base: Path, django_db_blocker: DjangoDbBlocker) -> tuple[Path, House, int]:
    """A house with a case, a paper with a number and an uploaded file."""
    home = base / "old"
    done(fadu(home, "migrate", "--quiet"))
    with django_db_blocker.unblock(), at_home(home):
        house = conftest.build()
        case = house.open().case
        house.do("officer", case, "accept")
        with house.session("clerk") as s:
            assert files.keep(s, "答复.pdf", len(ANSWER), io.BytesIO(ANSWER)).digest == DIGEST
        house.do("clerk", case, "reply", {"files": [f"{DIGEST}/答复.pdf"]})
    return home, house, case


@pytest.fixture(scope="module")
def kept(base: Path, lived_in: tuple[Path, House, int]) -> Path:
    """Its back-up."""
    target = base / "house.tar"
    told = done(fadu(lived_in[0], "backup", str(target)))
    assert "上传的文件：1 个" in told
    assert "个人信息" in told
    return target


def test_the_file_is_its_owners_and_is_never_written_over(lived_in: tuple[Path, House, int], kept: Path) -> None:
    before = kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "不覆盖" in refused(fadu(lived_in[0], "backup", str(kept)))
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir() if "backup" in path.name or "part" in path.name] == []


def test_the_file_tells_what_it_holds(kept: Path) -> None:
    manifest = archive.check(kept).manifest
    assert manifest.tables["kernel_case"] == 1
    assert manifest.tables["kernel_file"] == manifest.files == 1
    assert "kernel.0002_record" in manifest.migrations
    with tarfile.open(kept) as tar:
        heads = tar.extractfile(archive.CHAINS)
        assert heads is not None
        lines = [json.loads(line) for line in heads.read().splitlines()]
    assert [line[0] for line in lines] == ["case", "house"]
    assert [line[2] for line in lines] == [3, manifest.tables["kernel_event"] - 3]
    assert manifest.streams == 2


def test_a_restored_house_is_the_same_and_goes_on(
    base: Path, lived_in: tuple[Path, House, int], kept: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    _, house, case = lived_in
    home = base / "new"
    told = done(fadu(base / "nowhere", "restore", str(kept), "--into", str(home)))
    assert "记录核对完毕，没有发现改动" in told
    assert (home / "files" / DIGEST[:2] / DIGEST).read_bytes() == ANSWER
    assert not (base / "nowhere").exists()
    with django_db_blocker.unblock(), at_home(home):
        receipt = house.do("officer", case, "deliberate", {"secret": "恢复之后"})
        assert receipt.position == 4
        second = house.open().case
        assert second > case
        with house.session(None):
            loaded = store.load(case, None, None)
            assert loaded is not None
            assert ledger.verify(loaded.stream) == 4
            assert store.refold(loaded) == loaded.case
            given = models.NumberGiven.objects.filter(series="申").order_by("number")
            assert [one.number for one in given] == [1, 2]
    with embedded(home / "postgres") as server:
        with psycopg.connect(server.conninfo(roles.APP, roles.DATABASE)) as app:
            for statement in (
                "UPDATE kernel_event SET label = 'x'",
                "CREATE TABLE mine (n int)",
                "TRUNCATE kernel_key",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                    app.execute(statement)
        reader = psycopg.connect(server.conninfo(roles.READ, roles.DATABASE))
        with reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT * FROM kernel_case")
        with psycopg.connect(server.conninfo()) as administrator:
            owners = administrator.execute("SELECT datname, pg_get_userbyid(datdba) FROM pg_database").fetchall()
    assert {name: owner for name, owner in owners if name.startswith("fadu")} == {"fadu": "fadu_owner"}


def test_a_house_in_use_is_kept_as_of_one_moment(
    lived_in: tuple[Path, House, int], tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """Acts go on while the back-up is made; the chains in it end where the rows in it end."""
    home, house, case = lived_in
    with django_db_blocker.unblock(), at_home(home):
        command = [sys.executable, "-m", "fadu", "backup", str(tmp_path / "busy.tar")]
        environment = os.environ | {"FADU_HOME": str(home), "DATABASE_URL": ""}
        taking = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        done_meanwhile = 0
        while taking.poll() is None:
            house.do("officer", case, "deliberate", {"secret": "备份之时"})
            done_meanwhile += 1
        taking.communicate()
        with house.session(None):
            events = models.Event.objects.count()
    assert taking.returncode == 0
    found = archive.check(tmp_path / "busy.tar")
    assert events - done_meanwhile <= found.manifest.tables["kernel_event"] <= events
    with tarfile.open(found.path) as tar:
        heads = tar.extractfile(archive.CHAINS)
        assert heads is not None
        ends = [json.loads(line)[2] for line in heads.read().splitlines()]
    assert sum(ends) == found.manifest.tables["kernel_event"]
    done(fadu(tmp_path / "again", "restore", str(found.path)))
    stop(server_at(tmp_path / "again" / "postgres"))


def test_a_house_that_is_not_empty_is_left_alone(lived_in: tuple[Path, House, int], kept: Path) -> None:
    home, _, _ = lived_in
    assert "已经有机关、人员或者案件" in refused(fadu(home, "restore", str(kept)))
    with embedded(home / "postgres") as server, psycopg.connect(server.conninfo(roles.OWNER, "fadu")) as owner:
        assert owner.execute("SELECT count(*) FROM kernel_case").fetchone() == (1,)


def hurt(kept: Path, at: float) -> bytes:
    data = bytearray(kept.read_bytes())
    data[int(len(data) * at)] ^= 1
    return bytes(data)


def test_a_truncated_file_is_refused_wherever_it_ends(base: Path, kept: Path, tmp_path: Path) -> None:
    data = kept.read_bytes()
    for size in [0, 100, 512, 1024, len(data) // 2, len(data) // 1024 * 512, len(data) - 11000]:
        (tmp_path / "cut.tar").write_bytes(data[:size])
        with pytest.raises(Trouble, match=r"不完整|不是法度的备份文件|校验和不符"):
            archive.check(tmp_path / "cut.tar")
    told = refused(fadu(base / "untouched", "restore", str(tmp_path / "cut.tar")))
    assert "没有恢复" in told
    assert not (base / "untouched").exists()


@pytest.mark.parametrize("at", [0.0001, 0.02, 0.3, 0.5, 0.7, 0.9])
def test_a_changed_byte_is_found(kept: Path, tmp_path: Path, at: float) -> None:
    (tmp_path / "hurt.tar").write_bytes(hurt(kept, at))
    with pytest.raises(Trouble):
        archive.check(tmp_path / "hurt.tar")


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.tar").write_text("这不是备份" * 500, encoding="utf-8")
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.add(tmp_path / "text.tar", "text.tar")
    for name in ("text.tar", "other.tar"):
        with pytest.raises(Trouble, match="不是法度的备份文件"):
            archive.check(tmp_path / name)


def test_a_file_that_wants_out_of_its_folder_is_refused(kept: Path, tmp_path: Path) -> None:
    """A well-sealed file with a member that lies elsewhere."""
    manifest = archive.check(kept).manifest
    with tarfile.open(kept) as tar:
        heads = tar.extractfile(archive.CHAINS)
        assert heads is not None
        content = heads.read()
    (tmp_path / "dump").write_bytes(b"x")
    outside = tmp_path / "..%2f"
    outside.write_bytes(b"y")
    archive.write(tmp_path / "odd.tar", manifest, content, tmp_path / "dump", [outside])
    with pytest.raises(Trouble, match="不应当有的内容"):
        archive.check(tmp_path / "odd.tar")


def test_a_record_that_was_tampered_with_is_not_taken(
    base: Path, lived_in: tuple[Path, House, int], tmp_path: Path
) -> None:
    """The file is whole, what it holds is not: nothing of it stays."""
    forged = base / "forged"
    shutil.copytree(lived_in[0], forged, ignore=shutil.ignore_patterns("socket", "users", "start"))
    with embedded(forged / "postgres") as server:
        with psycopg.connect(server.conninfo(database="fadu")) as administrator:
            administrator.execute("ALTER TABLE kernel_event DISABLE TRIGGER ALL")
            administrator.execute("UPDATE kernel_event SET label = '改过' WHERE position = 2")
            administrator.execute("ALTER TABLE kernel_event ENABLE TRIGGER ALL")
        done(fadu(forged, "backup", str(tmp_path / "forged.tar")))
    home = base / "clean"
    told = refused(fadu(home, "restore", str(tmp_path / "forged.tar")))
    assert "记录本身有 2 处问题，没有恢复" in told
    with embedded(home / "postgres") as server, psycopg.connect(server.conninfo()) as administrator:
        names = {name for (name,) in administrator.execute("SELECT datname FROM pg_database")}
        assert {name for name in names if name.startswith("fadu")} == {"fadu"}
        with psycopg.connect(server.conninfo(database="fadu")) as inside:
            assert inside.execute(backup.TABLES).fetchall() == []
    result = fadu(home, "restore", str(tmp_path / "forged.tar"), "--despite-faults")
    assert "第2条记录" in result.stderr
    assert "有 2 处问题" in done(result)


def test_a_missing_upload_is_told_and_the_rest_is_kept(
    base: Path, lived_in: tuple[Path, House, int], tmp_path: Path
) -> None:
    home = lived_in[0]
    path = home / "files" / DIGEST[:2] / DIGEST
    path.rename(tmp_path / "away")
    try:
        result = fadu(home, "backup", str(tmp_path / "poor.tar"))
    finally:
        (tmp_path / "away").rename(path)
    assert result.returncode == 1
    assert DIGEST in result.stderr
    assert archive.check(tmp_path / "poor.tar").manifest.missing == [DIGEST]
