"""The JSON of a clock says what its explanation says, in values that every reader has."""

from __future__ import annotations

import json
from datetime import date, datetime

from fadu.rules import clocks
from fadu.rules.clocks import Extended, Pause, PauseKind, Running
from fadu.rules.law import Unit, load_library
from fadu.rules.working_days import load_calendar

LIBRARY, CALENDAR = load_library(), load_calendar()


def test_everything_the_clock_was_reckoned_from_and_every_entry() -> None:
    begun = date(2024, 3, 1)
    running = Running(
        LIBRARY.period("行政复议法", "审理", begun), begun, "受理",
        pauses=(Pause(date(2024, 3, 11), date(2024, 3, 21), PauseKind.STAYS, "中止", "第三十九条"),),
        extensions=(Extended(20, Unit.DAY, date(2024, 3, 25), "第六十二条", "延长审限"),),
    )  # fmt: skip
    reckoned, entries = clocks.reckon(running, CALENDAR), clocks.explain(running, CALENDAR)
    told = clocks.as_json(reckoned, entries)
    assert json.loads(json.dumps(told)) == told
    assert told["inputs"]["pauses"] == [
        {"begin": "2024-03-11", "end": "2024-03-21", "kind": "stays", "why": "中止", "article": "第三十九条"}
    ]
    assert told["inputs"]["extensions"][0]["unit"] == "day"
    assert told["result"]["due"] == str(reckoned.due)
    assert told["result"]["digest"] == reckoned.digest
    assert [(entry["kind"], entry["text"]) for entry in told["entries"]] == [(e.kind.value, e.text) for e in entries]
    assert "rule" not in told["inputs"]
    assert "running" not in told["result"]


def test_a_clock_of_hours_tells_its_minute() -> None:
    at = datetime(2024, 3, 1, 9, 30, tzinfo=clocks.SHANGHAI)
    running = Running(LIBRARY.period("行政强制法", "紧急实施补批", at.date()), at.date(), "实施", start_time=at)
    told = clocks.as_json(clocks.reckon(running, CALENDAR), clocks.explain(running, CALENDAR))
    assert told["inputs"]["start_time"] == "2024-03-01T09:30:00+08:00"
    assert told["result"]["due_at"] == "2024-03-02T09:30:00+08:00"
