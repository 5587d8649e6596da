"""The portal's acts: a draft, its code, the case it becomes, what the party does there, what he never sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from fadu.cli.house import house as cli_house
from fadu.kernel import access, acts, applications, ledger, models
from fadu.kernel.visits import VISITOR
from fadu.rules.errors import BadInput, DeclarationError, GatesUnmet, NotAllowed, NotFound, StaleForm
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import Online
from tests.kernel import small
from tests.kernel.conftest import House, application

TICKET = "a form's ticket"


def receive(home: House) -> None:
    """The bureau receives on the portal."""
    with home.session("admin") as s:
        applications.receive_at(s, "small", home.organs["bureau"])


def draft(home: House) -> models.Application:
    with access.session(VISITOR, home.now) as s:
        return applications.begin(s, applications.offer(s, "small", "apply"), home.organs["bureau"])


def sent(home: House, **values: Any) -> models.Application:
    """An application that became a case."""
    receive(home)
    made = draft(home)
    with access.session(VISITOR, home.now) as s:
        applications.send(s, made, application(home) | values)
        applications.give_code(made, TICKET)
    return made


def test_nothing_is_open_before_the_house_says_who_receives(home: House) -> None:
    with access.session(VISITOR, home.now) as s:
        assert applications.offered(s) == []
        with pytest.raises(NotFound):
            applications.offer(s, "small", "apply")
    with home.session("officer") as s, pytest.raises(NotAllowed):
        applications.receive_at(s, "small", home.organs["bureau"])
    with home.session("admin") as s, pytest.raises(BadInput, match="没有可以网上办理"):
        applications.receive_at(s, "follow", home.organs["bureau"])
    receive(home)
    with access.session(VISITOR, home.now) as s:
        assert [(one.step.name, [body.name for body in one.bodies]) for one in applications.offered(s)] == [
            ("apply", ["某区司法局"])
        ]


def test_a_draft_becomes_a_case_by_the_act_of_the_applicant(home: House) -> None:
    made = sent(home)
    with home.session("officer") as s:
        case = access.case(s, made.case_id or 0)
        event = access.events(s, case)[0]
        assert (event.actor, event.role, event.happened, case.officer) == (None, "public", home.day, None)
        assert case.body_id == home.organs["bureau"]
        assert ledger.verify(case.stream_id or 0) == 1
    assert (made.party, made.typed) == ("applicant-1", {})
    home.do("officer", made.case_id or 0, "accept")
    with home.session("officer") as s:
        assert access.case(s, made.case_id or 0).officer_id == home.people["officer"]


def test_a_visitor_sees_his_case_and_no_other(home: House) -> None:
    other, made = home.open().case, sent(home)
    with applications.visit(made, home.now) as s:
        assert [case.pk for case in access.cases(s)] == [made.case_id]
        assert access.viewer(s, home.organs["bureau"]) == "parties"
        assert models.Case.objects.count() == 1
        assert models.Event.objects.filter(stream__kind="case").count() == 1
        with pytest.raises(NotFound):
            access.case(s, other)
        with pytest.raises(NotFound):
            acts.perform(s, other, acts.Request("withdraw", {}))
    with access.session(VISITOR, home.now) as s:
        assert models.Case.objects.count() == models.Party.objects.count() == 0


def test_the_code_is_the_key_and_a_wrong_one_is_none(home: House) -> None:
    made = sent(home)
    code = applications.code_again(made, TICKET)
    assert applications.find(f" {made.number} ", code.lower().replace("-", " ")) == made
    assert applications.find(made.number, "0000-0000-0000") is None
    assert applications.find("240301-999999", code) is None
    assert applications.code_again(made, "another ticket") == ""
    before = applications.seal_of(made)
    again = applications.give_code(made, "another ticket")
    assert applications.find(made.number, code) is None
    assert applications.find(made.number, again) == made
    assert applications.seal_of(made) != before


def test_a_draft_without_a_code_is_found_by_nobody(home: House) -> None:
    receive(home)
    made = draft(home)
    assert applications.find(made.number, "") is None


def test_the_party_does_its_own_steps_and_no_others(home: House) -> None:
    made = sent(home)
    home.do("officer", made.case_id or 0, "accept")
    with applications.visit(made, home.now) as s:
        with pytest.raises(StaleForm):
            applications.perform(s, "withdraw", {}, 1)
        receipt = applications.perform(s, "withdraw", {}, 2)
        for step in ("reply", "deliberate", "decide", "serve", "reverse"):
            with pytest.raises((NotAllowed, NotFound)):
                acts.perform(s, made.case_id or 0, acts.Request(step, {}))
    assert receipt.step == "withdraw"
    with home.session("officer") as s:
        case = access.case(s, made.case_id or 0)
        assert [(event.step, event.role) for event in access.events(s, case)][-1] == ("withdraw", "public")
        assert ledger.verify(case.stream_id or 0) == 3


def test_who_left_the_case_is_led_there_no_more(home: House) -> None:
    made = sent(home)
    leaves = {"change": "leaves", "party": made.party, "reason": "退出", "article": "第十条"}
    home.do("officer", made.case_id or 0, "change_party", leaves)
    with pytest.raises(NotFound), applications.visit(made, home.now):
        pass


def test_what_is_missing_is_told_and_nothing_is_opened(home: House) -> None:
    receive(home)
    made = draft(home)
    with access.session(VISITOR, home.now) as s, pytest.raises(BadInput) as refused:
        applications.send(s, made, application(home) | {"known_on": ""})
    assert "known_on" in refused.value.fields
    for role in ("申请人", "被申请人"):
        parties = [one for one in application(home)["parties"] if (one["role"] == "applicant") is (role == "被申请人")]
        with access.session(VISITOR, home.now) as s, pytest.raises(BadInput, match=f"没有填写{role}"):
            applications.send(s, made, application(home) | {"parties": parties})
    with home.session("officer") as s:
        assert access.cases(s).count() == 0


def test_drafts_that_are_left_lying_are_thrown_away(home: House) -> None:
    receive(home)
    made = draft(home)
    home.day += timedelta(days=applications.DRAFT_DAYS + 1)
    newer = draft(home)
    with home.session(None) as s:
        applications.forget_left(s)
    with pytest.raises(NotFound):
        applications.lock(made.number)
    assert applications.lock(newer.number) == newer


def test_the_house_opens_and_closes_by_command(home: House) -> None:
    command = CliRunner()
    assert "在网上受理 small" in command.invoke(cli_house, ["receive", "small", "某区司法局"]).output
    with access.session(VISITOR) as s:
        assert [one.procedure.system for one in applications.offered(s)] == ["small"]
    assert "不再在网上受理" in command.invoke(cli_house, ["receive", "small", "某区司法局", "--lift"]).output
    with access.session(VISITOR) as s:
        assert applications.offered(s) == []


@pytest.mark.parametrize(
    ("step", "more", "said"),
    [
        ("apply", {"online": Online()}, "没有写以何种当事人的身份"),
        ("apply", {"online": Online(party=small.RESPONDENT)}, "是机关"),
        ("apply", {"online": Online(party=small.APPLICANT, without=("secret",))}, "不是它填写的内容"),
        ("apply", {"online": Online(party=small.APPLICANT, without=("story",))}, "不问必填的 story"),
        ("apply", {"online": Online(party=small.APPLICANT, says={"story": "x"})}, "应当是封闭名单中的一项"),
        ("withdraw", {"by": (small.RESPONDENT,)}, "不由“申请人”办理"),
        ("withdraw", {"issues": (small.copy,)}, "不能制作送给别人的文书"),
        ("apply", {"online": Online(party=small.APPLICANT, dated=("story",))}, "应当是案件的日期"),
        ("withdraw", {"online": Online(party=small.APPLICANT, needs=(small.RESPONDENT,))}, "不登记被申请人"),
        ("reply", {"online": Online(party=small.APPLICANT)}, "不由“申请人”办理"),
    ],
)
def test_a_declaration_that_cannot_be_open_is_refused(step: str, more: dict[str, Any], said: str) -> None:
    steps = tuple(replace(one, **more) if one.name == step else one for one in small.SMALL.steps)
    with pytest.raises(DeclarationError, match=said):
        judge(replace(small.SMALL, steps=steps), load_library(), small.ROOM.folder / "documents")


def zhao(**more: Any) -> dict[str, Any]:
    """A lawyer as the portal's form names him."""
    power = {"kind": "lawyer", "name": "赵律师", "mandate": "general", "since": "2024-02-25", "proof": "授权委托书"}
    return power | more


