"""What happens outside: the day it happened, the day the house learned of it, and what counts from which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fadu.kernel import access, acts, models
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env
from fadu.rules.errors import BadInput, DeclarationError, GatesUnmet
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import CASE_OFFICER, Clock, Done, Lapse, LapseEffect, Pause, PauseKind, Period, Step
from fadu.rules.registry import Registry
from fadu.rules.sheet import periods, steps
from fadu.rules.working_days import load_calendar
from tests.kernel import small
from tests.kernel.conftest import House
from tests.kernel.test_time import accepted, clocks, lapse

ENV = Env(load_library(), load_calendar(), shipped_thresholds())

died = Step(
    name="died", label="申请人死亡", at=(small.ACCEPTED,), to=small.STAYED, by=(small.APPLICANT,), may_take=("files",),
    told_by="files", article="第三十九条第一款第一项",
)  # fmt: skip
annulled = Step(
    name="annulled", label="上级撤销原行为", at=(small.ACCEPTED,), to=small.CLOSED, by=(CASE_OFFICER,),
    takes=("reasons",), told_by="reasons",
)  # fmt: skip
asking = Clock(
    name="asking", label="询问承受人", period=Period(small.LAW, "审查受理"), after=Done((died,), learned=True),
    until=(small.resume,), bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未询问", article="第三十九条"),
)  # fmt: skip
since_death = replace(asking, name="since_death", label="自死亡起", after=Done((died,)))
trial = replace(
    small.trial,
    pauses=(*small.trial.pauses, Pause(begin=died, end=(small.resume,), kind=PauseKind.STAYS, article="第三十九条")),
)
OUTSIDE = replace(
    small.SMALL,
    steps=(*small.SMALL.steps, died, annulled),
    clocks=(*(trial if clock is small.trial else clock for clock in small.SMALL.clocks), asking, since_death),
)


def catalogue() -> Registry:
    return Registry([replace(small.ROOM, procedures=(OUTSIDE, small.FOLLOW))], ENV.library)


@pytest.fixture
def house(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    made = catalogue()
    monkeypatch.setattr(access, "registry", lambda: made)
    return home


def body_of(home: House, case: int) -> str:
    with home.session(None):
        stream = models.Case.objects.get(pk=case).stream_id
        return models.Event.objects.filter(stream_id=stream).get(step="died").body


def tell(home: House, case: int, happened: str, learned: str | None, step: str = "died", **values: Any) -> None:
    known = date.fromisoformat(learned) if learned else None
    home.do("officer", case, step, values, day=date.fromisoformat(happened), learned=known)


def test_both_days_are_kept_and_each_counts_for_its_own(house: House) -> None:
    case = accepted(house)
    house.day = date(2024, 3, 20)
    tell(house, case, "2024-03-05", "2024-03-18")
    found = clocks(house, case)
    assert found["asking"].start == date(2024, 3, 18)  # what starts with knowledge
    assert found["asking"].due == date(2024, 3, 25)
    assert found["asking"].data["by"] == "知悉“申请人死亡”"
    assert found["since_death"].start == date(2024, 3, 5)  # what starts with the thing itself
    assert found["trial"].data["pauses"][0]["begin"] == "2024-03-05"
    with house.session(None):
        done = models.Case.objects.get(pk=case).done["died"]
    assert done == [{"day": "2024-03-05", "by": house.people["officer"], "learned": "2024-03-18"}]
    assert '"learned":"2024-03-18"' in body_of(house, case)  # openly in the hashed body of the event
    with house.session(None):
        loaded = acts.store.look(case)
        assert loaded is not None
        assert acts.store.refold(loaded).done == loaded.case.done


def test_learned_at_once_unless_said_otherwise(house: House) -> None:
    case = accepted(house)
    house.day = date(2024, 3, 6)
    tell(house, case, "2024-03-05", None)
    assert clocks(house, case)["asking"].start == date(2024, 3, 5)


@pytest.mark.parametrize("learned", ["2024-03-04", "2024-03-21"])
def test_it_is_learned_between_its_own_day_and_today(house: House, learned: str) -> None:
    case = accepted(house)
    house.day = date(2024, 3, 20)
    with pytest.raises(BadInput, match="知悉日期应当在发生日期（2024-03-05）当日或者之后"):
        tell(house, case, "2024-03-05", learned)


def test_other_steps_have_no_such_day(house: House) -> None:
    case = accepted(house)
    with pytest.raises(BadInput, match="不是外部发生的事"):
        house.do("head", case, "stay", learned=house.day)


def test_what_was_done_in_ignorance_stands(house: House) -> None:
    """The death of the 5th is learned on the 18th; a stay and a resumption in between need not be taken back."""
    case = accepted(house)
    house.day = date(2024, 3, 8)
    house.do("head", case, "stay")
    house.day = date(2024, 3, 12)
    house.do("officer", case, "resume")
    house.day = date(2024, 3, 20)
    with pytest.raises(GatesUnmet, match="2024-03-12已经办理“恢复”"):
        tell(house, case, "2024-03-05", "2024-03-11")
    tell(house, case, "2024-03-05", "2024-03-18")
    with pytest.raises(GatesUnmet, match="2024-03-18已经办理“申请人死亡”"):  # it moved the case when it was known
        house.do("officer", case, "resume", day=date(2024, 3, 10))
    house.do("officer", case, "resume", day=date(2024, 3, 19))


def test_a_breach_on_record_gives_way_to_what_happened_before_it(house: House) -> None:
    case = accepted(house)
    house.day = date(2024, 5, 6)
    assert lapse(house) == 1
    tell(house, case, "2024-04-29", "2024-05-06", step="annulled", reasons="某市政府决定书")
    row = clocks(house, case)["trial"]
    assert (row.lapsed, row.stopped, row.data["void"]) == (None, date(2024, 4, 29), True)
    assert row.data["overtaken"]["by"] == "上级撤销原行为"


def test_a_stay_that_is_entered_late_clears_nobody(house: House) -> None:
    case = accepted(house)
    house.day = date(2024, 5, 6)
    lapse(house)
    for step in ("stay", "extend"):
        with pytest.raises(GatesUnmet, match="不能由补录自行改为按期"):
            house.do("head", case, step, day=date(2024, 4, 29))
    tell(house, case, "2024-04-29", "2024-05-06")  # the death is no word of our own
    assert clocks(house, case)["trial"].lapsed is None


def test_on_the_stage_it_is_learned_on_the_day_that_time_has_reached() -> None:
    stage = Stage(OUTSIDE, ENV, date(2024, 3, 1))
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 3},
    ]
    values = {"known_on": "2024-02-20", "story": "某事", "parties": parties, "items": [{"wish": "撤销"}]}
    stage.perform(small.apply, date(2024, 3, 1), values)
    stage.perform(small.accept, date(2024, 3, 1), {})
    stage.pass_time(date(2024, 3, 18))
    stage.perform(died, date(2024, 3, 5), {})
    assert stage.case.table("clock")["asking"]["start"] == "2024-03-18"
    assert stage.day == date(2024, 3, 18)


# ---------------------------------------------------------------- declared and told


def judged(**more: Any) -> str:
    with pytest.raises(DeclarationError) as fault:
        judge(replace(OUTSIDE, **more), ENV.library, small.ROOM.folder / "documents")
    return str(fault.value)


def test_the_declaration_is_judged() -> None:
    judge(OUTSIDE, ENV.library, small.ROOM.folder / "documents")
    unknown = replace(died, told_by="secret")
    clocks_ = tuple(clock for clock in OUTSIDE.clocks if clock not in (asking, since_death, trial))
    others = tuple(step for step in OUTSIDE.steps if step is not died)
    assert "由 secret 得知，但表单不填写这一内容" in judged(steps=(*others, unknown), clocks=clocks_)
    inside = replace(asking, after=Done((small.stay,), learned=True))
    assert "没有写明由哪份文书得知" in judged(clocks=(*OUTSIDE.clocks, replace(inside, name="inside", label="内部")))
    issuing = replace(annulled, name="issuing", label="外部制作", issues=(small.notice,))
    assert "发生在外部（told_by），不能立案、呈批、制作本机关的文书" in judged(steps=(*OUTSIDE.steps, issuing))


def test_a_paper_of_somebody_outside_is_kept_with_its_own_day() -> None:
    """It may be made by what happened outside, is served as of its own day, and is never our own paper."""
    sheet = replace(small.notice, name="theirs", label="外来文书", series=None, publish=False, of=small.APPLICANT)
    told = replace(annulled, issues=(sheet,))
    steps_ = tuple(told if step is annulled else step for step in OUTSIDE.steps)
    refused = judged(
        steps=tuple(replace(step, issues=(replace(sheet, series="外"),)) if step is told else step for step in steps_)
    )
    assert "《外来文书》是外来文书，不能有本机关的文号" in refused
    stranger = replace(sheet, of=replace(small.APPLICANT, name="stranger", label="案外人"))
    assert "来文者应当是当事人" in judged(
        steps=tuple(replace(step, issues=(stranger,)) if step is told else step for step in steps_)
    )


def test_it_may_lie_before_the_case_but_is_learned_in_it(house: House) -> None:
    case = accepted(house)
    house.day = date(2024, 3, 20)
    with pytest.raises(BadInput, match="不能早于收件立卷的日期"):
        tell(house, case, "2024-01-05", "2024-01-06")
    tell(house, case, "2024-01-05", "2024-03-18")
    assert clocks(house, case)["since_death"].start == date(2024, 1, 5)


def test_the_procedure_tells_it_in_words() -> None:
    told = {row.label: "；".join(row.details) for row in (*steps(OUTSIDE), *periods(OUTSIDE, ENV.library))}
    assert "另填知悉日期" in told["申请人死亡"]
    assert "知悉“申请人死亡”之日" in told["询问承受人"]
    assert "另填知悉日期" not in told["中止"]
