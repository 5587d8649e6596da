"""A killed import leaves nothing behind and can be run again; the command as an office runs it."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings

from fadu.cli.bulk import group
from fadu.cli.restored import faults_of_record
from fadu.infra import jobs
from fadu.infra.home import CHECKOUT
from fadu.kernel import access, bulk, finding, models
from fadu.kernel.bulk import bringing
from fadu.kernel.desk_models import Brought
from tests.fixtures.database import OwnDatabase
from tests.kernel import lists
from tests.kernel.conftest import House, build
from tests.kernel.test_bulk import CASE, cases
from tests.kernel.test_bulk import written as table

HEADINGS = ("事项编码", "事项名称", "风险等级", "生效日期")
AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = %s AND query LIKE '%%fadu_bulk_entries%%' AND pid <> pg_backend_pid()
"""


@pytest.fixture
def place(own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> House:
    catalogue = lists.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    settings.MEDIA_ROOT = own_database.home / "files"
    return build()


def written(path: Path, count: int, risk: str = "高") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *((f"A{n}", f"第{n}项", risk, "2024-01-01") for n in range(count))])
    return path


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


def test_a_killed_import_leaves_nothing_and_is_run_again(
    place: House, own_database: OwnDatabase, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv", 40_000)
    command = [sys.executable, "-m", "tests.kernel.importer", str(path)]
    command += [str(place.organs["bureau"]), str(place.people["officer"])]
    with own_database.cluster.admin() as watch:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=own_database.environment())

        def at_work() -> bool:
            row = watch.execute(AT_WORK, [own_database.name]).fetchone()
            return row is not None and row[0] > 0

        until(lambda: at_work() or process.poll() is not None)
        assert process.poll() is None
        process.kill()
        process.wait()
        until(lambda: not at_work())
    with place.session(None):
        assert not models.RegisterEntry.objects.filter(register="power").exists()
        assert not models.Bulk.objects.exists()
        assert not models.File.objects.exists()
        assert not models.Event.objects.filter(step="bulk_import").exists()
    with place.session("officer") as s:
        outcome = bulk.run(s, bulk.Entries(lists.POWERS, place.organs["bureau"], date(2024, 1, 1)), path)
        assert outcome.rows == access.register(s, "power", place.day).count() == 40_000


def test_a_table_whose_worker_is_killed_leaves_nothing_is_told_and_is_taken_after_all(
    place: House, own_database: OwnDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = written(tmp_path / "a.csv", 20_000).read_bytes()
    with place.session("officer") as s:
        target = bulk.Entries(lists.POWERS, place.organs["bureau"], None)
        brought = bringing.bring(s, target, "a.csv", content)
        assert bringing.bring(s, target, "again.csv", content) == brought, "a double click brings nothing twice"
        bringing.ask(s, brought, takes=True)
        assert not brought.takes, "what is under way is not asked for again"
        Brought.objects.update(takes=True)

    def course() -> jobs.Course | None:
        with place.session("officer"):
            return bringing.course(brought)

    def at_work() -> bool:
        said = course()
        return said is not None and said.how == "running" and said.done > 0

    command = [sys.executable, "-m", "tests.kernel.worker", "2024-03-01", "--lists"]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=own_database.environment())
    try:
        until(at_work)
    finally:
        process.kill()
        process.wait()
    monkeypatch.setattr(jobs, "LOST_AFTER_SECONDS", 1)
    until(lambda: course() == jobs.Course("lost", 0, 0))
    with place.session("officer") as s:
        assert bringing.own(s, brought.pk).answer is None
        assert not models.RegisterEntry.objects.filter(register="power").exists()
        assert not models.Bulk.objects.exists()
    with ThreadPoolExecutor(1) as pool:  # a browser test that ran before leaves its event loop in this one
        assert pool.submit(jobs.retry_stalled).result(30) == 1
    subprocess.run([*command, "--once"], cwd=CHECKOUT, env=own_database.environment(), check=True, timeout=60)
    with place.session("officer") as s:
        done = bringing.own(s, brought.pk)
        assert (done.answer["rows"], bringing.course(done)) == (20_000, None)
        assert [one.rows for one in models.Bulk.objects.all()] == [20_000]
    bringing.work_on_table(brought.pk, place.people["officer"])
    with place.session("officer"):
        assert models.Bulk.objects.count() == 1, "a job that runs twice takes nothing twice"


def test_a_running_import_that_is_stopped_leaves_nothing_and_is_taken_when_asked_anew(
    place: House, own_database: OwnDatabase, tmp_path: Path
) -> None:
    with place.session("officer") as s:
        content = written(tmp_path / "a.csv", 40_000).read_bytes()
        brought = bringing.bring(s, bulk.Entries(lists.POWERS, place.organs["bureau"], None), "a.csv", content)
        Brought.objects.update(takes=True)

    def course() -> jobs.Course | None:
        with place.session("officer"):
            return bringing.course(brought)

    def stop() -> None:
        with place.session(None) as house:
            bringing.stop(house, brought.pk, "管理员")

    def at_work() -> bool:
        said = course()
        return said is not None and said.how == "running" and said.done > 0

    command = [sys.executable, "-m", "tests.kernel.worker", "2024-03-01", "--lists"]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=own_database.environment())
    try:
        until(at_work)
        stop()
        stop()
        until(lambda: course() is None)
        with place.session("officer") as s:
            ended = bringing.own(s, brought.pk)
            assert (ended.answer, ended.stopped) == (None, "管理员")
            assert not models.RegisterEntry.objects.filter(register="power").exists()
            assert not models.Bulk.objects.exists()
            assert not models.Event.objects.filter(step="bulk_import").exists()
            assert bringing.unseen(s) == [ended], "told until it was looked at"
            bringing.ask(s, ended, takes=True)
        until(lambda: course() is None)
    finally:
        process.kill()
        process.wait()
    with place.session("officer") as s:
        done = bringing.own(s, brought.pk)
        assert (done.answer["rows"], done.stopped) == (40_000, "")
    stop()
    with place.session("officer") as s:
        assert bringing.own(s, brought.pk).stopped == "", "what is over is not stopped"


