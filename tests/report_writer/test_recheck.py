"""A kept report beside the record of today: one act taken back, and the sentences that no longer hold."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fadu.cli.report import report
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, house, models
from fadu.report_writer import Broken, again, kept_report, recheck, write
from fadu.report_writer.recheck import by_sentence
from fadu.rules.errors import BadInput, NotAllowed
from tests.analytics.conftest import Filled
from tests.fixtures.database import OwnDatabase, move_in
from tests.fixtures.views import current_views
from tests.report_writer.conftest import Write


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(tmp_path / "house", monkeypatch)


def printed(reporting: Filled, **more: Any) -> dict[str, Any]:
    """A report as it comes back from its file."""
    with reporting.session() as s:
        return kept_report(json.dumps(write(s, 2024, **more).provenance))


def take_back(reporting: Filled, name: str = "denied") -> int:
    """The decision of a case is taken back, with what rests on it."""
    case = reporting.cases[name]
    reporting.at("2025-02-02")
    with reporting.house.session(None) as s:
        acts.run_lapses(s, case)
    for step in ("lapse:publishing", "stamp_paper", "decide"):
        with reporting.session():
            stream = models.Case.objects.get(pk=case).stream_id
            position = models.Event.objects.get(stream_id=stream, step=step).position
        reversal = {"position": position, "reason": "有误", "article": "第三条"}
        reporting.house.do("head", case, "reverse", reversal)
    return case


def checked(reporting: Filled, told: dict[str, Any], who: str | None = None) -> dict[str, Broken]:
    with reporting.session(who) as s:
        return {one.name: one for one in recheck(s, told)}


@pytest.mark.parametrize("keep", [False, True])
def test_an_act_taken_back_names_sentence_numbers_and_case(reporting: Filled, keep: bool) -> None:
    told = printed(reporting, keep=keep)
    assert checked(reporting, told) == {}
    case = take_back(reporting)
    broken = checked(reporting, told)
    assert set(broken) == {"decided", "grant_rate", "duration", "refused"}
    one = broken["decided"]
    assert (one.then, one.now, one.sentences) == ("3件", "2件", ("作出决定3件。",))
    assert ([row.pk for row in one.went.rows], one.went.unseen, bool(one.came)) == ([case], 0, False)
    assert one.link == f"/figures/decided?from=2024-01-01&before=2025-01-01&organ={told['organ']['id']}"
    assert [row.pk for row in broken["grant_rate"].went.rows] == [case]
    sentences = by_sentence(broken.values())
    assert [one.name for one in sentences["支持率为66.67%，办理天数中位数为42天。"]] == ["grant_rate", "duration"]


def test_a_late_entry_comes_in(reporting: Filled) -> None:
    told = printed(reporting)
    case = reporting.cases["taken_back"]
    reporting.house.do("officer", case, "accept", day=date(2024, 8, 2))
    one = checked(reporting, told)["accepted"]
    assert (one.then, one.now, [row.pk for row in one.came.rows], bool(one.went)) == ("5件", "6件", [case], False)


def test_an_altered_digest_hides_no_change(reporting: Filled) -> None:
    """Which cases were counted cannot be told then; that the figure does not hold can."""
    told = printed(reporting)
    entry = next(entry for entry in told["figures"] if entry["name"] == "applied")
    entry["cases"] = "sm3:" + "0" * 64
    one = checked(reporting, told)["applied"]
    assert (one.then, one.now, one.known, bool(one.came)) == ("7件", "7件", False, False)


def test_a_broken_snapshot_hides_no_change(reporting: Filled) -> None:
    told = printed(reporting, keep=True)
    told["snapshot"]["sm3"] = "00" * 32
    take_back(reporting)
    one = checked(reporting, told)["decided"]
    assert (one.then, one.now, one.known) == ("3件", "2件", False)


def test_an_organ_that_was_moved_in_the_year_breaks_what_counted_it(reporting: Filled, paragraphs: Write) -> None:
    """The report of a department: moved below it after the report was made, its cases come in; the snapshot holds."""
    paragraphs('收到申请{{ fig("applied") }}，{{ own }}{{ fig("applied@own") }}。')
    organs = reporting.house.organs
    with reporting.at("2025-02-01").session(None) as s:
        told = kept_report(json.dumps(write(s, 2024, organs["other"], keep=True).provenance))
    with reporting.at("2025-02-02").session("admin") as s:
        town = house.register_organ(s, "某镇人民政府", "某镇", parent=organs["respondent"], since=date(2020, 1, 1))
        house.assign_post(s, reporting.house.people["stranger"], town.pk, "case_officer", since=date(2020, 1, 1))
    organs["bureau"] = town.pk
    reporting.at("2024-06-05").open("stranger")
    with reporting.at("2025-02-02").session("admin") as s:
        house.move_organ(s, town.pk, organs["other"], date(2024, 5, 1))
    broken = checked(reporting, told)
    assert {name: (one.then, one.now) for name, one in broken.items()} == {"applied": ("0件", "1件")}
    assert len(broken["applied"].came.rows) == 1
    with reporting.session() as s:
        again_ = {one.name: (one.printed, one.kept, one.today) for one in again(s, told)}
    assert again_ == {"applied": ("0件", "0件", "1件"), "applied@own": ("0件", "0件", "0件")}


def test_what_belonged_to_it_and_is_not_seen_any_more_stops_the_report(reporting: Filled) -> None:
    """Half of the year's cases would be missing from what is printed as the whole."""
    organs = reporting.house.organs
    with reporting.session("admin") as s:
        house.move_organ(s, organs["other"], None, date(2024, 7, 1))
    with reporting.session("mayor") as s, pytest.raises(NotAllowed, match="某区他局"):
        write(s, 2024, organs["government"])
    with reporting.session() as s:
        assert write(s, 2024, organs["government"]).figures["applied"].value == 7
        assert write(s, 2024, organs["government"], today=True).provenance["organs"] == "today"


