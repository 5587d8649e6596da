"""A report that kept its snapshot: counted again on it, beside today, with the acts between."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from fadu.analytics import snapshot
from fadu.analytics.snapshot import SnapshotBroken
from fadu.cli.report import report
from fadu.cli.snapshot import group as snapshots
from fadu.infra.clock import SHANGHAI
from fadu.infra.home import home
from fadu.kernel import access, house, models
from fadu.report_writer import Again, again, write
from fadu.rules.errors import BadInput, NotAllowed
from tests.analytics.conftest import Filled, let_time_pass
from tests.fixtures.database import OwnDatabase, move_in
from tests.fixtures.views import current_views


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(tmp_path / "house", monkeypatch)


def kept(reporting: Filled, **more: Any) -> dict[str, Any]:
    """The provenance of a kept report as it comes back from its file."""
    with reporting.session() as s:
        told: dict[str, Any] = json.loads(json.dumps(write(s, 2024, keep=True, **more).provenance))
        return told


def counted_again(reporting: Filled, printed: dict[str, Any]) -> dict[str, Again]:
    with reporting.session() as s:
        return {one.name: one for one in again(s, printed)}


def test_a_kept_report_says_the_same_as_one_that_is_not_kept(reporting: Filled) -> None:
    let_time_pass(reporting)
    with reporting.session() as s:
        plain, sealed = write(s, 2024), write(s, 2024, keep=True)
    assert plain.document == sealed.document
    assert plain.figures == sealed.figures
    assert plain.provenance["snapshot"] is None
    said = sealed.provenance["snapshot"]
    found = snapshot.listed()[0]
    assert (said["id"], said["sm3"]) == (found.id, found.digest)
    assert list(said["files"]) == ["small.parquet"]
    assert said["files"]["small.parquet"]["sha256"] == found.manifest["systems"]["small"]["sha256"]


def test_nothing_happened_since(reporting: Filled) -> None:
    found = counted_again(reporting, kept(reporting))
    assert all(one.holds for one in found.values())
    assert {one.acts for one in found.values()} == {()}


def test_a_taken_back_decision_shows_the_acts_between(reporting: Filled) -> None:
    printed = kept(reporting)
    case = reporting.cases["denied"]
    reporting.at("2024-05-16")  # before any later period ran out
    for step in ("stamp_paper", "decide"):
        with reporting.session():
            stream = models.Case.objects.get(pk=case).stream_id
            position = models.Event.objects.get(stream_id=stream, step=step).position
        reversal = {"position": position, "reason": "有误", "article": "第三条"}
        reporting.house.do("head", case, "reverse", reversal)
    reporting.at("2025-02-01")
    found = counted_again(reporting, printed)
    assert {name for name, one in found.items() if not one.holds} == {"decided", "grant_rate", "duration", "refused"}
    one = found["decided"]
    assert (one.printed, one.kept, one.today, one.other_cases) == ("3件", "3件", "2件", True)
    *_, since = [act for act in one.acts if act.event.reverses is not None]  # beside it, periods that ran out meanwhile
    assert (since.row.pk, since.event.reverses) == (case, position)
    assert f"撤回第{position}条" in str(since)
    assert {act.row.pk for act in (*one.acts, *found["grant_rate"].acts)} == {case}
    assert found["granted"].acts == ()


def test_a_late_entry_shows_in_the_figure_it_changes(reporting: Filled) -> None:
    printed = kept(reporting)
    reporting.house.do("officer", reporting.cases["taken_back"], "accept", day=date(2024, 8, 2))
    found = counted_again(reporting, printed)
    assert (found["accepted"].kept, found["accepted"].today) == ("5件", "6件")
    assert "accept" in [act.event.step for act in found["accepted"].acts]
    assert {act.row.pk for act in found["accepted"].acts} == {reporting.cases["taken_back"]}
    assert found["applied"].holds


def test_a_report_as_recorded_earlier_has_everything_since_between(reporting: Filled) -> None:
    printed = kept(reporting, recorded_before=datetime(2024, 4, 11, tzinfo=SHANGHAI))
    found = counted_again(reporting, printed)
    assert (found["applied"].printed, found["applied"].kept, found["applied"].today) == ("2件", "2件", "7件")
    opened = {act.row.pk for act in found["applied"].acts}
    assert opened == {number for name, number in reporting.cases.items() if name not in ("granted", "denied")}


def test_a_printed_number_that_was_altered_shows(reporting: Filled) -> None:
    printed = kept(reporting)
    entry = next(entry for entry in printed["figures"] if entry["name"] == "decided")
    entry["text"] = "4件"
    one = counted_again(reporting, printed)["decided"]
    assert (one.printed, one.kept, one.today, one.holds) == ("4件", "3件", "3件", False)


def test_an_indicator_that_is_gone_or_reads_otherwise(reporting: Filled) -> None:
    printed = kept(reporting)
    printed["figures"][0]["name"] = "gone"
    printed["figures"][1]["definition"] = "另一种口径。"
    with reporting.session() as s:
        gone, redefined, *_ = again(s, printed)
    assert (gone.reason, gone.kept, gone.today) == ("指标已取消", None, None)
    assert redefined.redefined
    assert redefined.holds


def test_without_its_snapshot_there_is_nothing_to_count_on(reporting: Filled) -> None:
    with reporting.session() as s:
        plain = write(s, 2024).provenance
        with pytest.raises(BadInput, match="没有留存快照"):
            again(s, plain)
    printed = kept(reporting)
    printed["snapshot"]["sm3"] = "00" * 32
    with reporting.session() as s, pytest.raises(SnapshotBroken, match="不是同一份"):
        again(s, printed)


def test_keeping_is_for_the_house(reporting: Filled) -> None:
    with reporting.session("mayor") as s, pytest.raises(NotAllowed, match="系统管理员"):
        write(s, 2024, keep=True)
    assert snapshot.listed() == []


# ---------------------------------------------------------------- the commands


def ran(command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_the_commands_keep_list_verify_and_count_again(own_database: OwnDatabase, tmp_path: Path) -> None:
    current_views(own_database)
    with access.session(None, datetime(2024, 3, 1, tzinfo=SHANGHAI)) as s:
        house.register_organ(s, "某区人民政府", "某政", since=date(2020, 1, 1))
        house.move_clock(s, s.now)
    out = tmp_path / "report.html"
    done = ran(report, "--year", "2023", "--keep", "--out", str(out))
    assert done.exit_code == 0, done.output
    beside = tmp_path / "report.html.json"
    id_ = json.loads(beside.read_text(encoding="utf-8"))["snapshot"]["id"]
    told = ran(report, "--again", str(beside))
    assert "全部与印出的相同" in told.output, told.output
    assert id_ in ran(snapshots, "list").output
    assert "一致" in ran(snapshots, "verify", id_).output
    taken = ran(snapshots, "take", "--system", "suggestion", "--recorded-before", "2024-01-01")
    assert "1 个程序和名录，0 行" in taken.output, taken.output
    file = home() / "snapshots" / id_ / "reconsideration.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\0")
    spoilt = ran(snapshots, "verify", id_)
    assert spoilt.exit_code == 1
    assert "reconsideration.parquet" in f"{spoilt.output}{spoilt.exception}"
    assert "--year" in ran(report, "--keep").output
