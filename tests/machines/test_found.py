"""What the machines found, each once more by hand on the small procedure of the kernel's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fadu.common import standing
from fadu.kernel import timekeeping
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import reckon_all
from fadu.rules.errors import BadInput, GatesUnmet
from fadu.rules.procedure import CASE_OFFICER, SUPERVISOR, Procedure, Step
from tests.kernel import small
from tests.machines.history import ENV

DAY = date(2024, 3, 4)


@pytest.fixture
def stage() -> Stage:
    return accepted(small.SMALL)


def accepted(procedure: Procedure) -> Stage:
    """A small case that was accepted: a receipt for the applicant, a copy for the respondent."""
    stage = Stage(procedure, ENV, DAY)
    parties = [
        {"role": "applicant", "name": "王某", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 2},
    ]
    form = {"known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}]}
    stage.perform(small.apply, DAY, form)
    stage.perform(small.accept, DAY, {})
    return stage


def serve(stage: Stage, paper: str, party: str, *, arrived: bool = True) -> int:
    """Registers a service and returns its position."""
    day = stage.day.isoformat()
    form = {"paper": paper, "party": party, "method": "post", "sent_on": day, "proof": "邮单号"}
    stage.perform(standing.serve, stage.day, form | {"received_on": day if arrived else None})
    return len(stage.record)


def take_back(stage: Stage, position: int) -> None:
    form = {"position": position, "reason": "误办", "article": "第一条"}
    stage.perform(standing.reverse, stage.day, form, by=SUPERVISOR)


def do(stage: Stage, step: Step, **form: Any) -> None:
    stage.perform(step, stage.day, form)


def test_a_service_is_not_taken_back_under_the_reply_that_answered_it(stage: Stage) -> None:
    """Otherwise half a period would be left over: its answer without its beginning."""
    served = serve(stage, "copy-1", "respondent-1")
    do(stage, small.reply)
    with pytest.raises(GatesUnmet, match="此后已办理“提出答复”"):
        take_back(stage, served)
    assert stage.case.table("clock")["reply"]["stopped"] == DAY.isoformat()


def test_once_the_later_act_is_taken_back_the_earlier_one_can_be(stage: Stage) -> None:
    served = serve(stage, "copy-1", "respondent-1", arrived=False)
    do(stage, standing.receive, service="copy-1-1", received_on=DAY.isoformat(), proof="回执")
    with pytest.raises(GatesUnmet, match="此后已办理“登记签收”"):
        take_back(stage, served)
    take_back(stage, len(stage.record))
    take_back(stage, served)
    assert not stage.case.table("service")
    assert "reply" not in stage.case.table("clock")


def test_after_a_service_was_taken_back_the_next_one_overwrites_none(stage: Stage) -> None:
    """Two on their way; the first is taken back; the third gets a number of its own."""
    first = serve(stage, "copy-1", "respondent-1", arrived=False)
    serve(stage, "copy-1", "respondent-1", arrived=False)
    take_back(stage, first)
    serve(stage, "copy-1", "respondent-1")
    assert set(stage.case.table("service")) == {"copy-1-2", "copy-1-3"}


def test_what_ran_out_while_an_act_stood_that_is_taken_back_takes_its_effect(stage: Stage) -> None:
    """As in the house: the screening is over since long when its answer turns out to be none."""
    stage.pass_time(DAY + timedelta(days=60))
    take_back(stage, 2)
    assert stage.case.state == "accepted"
    assert stage.case.table("clock")["screen"]["lapsed"]["effect"] == "deems"


def test_the_same_paper_reaching_the_same_party_again_starts_nothing(stage: Stage) -> None:
    """The first effective service counts; a second one gives no second period."""
    serve(stage, "copy-1", "respondent-1")
    do(stage, small.reply)
    stage.pass_time(DAY + timedelta(days=3))
    serve(stage, "copy-1", "respondent-1")
    assert len(stage.case.of("clock", name="reply")) == 1
    assert reckon_all(stage.case, ENV)["reply"].running.start == DAY


def test_only_what_may_be_made_public_is_published(stage: Stage) -> None:
    for paper in ("receipt-1", "no-such-paper"):
        with pytest.raises(BadInput, match="可以向社会公开的文书"):
            do(stage, small.publish, paper=paper, place="网站")


UNFIT: list[tuple[str, Any, str]] = [
    ("story", "前\x00后", "无法保存的字符"),
    ("story", "\ud800", "无法保存的字符"),
    ("worth", str(10**20), "数字过大"),
    ("pages", 10**30, "数字过大"),
    ("known_on", "9999-12-31", "年之间"),
    ("known_on", "0001-01-01", "年之间"),
    ("parties", ["王某"], "应当是一组内容"),
    ("items", "撤销", "应当是一组内容"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), UNFIT, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(UNFIT)])
def test_what_cannot_be_kept_is_refused_at_its_field(name: str, value: Any, sentence: str) -> None:
    """Not an error of the database or of the calendar, but a sentence at the field."""
    form = {"known_on": "2024-02-20", "story": "略", "parties": [], "items": [{"wish": "撤销"}]} | {name: value}
    with pytest.raises(BadInput, match=sentence) as refused:
        Stage(small.SMALL, ENV, DAY).perform(small.apply, DAY, form)
    assert list(refused.value.fields) == [name]


def test_items_entered_later_overwrite_none() -> None:
    more = Step(name="more", label="增加请求", at=(small.ACCEPTED,), by=(CASE_OFFICER,), items=True)
    stage = accepted(replace(small.SMALL, steps=(*small.SMALL.steps, more)))
    do(stage, more, items=[{"wish": "另一项"}])
    wishes = {key: row["facts"]["wish"] for key, row in stage.case.table("item").items()}
    assert wishes == {"wish-1": "撤销", "wish-2": "另一项"}


def test_an_act_that_a_later_act_was_conditional_on_is_not_taken_back_under_it(stage: Stage) -> None:
    """The decision asked for a reply; without one it would stand on nothing."""
    do(stage, small.reply)
    replied = len(stage.record)
    do(stage, small.decide, reasons="有理", answer="grant", outcomes={"wish-1": "grant"})
    decided = stage.position_of("作出决定")
    assert decided is not None
    with pytest.raises(GatesUnmet, match="此后已办理“作出决定”"):
        take_back(stage, replied)
    take_back(stage, decided)
    take_back(stage, replied)
    assert "reply" not in stage.case.done


def test_in_a_case_that_is_over_a_duty_that_turns_out_unanswered_ended_with_it() -> None:
    """The answer is taken back after the end: the period does not run on in a closed case."""
    free = {step.name: replace(step, gates=()) for step in small.SMALL.steps if step in (small.decide, small.archive)}
    stage = accepted(replace(small.SMALL, steps=tuple(free.get(step.name, step) for step in small.SMALL.steps)))
    serve(stage, "copy-1", "respondent-1")
    do(stage, small.reply)
    replied = len(stage.record)
    do(stage, free["decide"], reasons="有理", answer="grant", outcomes={"wish-1": "grant"})
    do(stage, free["archive"])
    assert stage.case.closed
    take_back(stage, replied)
    row = stage.case.table("clock")["reply"]
    assert (row["stopped"], row["void"]) == (stage.case.closed, True)


def test_a_period_whose_lapse_was_deemed_is_not_ended_once_more_with_the_case() -> None:
    """It took its effect on its last day; a day of ending would say that it was left unanswered."""
    stage = Stage(small.SMALL, ENV, DAY)
    row = {"name": "screen", "stopped": None, "lapsed": {"effect": "deems", "day": "2024-03-11"}}
    stage.case.rows["clock"] = {"screen": row, "trial": {"name": "trial", "stopped": None, "lapsed": None}}
    ended = list(timekeeping.stop_the_rest(stage.case, small.SMALL, DAY))
    assert [operation["key"] for operation in ended] == ["trial"]