def test_who_sees_only_a_part_checks_nothing(reporting: Filled) -> None:
    told = printed(reporting)
    with pytest.raises(NotAllowed, match="您只能查看其中一部分"):
        checked(reporting, told, "clerk")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "fadu-report/1"}', b"\xff"])
def test_a_file_that_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="不是年度报告的出处"):
        kept_report(text)


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(report, list(arguments))


def test_the_command_tells_by_its_status(own_database: OwnDatabase, tmp_path: Path) -> None:
    current_views(own_database)
    with access.session(None, datetime(2024, 3, 1, tzinfo=SHANGHAI)) as s:
        house.register_organ(s, "某区人民政府", "某政", since=date(2020, 1, 1))
        house.move_clock(s, s.now)
    out = tmp_path / "report.json"
    assert ran("--year", "2023", "--format", "json", "--out", str(out)).exit_code == 0
    holds = ran("check", str(out))
    assert (holds.exit_code, "全部数字与今天的记录相符" in holds.output) == (0, True), holds.output
    text = out.read_text(encoding="utf-8").replace('"text": "0件"', '"text": "1件"', 1)
    out.write_text(text, encoding="utf-8")
    sentence, signed = "全年审结行政复议案件0件。", tmp_path / "signed.txt"
    text = text.replace('"sentences": []', f'"sentences": ["{sentence}"]', 1)
    out.write_text(text, encoding="utf-8")
    signed.write_text(f"一、概况\n{sentence}", encoding="utf-8")
    same = ran("check", str(out), "--signed", str(signed))
    assert (same.exit_code, "都在签发的报告中" in same.output) == (0, True), same.output
    signed.write_text(sentence.replace("0件", "3件"), encoding="utf-8")
    other = ran("check", str(out), "--signed", str(signed))
    assert (other.exit_code, "，现在是“" in other.output) == (1, True), other.output
    broken = ran("check", str(out))
    assert (broken.exit_code, "1 个数字不再成立" in broken.output, "印出 1件，今天 0件" in broken.output) == (
        1,
        True,
        True,
    )
    assert [row["now"] for row in json.loads(ran("check", "--json", str(out)).output)] == ["0件"]
    out.write_text("{}", encoding="utf-8")
    none = ran("check", str(out))
    assert (none.exit_code, "不是年度报告的出处" in none.output) == (2, True)
    assert out.read_text(encoding="utf-8") == "{}"
