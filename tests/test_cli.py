"""The command line: Chinese throughout, quick where no database is needed, in order when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from fadu.cli.main import COMMANDS
from fadu.infra.roles import OWNER
from tests.fixtures.database import OwnDatabase

CHECKOUT = Path(__file__).parents[1]
HEAVY = {"django", "psycopg", "fadu.kernel"}


def fadu(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "fadu", *arguments]
    return subprocess.run(command, env=os.environ | extra, cwd="/", capture_output=True, text=True, timeout=60)


def pytest_on(file: Path, **extra: str) -> str:
    """What pytest, with our fixtures, prints about a file of tests."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", str(CHECKOUT / "pyproject.toml")]
    environment = os.environ | {"CI": ""} | extra
    done = subprocess.run([*command, str(file)], env=environment, cwd=CHECKOUT, capture_output=True, text=True)
    return done.stdout


def test_the_help_lists_every_command_in_chinese() -> None:
    page = fadu("--help").stdout
    for name, row in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(row.help[:8])}", page, re.M)
    assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", page), "an English sentence"


def test_the_help_loads_neither_django_nor_a_command() -> None:
    run = "from fadu.cli.main import group\ntry: group(['--help'])\n"
    program = f"import sys\n{run}finally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "启动" in done.stdout
    assert HEAVY & set(done.stderr.split()) == set()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "没有命令 nonsense"),
        (["bench", "nonsense"], "没有名为 nonsense 的测速程序"),
        (["db", "status", "--nonsense"], "没有选项 --nonsense"),
        (["serve", "--port", "x"], "--port 的值不合要求"),
    ],
)
def test_a_wrong_command_is_told_in_chinese(arguments: list[str], told: str) -> None:
    done = fadu(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_address_is_told_in_chinese() -> None:
    done = fadu("db", "status", DATABASE_URL="mysql://office/fadu")
    assert done.returncode == 1
    assert "DATABASE_URL 应写成 postgresql://" in done.stderr


def test_the_status_of_the_database(own_database: OwnDatabase) -> None:
    done = fadu("db", "status", **own_database.environment())
    assert "由 DATABASE_URL 指定" in done.stdout
    assert f"数据库：{own_database.name}" in done.stdout
    assert "数据表：已建立" in done.stdout


def test_a_house_without_tables_is_told_and_a_fault_is_not_taken_for_one(own_database: OwnDatabase) -> None:
    place = own_database.home / "other"
    (place / "demo").mkdir(parents=True)
    named = ("--home", str(place), "ledger", "verify")
    with own_database.connect(OWNER) as connection:
        connection.execute("DROP FUNCTION fadu_open CASCADE")
    fault = fadu(*named, **own_database.environment())
    assert (fault.returncode, "Traceback" in fault.stderr) == (1, True)
    with own_database.connect(OWNER) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'kernel'")
    done = fadu(*named, **own_database.environment())
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"数据目录 {place} 的数据库还没有建立数据表" in done.stderr
    assert f"请先运行 fadu migrate；演示机关在 {place / 'demo'}，请加 --home" in done.stderr


def test_the_folder_named_first_is_where_the_house_is(tmp_path: Path) -> None:
    """Before the command is loaded, whose settings say where the database is."""
    bare = {name: value for name, value in os.environ.items() if name not in ("FADU_HOME", "DATABASE_URL")}
    command = [sys.executable, "-m", "fadu", "--home", str(tmp_path / "h"), "numbers"]
    done = subprocess.run(command, env=bare, cwd="/", capture_output=True, text=True, timeout=120)
    assert f"数据目录 {tmp_path / 'h'} 的数据库还没有建立数据表" in done.stderr


def test_serving_takes_the_next_free_port_and_ends_at_once(own_database: OwnDatabase) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = taken.getsockname()[1]
        command = [sys.executable, "-m", "fadu", "serve", "--port", str(wanted)]
        server = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
            assert address
            assert wanted < int(address[1]) < wanted + 20
            assert answer(address[0] + "no/such/page") in (302, 404)
            server.terminate()
            server.communicate(timeout=15)
        finally:
            server.kill()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address[0], timeout=5)


def test_requests_share_few_connections_and_any_host_that_was_named_answers(own_database: OwnDatabase) -> None:
    command = [sys.executable, "-m", "fadu", "serve", "--no-worker", "--host", "127.0.0.2", "--port", "8940"]
    server = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.2:\d+/", server.stdout.readline())
        assert address
        page = f"{address[0]}login/"  # it asks the database whether this is a demonstration
        assert answer(page) == 200
        first = connected(own_database)
        assert [answer(page) for _ in range(50)] == [200] * 50
        assert first
        assert connected(own_database) == first
    finally:
        server.terminate()
        server.communicate(timeout=15)


def connected(base: OwnDatabase) -> set[int]:
    """The server's processes that serve others on this database."""
    with base.connect(autocommit=True) as own:
        found = own.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in found}


def answer(url: str) -> int:
    """The status of a page, as soon as the server listens."""
    for _ in range(100):
        try:
            return urllib.request.urlopen(url, timeout=5).status
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:  # not there yet, or slow to answer for the first time
            signal.sigtimedwait([], 0.1)
    raise AssertionError("the server does not answer")


def test_a_missing_program_skips_here_and_fails_on_the_test_server(tmp_path: Path) -> None:
    file = tmp_path / "test_paper.py"
    file.write_text("import pytest\n\n\n@pytest.mark.office\ndef test_paper():\n    assert True\n")
    here = pytest_on(file, PATH=str(tmp_path))
    assert "1 skipped" in here
    assert "有 1 项测试因没有 LibreOffice 而跳过" in here
    there = pytest_on(file, PATH=str(tmp_path), CI="true")
    assert "1 error" in there
    assert "CI 中不允许跳过" in there


def test_a_pure_test_starts_no_server(tmp_path: Path) -> None:
    file = tmp_path / "test_pure.py"
    file.write_text(
        "def test_pure(request):\n    assert not {'database_server', 'django_db_setup'} & set(request.fixturenames)\n"
    )
    assert "1 passed" in pytest_on(file)