def test_faulty_rows_are_told_too_and_end_when_it_is_stopped(place: House, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def tick(done: int, whole: int) -> None:
        told.append((done, whole))
        if done == 4000:
            raise jobs.Stopped

    path = written(tmp_path / "a.csv", 6000, "中")
    target = bulk.Entries(lists.POWERS, place.organs["bureau"], date(2024, 1, 1))
    with pytest.raises(jobs.Stopped), place.session("officer") as s:
        bulk.run(s, target, path, tick=tick)
    assert [done for done, _ in told] == [2000, 4000]


def test_what_a_lost_worker_left_is_stopped(place: House, own_database: OwnDatabase, tmp_path: Path) -> None:
    with place.session("officer") as s:
        content = written(tmp_path / "a.csv", 10).read_bytes()
        brought = bringing.bring(s, bulk.Entries(lists.POWERS, place.organs["bureau"], None), "a.csv", content)
    with own_database.connect() as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    with place.session(None) as house:
        assert [one.officer.name for one in bringing.under_way()] == [brought.officer.name]
        bringing.stop(house, brought.pk, "管理员")
        assert bringing.course(brought) is None
        assert bringing.under_way() == []
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(jobs.retry_stalled).result(30) == 0, "it does not come back"


def test_the_record_of_a_house_with_imports_is_whole(place: House, tmp_path: Path) -> None:
    opened = place.open()
    with place.session("admin") as s:
        bulk.run(s, bulk.Mirrored(s, "small", None), table(tmp_path / "旧案.csv", CASE, cases(8)))
    with place.session("officer") as s:
        case = finding.search(s, "旧〔2024〕0号").get().pk
    place.do("officer", case, "reply")
    assert faults_of_record() == []
    with place.session(None):
        models.Case.objects.filter(pk=opened.case).update(state="closed")
        models.Case.objects.filter(pk=case).update(title="改过")
    assert len(faults_of_record()) == 2


def ran(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(group, list(arguments), catch_exceptions=True)
    said = done.output + (f"{done.exception}" if done.exception and not isinstance(done.exception, SystemExit) else "")
    return done.exit_code, said


def test_the_command_checks_imports_lists_and_takes_back(
    place: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fadu.cli.bulk.bring_up_to_date", lambda: None)
    path, out = written(tmp_path / "a.csv", 30), tmp_path / "faults.csv"
    where = ("--organ", "某区司法局", "--by", "officer")
    code, said = ran(
        "register", "执法事项清单", str(written(tmp_path / "bad.csv", 30, "中")), *where, "--faults", str(out)
    )
    assert code == 1
    assert "第2行：“风险等级”不在可选范围内" in said
    assert "有30处错误" in said
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 31
    assert "检查通过：30行" in ran("register", "power", str(path), *where, "--check")[1]
    assert "已导入“执法事项清单”30行，第" in ran("register", "power", str(path), *where)[1]
    assert "不能重复导入" in ran("register", "power", str(path), *where)[1]
    for wrong in (
        ("--organ", "无", "--by", "officer"),
        ("--organ", "某区司法局", "--by", "nobody"),
        ("--by", "officer"),
    ):
        assert ran("register", "power", str(path), *wrong)[0] != 0
    assert "a.csv" in ran("list")[1]
    with place.session(None):
        number = models.Bulk.objects.get().pk
    assert "不能撤回自己办理的导入" in ran("take-back", str(number), "--by", "officer", "--reason", "x")[1]
    assert "30行已移除" in ran("take-back", str(number), "--by", "head", "--reason", "导错")[1]
    assert "已撤回" in ran("list")[1]
    assert "生效日期" in ran("columns", "power")[1]
    assert "申请人类别" in ran("columns", "small")[1]


def test_the_command_tells_cases_anew_and_exports_own_ones(
    place: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fadu.cli.bulk.bring_up_to_date", lambda: None)
    told, out = tmp_path / "told.csv", tmp_path / "out.csv"
    place.open()
    rows = cases(3)
    assert "已导入" in ran("cases", "small", str(table(tmp_path / "一.csv", CASE, rows)), "--by", "admin")[1]
    rows[1][CASE.index("经过")] = "查明另一事"
    anew = ("--by", "admin", "--update", "--report", str(told))
    code, said = ran("cases", "small", str(table(tmp_path / "二.csv", CASE, [*rows, cases(4)[3]])), *anew)
    assert code == 0, said
    assert "新增1件、更新1件、未变2件" in said
    assert "更新：第3行旧〔2024〕1号，经过：" in said
    assert len(told.read_text(encoding="utf-8-sig").splitlines()) == 5
    assert "已导出1件案件到" in ran("export", "small", str(out), "--by", "officer")[1]
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 2
    assert "已导出0件案件" in ran("export", "small", str(out), "--by", "officer", "--since", "2030-01-01")[1]
    assert "不存在" in ran("export", "nothing", str(out), "--by", "officer")[1]
