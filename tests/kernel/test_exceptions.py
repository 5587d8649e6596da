"""The law's exception from what follows on silence is a gate of the step that finds it, wherever it is declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fadu.common.standing import serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env
from fadu.rules import sheet
from fadu.rules.errors import GatesUnmet
from fadu.rules.law import load_library
from fadu.rules.procedure import Gate, Step
from fadu.rules.working_days import load_calendar
from tests.kernel import small as s

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
FIRST = date(2024, 3, 1)

bring = Step(name="bring", label="申请人提供证据", by=(s.APPLICANT,), at=(s.ACCEPTED,), article="第七十条")
nobody_brought = Gate(
    name="nobody_brought", sentence="申请人已经提供了证据", article="第七十条", reads=("step:bring",),
    holds=lambda view: not view.did("bring"),
)  # fmt: skip
assert s.answering.lapse is not None
excused = replace(s.answering, lapse=replace(s.answering.lapse, unless=nobody_brought))
TEXT = replace(
    s.SMALL, steps=(*s.SMALL.steps, bring), clocks=tuple(excused if c is s.answering else c for c in s.SMALL.clocks)
)


def silent() -> Stage:
    """A case in which the respondent was served and said nothing."""
    stage = Stage(TEXT, ENV, FIRST)
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 3},
    ]
    stage.perform(s.apply, FIRST, {
        "known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}],
    })  # fmt: skip
    stage.perform(s.accept, FIRST, {})
    stage.perform(serve, FIRST, {
        "paper": "copy-1", "party": "respondent-1", "method": "direct", "sent_on": FIRST, "received_on": FIRST,
        "proof": "回证",
    })  # fmt: skip
    return stage


def test_without_the_exception_silence_is_found() -> None:
    stage = silent()
    stage.perform(s.default, date(2024, 3, 20), {})
    assert "default" in stage.case.done


def test_with_the_exception_it_is_not() -> None:
    stage = silent()
    stage.perform(bring, date(2024, 3, 18), {})
    with pytest.raises(GatesUnmet, match="申请人已经提供了证据"):
        stage.perform(s.default, date(2024, 3, 20), {})
    assert stage.case.table("clock")["reply"]["lapsed"]["effect"] == "forfeits"


def test_people_read_it_with_the_step_and_with_the_period() -> None:
    step = next(row for row in sheet.steps(TEXT) if row.label == "认定未答复")
    period = next(row for row in sheet.periods(TEXT, ENV.library) if row.label == "答复")
    assert "不能办理的情形：申请人已经提供了证据（第七十条）" in step.details
    assert any(detail.endswith("；除外：申请人已经提供了证据") for detail in period.details)
