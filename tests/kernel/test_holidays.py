"""Loading a holiday notice: exactly the running periods it moves are re-dated, each with an event on its case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fadu.cli import holidays as command
from fadu.kernel import access, acts, holidays, house_calendar, ledger, models, offers, store
from fadu.kernel.holidays import Days, Outcome
from fadu.kernel.timekeeping import reckon_all
from fadu.rules.clocks import EntryKind
from fadu.rules.errors import GatesUnmet, NotAllowed, Refusal
from fadu.rules.holiday_files import BadHolidayFile, Notice, read_notice
from tests.kernel.conftest import House

NUMBER = "国办发明电〔2026〕99号"
NOTICE = f"""
year: 2027
notice: {NUMBER}
holidays:
- name: 元旦
  rest: [2026-12-31, 2027-01-01, 2027-01-02]
  work: [2027-01-03]
  statutory: [2027-01-01]
- name: 春节
  rest: [2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11]
  work: [2027-01-31]
  statutory: [2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08]
"""
LOCAL = """
year: 2027
notice: 桂政办电〔2026〕9号
holidays:
- name: 本地节日
  rest: [2027-01-04]
"""


def a_notice(folder: Path, text: str = NOTICE, place: str | None = None) -> Notice:
    path = folder / "2027.yaml"
    path.write_text(text, encoding="utf-8")
    return read_notice(path, place)


def opened(home: House, day: date) -> int:
    home.day = day
    return home.open(known_on="2026-10-30").case


def accepted(home: House, day: date) -> int:
    case = opened(home, day)
    home.do("officer", case, "accept")
    return case


def clocks(home: House, case: int) -> dict[str, models.Clock]:
    with home.session(None):
        return {row.key: row for row in models.Clock.objects.filter(case_id=case)}


def events(home: House, case: int) -> list[models.Event]:
    with home.session(None) as s:
        return access.events(s, access.case(s, case))


def load(home: House, notice: Notice, **more: Any) -> Outcome:
    return holidays.load(notice, at=home.now, **more)


def whole(home: House, case: int) -> None:
    """The record holds, the case equals its fold, and the dates of its running periods what the calendar says."""
    with home.session(None) as s:
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case
        assert ledger.verify(loaded.stream) == loaded.case.position
        reckoned = reckon_all(loaded.case, s.env)
        for row in models.Clock.objects.filter(case_id=case, stopped=None, lapsed=None):
            now = reckoned[row.key]
            told = (now.due, now.lapses_after, now.provisional, now.digest)
            assert (row.due, row.lapses_after, row.provisional, row.digest) == told


@pytest.fixture
def today(home: House) -> dict[str, int]:
    """Cases whose periods run over New Year 2027, by what the notice does to them; today is 28 December 2026."""
    return {
        "rolls": accepted(home, date(2026, 11, 2)),  # 60 days end on 1 January
        "worked": accepted(home, date(2026, 12, 2)),  # 60 days end on Sunday, 31 January, now worked
        "certain": accepted(home, date(2026, 12, 15)),  # 60 days end on Saturday, 13 February
        "far": opened(home, date(2026, 12, 21)),  # 5 working days end on 28 December
        "moves": opened(home, date(2026, 12, 28)),  # 5 working days
        "answered": accepted(home, date(2026, 12, 28)),
    }


def test_exactly_the_running_periods_that_move_are_redated(home: House, today: dict[str, int], tmp_path: Path) -> None:
    before = {name: len(events(home, case)) for name, case in today.items()}
    outcome = load(home, a_notice(tmp_path))
    assert outcome.new
    assert {(change.case, change.key): (change.old, change.new) for change in outcome.moved} == {
        (today["moves"], "screen"): (
            Days(date(2027, 1, 4), date(2027, 1, 4)),
            Days(date(2027, 1, 5), date(2027, 1, 5)),
        ),
        (today["rolls"], "trial"): (
            Days(date(2027, 1, 1), date(2027, 1, 1)),
            Days(date(2027, 1, 1), date(2027, 1, 3)),
        ),
        (today["worked"], "trial"): (
            Days(date(2027, 1, 31), date(2027, 2, 1)),
            Days(date(2027, 1, 31), date(2027, 1, 31)),
        ),
    }
    assert outcome.ended == []
    assert outcome.settled == 2, "the trials that end in February on the days they had"
    more = {name: len(events(home, case)) - before[name] for name, case in today.items()}
    assert more == {"rolls": 1, "worked": 1, "certain": 0, "moves": 1, "answered": 0, "far": 0}
    for case in today.values():
        whole(home, case)


def test_the_event_says_which_notice_and_which_days(home: House, today: dict[str, int], tmp_path: Path) -> None:
    load(home, a_notice(tmp_path))
    redated = [events(home, today[name])[-1] for name in ("moves", "rolls", "worked")]
    assert {event.act for event in redated} == {redated[0].act}, "one notice, one act"
    event = redated[0]
    assert (event.step, event.label, event.audience) == ("calendar", "按放假通知重算期限", "parties")
    assert (event.actor, event.role, event.happened) == (None, "system", date(2026, 12, 28))
    with home.session(None):
        said = ledger.read(event.stream_id)[-1].operations[-1]
    days = {"old": "2027-01-04", "new": "2027-01-05", "ended": "2027-01-04", "ends": "2027-01-05"}
    told = {"clock": "screen", "label": "受理审查"} | days
    assert said["name"] == "calendar"
    assert said["value"] == {"notice": NUMBER, "clocks": [told]}


def test_lights_lists_and_explanations_follow(home: House, today: dict[str, int], tmp_path: Path) -> None:
    case = today["moves"]

    def seen(day: date) -> tuple[date | None, int | None, bool]:
        home.day = day
        with home.session("officer") as s:
            found = access.case(s, case)
            sheet = next(sheet for sheet in offers.clock_sheets(s, found) if sheet.row.key == "screen")
            provisional = any(entry.kind is EntryKind.PROVISIONAL for entry in sheet.entries)
            return found.due, sheet.reckoned.remaining_at(s.today, s.env.calendar), provisional

    assert seen(date(2026, 12, 31)) == (date(2027, 1, 4), 2, True)
    home.day = date(2026, 12, 28)
    load(home, a_notice(tmp_path))
    assert seen(date(2026, 12, 31)) == (date(2027, 1, 5), 3, False)
    home.day = date(2027, 1, 5)
    with home.session(None) as s:
        assert acts.run_lapses(s, case) == 0
    home.day = date(2027, 1, 6)
    with home.session(None) as s:
        assert acts.run_lapses(s, case) == 1
    assert events(home, case)[-1].happened == date(2027, 1, 5)


def test_answered_and_lapsed_periods_stay_and_a_person_is_told(
    home: House, today: dict[str, int], tmp_path: Path
) -> None:
    home.day = date(2027, 1, 6)
    with home.session(None) as s:
        acts.run_lapses(s, today["moves"])
    before = clocks(home, today["moves"])["screen"]
    answered = clocks(home, today["answered"])["screen"]
    count = len(events(home, today["moves"]))
    outcome = load(home, a_notice(tmp_path))
    told = [change for change in outcome.ended if change.case == today["moves"]]
    assert [(change.clock, change.old.ends, change.new.ends) for change in told] == [
        ("受理审查", date(2027, 1, 4), date(2027, 1, 5))
    ]
    after = clocks(home, today["moves"])["screen"]
    assert (after.due, after.lapsed, after.data) == (before.due, "deems", before.data)
    assert [event.label for event in events(home, today["moves"])[:count]][-1] == "视为受理"
    kept = clocks(home, today["answered"])["screen"]
    assert (kept.due, kept.stopped, kept.digest) == (date(2027, 1, 4), date(2026, 12, 28), answered.digest)
    assert today["answered"] not in {change.case for change in (*outcome.ended, *outcome.moved)}


def test_an_answer_that_turns_out_late_is_told_and_stays(home: House, tmp_path: Path) -> None:
    case = opened(home, date(2026, 12, 28))
    home.day = date(2027, 1, 4)
    home.do("officer", case, "accept")
    before, count = clocks(home, case)["screen"], len(events(home, case))
    text = "year: 2027\nholidays:\n- name: 元旦\n  rest: [2027-02-01]\n  work: [2027-01-02, 2027-01-03]\n"
    outcome = load(home, a_notice(tmp_path, text))
    assert [(change.case, change.old.due, change.new.due) for change in outcome.ended] == [
        (case, date(2027, 1, 4), date(2027, 1, 2))
    ]
    assert outcome.moved == []
    assert len(events(home, case)) == count
    after = clocks(home, case)["screen"]
    assert (after.due, after.stopped) == (before.due, date(2027, 1, 4))


def test_a_second_time_changes_nothing(home: House, today: dict[str, int], tmp_path: Path) -> None:
    notice = a_notice(tmp_path)
    load(home, notice)
    with home.session(None):
        written = models.Event.objects.count()
    again = load(home, notice)
    assert (again.new, again.moved, again.settled) == (False, [], 0)
    assert holidays.redate(at=home.now).moved == []
    with home.session(None):
        assert models.Event.objects.count() == written


def test_a_load_that_was_interrupted_is_finished_by_the_next(
    home: House, today: dict[str, int], tmp_path: Path
) -> None:
    def interrupted(done: int, length: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(home, a_notice(tmp_path), tick=interrupted)
    again = load(home, a_notice(tmp_path))
    assert not again.new
    assert len(again.moved) == 2, "one of three was done"
    for case in today.values():
        whole(home, case)


def test_a_rehearsal_tells_and_changes_nothing(home: House, today: dict[str, int], tmp_path: Path) -> None:
    with home.session(None):
        written = models.Event.objects.count()
    rehearsed = load(home, a_notice(tmp_path), rehearse=True)
    with home.session(None) as s:
        assert models.Event.objects.count() == written
        assert s.env.calendar.years[-1] == 2026
    done = load(home, a_notice(tmp_path))
    assert (rehearsed.new, rehearsed.moved, rehearsed.settled) == (done.new, done.moved, done.settled)


def test_the_houses_own_notice_replaces_the_one_before(home: House, today: dict[str, int], tmp_path: Path) -> None:
    load(home, a_notice(tmp_path))
    corrected = NOTICE.replace("2026-12-31, ", "")
    outcome = load(home, a_notice(tmp_path, corrected))
    assert [(change.key, change.old.due, change.new.due) for change in outcome.moved] == [
        ("screen", date(2027, 1, 5), date(2027, 1, 4))
    ]
    with home.session(None) as s:
        assert s.env.calendar.is_working(date(2026, 12, 31))
        entries = models.RegisterEntry.objects.filter(register="holidays", key="2027")
        assert entries.count() == 2
        assert entries.filter(before=None).count() == 1
    whole(home, today["moves"])


def test_the_calendar_is_read_once_for_each_state_of_the_register(home: House, tmp_path: Path) -> None:
    with home.session(None) as s:
        shipped = s.env.calendar
    load(home, a_notice(tmp_path))
    with home.session(None) as one:
        first = one.env.calendar
    with home.session("officer") as two:
        assert two.env.calendar is first
    assert first is not shipped
    assert first.notice(2027).number == NUMBER


def test_a_place_has_its_own_holidays_and_the_year_stays_provisional(
    home: House, today: dict[str, int], tmp_path: Path, settings: Any
) -> None:
    local = a_notice(tmp_path, LOCAL, "广西")
    with pytest.raises(Refusal, match="没有设置所在地"):
        load(home, local)
    settings.PLACE = "广西南宁"
    outcome = load(home, local)
    assert [(change.case, change.old.due, change.new.due) for change in outcome.moved] == [
        (today["moves"], date(2027, 1, 4), date(2027, 1, 5))
    ]
    assert clocks(home, today["moves"])["screen"].provisional
    with home.session(None) as s:
        assert s.env.place == "广西南宁"
        assert s.env.calendar.years[-1] == 2026
    load(home, a_notice(tmp_path))
    screen = clocks(home, today["moves"])["screen"]
    assert (screen.due, screen.provisional) == (date(2027, 1, 6), False), "the nation's notice adds to the place's"
    whole(home, today["moves"])


def test_a_redating_is_not_taken_back(home: House, today: dict[str, int], tmp_path: Path) -> None:
    load(home, a_notice(tmp_path))
    position = events(home, today["moves"])[-1].position
    with home.session("admin") as s:
        post = models.Post.objects.get(officer_id=home.people["second"])
        models.Post.objects.create(officer_id=post.officer_id, organ=post.organ, role="supervisor", since=s.today)
    with pytest.raises(GatesUnmet, match="按放假通知重算期限不能撤回"):
        home.do("second", today["moves"], "reverse", {"position": position, "reason": "点错", "article": "制度"})


def test_only_the_administrator_loads_and_is_named(home: House, today: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        load(home, a_notice(tmp_path), officer=home.people["officer"])
    load(home, a_notice(tmp_path), officer=home.people["admin"])
    event = events(home, today["moves"])[-1]
    assert (event.actor_id, event.role) == (home.people["admin"], "administrator")
    whole(home, today["moves"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (NOTICE.replace("year: 2027", "year: 2028"), "不是2028年的日期"),
        (NOTICE.replace("rest: [2027-02-05, ", "rest: [2027-01-01, 2027-02-05, "), "2027-01-01写了两次"),
        (NOTICE.replace("work: [2027-01-31]", "work: [2027-02-06]"), "2027-02-06既放假又上班"),
        (NOTICE.replace("statutory", "lawful"), "有不认识的词：lawful"),
        (NOTICE.replace("work: [2027-01-31]", "work: [2027-01-29]"), "把平日写成了调休上班日"),
        ("year: 2027\nholidays: [\n", "不是有效的YAML"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(BadHolidayFile if "YAML" not in why else Exception, match=why):
        a_notice(tmp_path, text)


def test_two_years_may_not_say_two_things_of_a_day(home: House, tmp_path: Path) -> None:
    text = "year: 2027\nnotice: 甲\nholidays:\n- name: 国庆节\n  rest: [2026-10-01, 2027-01-01]\n"
    with pytest.raises(Refusal, match=r"2026年的通知（国办发明电〔2025〕7号）都规定了2026-10-01"):
        load(home, a_notice(tmp_path, text))
    with home.session(None):
        assert house_calendar.own_notices() == ()


def test_the_commands(home: House, today: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "bring_up_to_date", lambda: None)
    a_notice(tmp_path)
    file, out = str(tmp_path / "2027.yaml"), tmp_path / "清单.csv"
    run = CliRunner().invoke
    checked = run(command.group, ["check", file])
    assert f"通过检查：{NUMBER}，2027年，2个节日" in checked.output
    assert "2026-12-29以后的日期是暂定的" in run(command.group, ["list"]).output
    assert "将有 3 件案件的 3 项期限变动" in run(command.group, ["load", file, "--dry-run"]).output
    loaded = run(command.group, ["load", file, "--out", str(out)])
    assert "有 3 件案件的 3 项期限变动" in loaded.output, loaded.output
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "案号,期限,原到期日,现到期日,原届满日,现届满日,处理"
    assert len(lines) == 4
    assert any(line.endswith("受理审查,2027-01-04,2027-01-05,2027-01-04,2027-01-05,重算") for line in lines)
    assert "此前已经载入" in run(command.group, ["load", file]).output
    listed = run(command.group, ["list"]).output
    assert "本机关载入" in listed
    assert "2028年的放假通知还没有载入" in listed
    assert "有 0 件案件的 0 项期限变动" in run(command.group, ["redate"]).output


def test_the_command_reads_a_notice_as_it_is_worded(home: House, tmp_path: Path) -> None:
    text = tmp_path / "2031.txt"
    text.write_text("关于2031年部分节假日安排的通知\n一、元旦：1月1日（周三）放假1天。", encoding="utf-8")
    run = CliRunner().invoke(command.group, ["check", str(text)])
    assert (run.exit_code, "元旦：放假 1月1日" in run.output) == (0, True), run.output
    text.write_bytes("关于2031年".encode("gb18030"))
    run = CliRunner().invoke(command.group, ["check", str(text)])
    assert isinstance(run.exception, BadHolidayFile)