def two(home: House) -> list[dict[str, Any]]:
    first, respondent = application(home)["parties"]
    return [first, first | {"name": "李四"}, respondent]


def test_everybody_who_applied_comes_back_by_a_number_of_his_own(home: House) -> None:
    made = sent(home, parties=two(home), agents=[zhao()])
    with applications.visit(made, home.now):
        slips = applications.slips(made, TICKET)
        assert applications.slips(made, TICKET, again=True) == slips
        assert not any(slip.code for slip in applications.slips(made, "another ticket", again=True))
    assert [(slip.name, slip.agent) for slip in slips] == [("赵律师", True), ("张三", False), ("李四", False)]
    assert len({slip.number for slip in slips} | {slip.code for slip in slips}) == 6
    home.do("officer", made.case_id or 0, "accept")
    second = applications.find(slips[2].number, slips[2].code)
    assert second is not None
    with applications.visit(second, home.now) as s:
        assert (s.visit.party, s.visit.agent) == ("applicant-2", "")  # type: ignore[union-attr]
        assert applications.perform(s, "withdraw", {}, None).step == "withdraw"


def test_an_agent_does_what_his_power_names(home: House) -> None:
    made = sent(home, agents=[zhao()])
    home.do("officer", made.case_id or 0, "accept")
    with applications.visit(made, home.now) as s, pytest.raises(GatesUnmet, match="特别授权"):
        applications.perform(s, "withdraw", {}, None)
    special = sent(home, agents=[zhao(mandate="special", acts=["withdraw"])])
    home.do("officer", special.case_id or 0, "accept")
    with applications.visit(special, home.now) as s:
        applications.perform(s, "withdraw", {}, None)
        assert models.Case.objects.get().done["withdraw"][0]["through"] == ["agent-1"]
    home.do("officer", made.case_id or 0, "end_agent", {"agent": "agent-1", "reason": "解除委托"})
    with pytest.raises(NotFound), applications.visit(made, home.now):
        pass


def test_an_agent_is_entered_with_the_application_or_refused_at_his_field(home: House) -> None:
    agent = zhao(since="2024-03-02", parties=["applicant-1"])
    request = acts.Request("apply", application(home) | {"agents": [agent]})
    with home.session("officer") as s, pytest.raises(BadInput) as refused:
        acts.open_case(s, "small", home.organs["bureau"], request)
    assert refused.value.fields == {"agents.0.since": "开始日期不能晚于登记的日期"}
