"""Who acts for a party, in the house itself: rows, limits, power, consent, service, taking back, destruction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fadu.kernel import documents, models, store
from fadu.rules.errors import BadInput, GatesUnmet
from tests.kernel import small
from tests.kernel.conftest import House
from tests.kernel.test_time import clocks, serve

LAWYER = {
    "kind": "lawyer", "parties": ["applicant-1"], "name": "周某", "mandate": "general", "since": "2024-03-01",
    "proof": "授权委托书",
}  # fmt: skip
CHOSEN = {
    "kind": "representative", "parties": ["applicant-2", "applicant-3"], "person": "applicant-1", "since": "2024-03-01",
    "proof": "推选书",
}  # fmt: skip


def of_many(home: House, count: int) -> int:
    people = [{"role": "applicant", "name": f"申请人{number}", "kind": "person"} for number in range(1, count + 1)]
    respondent = {"role": "respondent", "name": "某局", "kind": "organ", "organ": home.organs["respondent"]}
    return home.open(parties=[*people, respondent]).case


def named(home: House, case: int, **more: Any) -> str:
    home.do("officer", case, "name_agent", LAWYER | more)
    with home.session(None):
        return str(models.Agent.objects.filter(case_id=case).order_by("-order")[0].key)


def same_when_folded(home: House, case: int) -> bool:
    with home.session(None):
        loaded = store.load(case, None, None)
        return loaded is not None and store.refold(loaded) == loaded.case


def test_an_agent_is_a_row_with_power_and_days(home: House) -> None:
    case = home.open().case
    key = named(home, case, mandate="special", acts=["withdraw"], until="2024-03-31")
    home.day = date(2024, 3, 5)
    home.do("officer", case, "end_agent", {"agent": key, "reason": "解除委托"})
    with home.session("officer"):
        row = models.Agent.objects.get(case_id=case)
    assert (row.kind, row.name, row.since, row.until) == ("lawyer", "周某", date(2024, 3, 1), date(2024, 3, 31))
    assert (row.before, row.data["acts"], row.data["parties"]) == (home.day, ["withdraw"], ["applicant-1"])
    assert same_when_folded(home, case)
    with home.session("stranger"):
        assert not models.Agent.objects.exists()


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"parties": []}, "parties", "没有选择"),
        ({"parties": ["applicant-9"]}, "parties", "请选择本案现有的当事人"),
        ({"parties": ["respondent-1"]}, "parties", "可以有代理人的是申请人"),
        ({"name": ""}, "name", "没有填写姓名"),
        ({"mandate": None}, "mandate", "应当载明权限"),
        ({"kind": "statutory"}, "mandate", "不是受委托的"),
        ({"mandate": "special"}, "acts", "逐项写明"),
        ({"acts": ["withdraw"]}, "acts", "只有特别授权"),
        ({"person": "applicant-1"}, "person", "只有代表人从当事人中选择"),
        ({"since": "2024-03-02"}, "since", "不能晚于登记的日期"),
        ({"until": "2024-02-29"}, "until", "不能早于开始日期"),
        ({"proof": ""}, "proof", "没有填写"),
    ],
)
def test_an_entry_that_does_not_hold_is_refused_by_field(
    home: House, more: dict[str, Any], field: str, told: str
) -> None:
    case = home.open().case
    with pytest.raises(BadInput, match=told) as refusal:
        home.do("officer", case, "name_agent", LAWYER | more)
    assert field in refusal.value.fields


def test_the_law_limits_agents_at_one_time(home: House) -> None:
    case = home.open().case
    named(home, case, until="2024-03-01")
    second = named(home, case, name="吴某")
    with pytest.raises(BadInput, match="已经委托周某、吴某，可以委托的代理人为1至2人（《行政复议法》第十七条第一款）"):
        named(home, case, name="郑某")
    named(home, case, kind="statutory", mandate=None, name="父亲")
    home.day = date(2024, 3, 2)
    named(home, case, name="郑某", since="2024-03-02")
    home.do("officer", case, "end_agent", {"agent": second, "reason": "解除委托"})
    with pytest.raises(BadInput, match="请选择本案现在的代理人"):
        home.do("officer", case, "end_agent", {"agent": second, "reason": "解除委托"})
    named(home, case, name="王某", since="2024-03-02")
    assert same_when_folded(home, case)


def test_what_is_the_partys_own_needs_a_power_that_names_it(home: House) -> None:
    case = home.open().case
    general = named(home, case)
    special = named(home, case, name="吴某", mandate="special", acts=["withdraw"], until="2024-03-10")
    home.do("officer", case, "accept")
    with pytest.raises(GatesUnmet, match="律师周某（一般授权）没有“撤回申请（撤诉）”的特别授权（第十七条第二款）"):
        home.do("officer", case, "withdraw", {"through": [general]})
    with pytest.raises(BadInput, match="请选择本案的代理人"):
        home.do("officer", case, "withdraw", {"through": ["agent-9"]})
    with pytest.raises(BadInput, match="不是由当事人办理的"):
        home.do("head", case, "stay", {"through": [special]})
    with pytest.raises(GatesUnmet, match="不是被申请人的代理人"):
        home.do("officer", case, "reply", {"through": [special]})
    home.day = date(2024, 3, 11)
    with pytest.raises(GatesUnmet, match="2024-03-10已经届满"):
        home.do("officer", case, "withdraw", {"through": [special]})
    home.do("officer", case, "withdraw", {"through": [special]}, day=date(2024, 3, 10))
    with home.session(None):
        done = models.Case.objects.get(pk=case).done["withdraw"]
    assert done[0]["through"] == [special]
    with pytest.raises(GatesUnmet, match="撤回"):  # what was done through him stands on the entry
        home.do("head", case, "reverse", {"position": 3, "reason": "误记", "article": "第一条"})


def test_numerous_parties_choose_representatives_with_the_consent_of_the_others(home: House) -> None:
    few = of_many(home, 5)
    with pytest.raises(GatesUnmet, match="现有5人，6人以上的才推选代表人（《行政复议法实施条例》第八条）"):
        home.do("officer", few, "name_agent", CHOSEN)
    case = of_many(home, 7)
    with pytest.raises(BadInput, match="从同一方当事人中推选"):
        home.do("officer", case, "name_agent", CHOSEN | {"parties": ["respondent-1"]})
    for number in range(1, 6):
        home.do("officer", case, "name_agent", CHOSEN | {"person": f"applicant-{number}", "parties": ["applicant-7"]})
    with pytest.raises(BadInput, match="代表人为1至5人，已经满员"):
        home.do("officer", case, "name_agent", CHOSEN | {"person": "applicant-6", "parties": ["applicant-7"]})
    home.do("officer", case, "accept")
    with pytest.raises(GatesUnmet, match="应当经被代表的当事人同意（第十五条第二款）"):
        home.do("officer", case, "withdraw", {"through": ["agent-1"]})
    home.do("officer", case, "withdraw", {"through": ["agent-1"], "consent": "同意书"})
    assert same_when_folded(home, case)


def test_a_paper_taken_by_a_representative_has_reached_all_of_them(home: House) -> None:
    case = of_many(home, 6)
    home.do("officer", case, "name_agent", CHOSEN)
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    serve(home, case, "decision-1", "applicant-3", "2024-03-01", taker="agent-1", method="post", received_on=None)
    assert not any(key.startswith("sue:") for key in clocks(home, case))
    home.day = date(2024, 3, 5)
    home.do("officer", case, "receive", {"service": "decision-1-1", "received_on": "2024-03-05", "proof": "邮单"})
    found = clocks(home, case)
    assert {key for key in found if key.startswith("sue:")} == {f"sue:applicant-{number}" for number in (1, 2, 3)}
    assert found["sue:applicant-2"].start == date(2024, 3, 5)
    with pytest.raises(BadInput, match="不是受送达人的代理人、代表人"):
        serve(home, case, "decision-1", "applicant-4", "2024-03-05", taker="agent-1")
    assert same_when_folded(home, case)


def test_who_receives_by_electronic_means_has_consented_himself(home: House) -> None:
    case = home.open().case
    deaf, reached = named(home, case), named(home, case, name="吴某", e_service=True, e_address="x@y")
    home.do("officer", case, "accept")
    way = {"method": "electronic", "taker": deaf}
    with pytest.raises(BadInput, match="代收人没有同意电子送达，不能采用该方式（《民事诉讼法》第九十条）"):
        serve(home, case, "receipt-1", "applicant-1", "2024-03-01", **way)
    serve(home, case, "receipt-1", "applicant-1", "2024-03-01", **way | {"taker": reached})
    with home.session(None):
        row = models.Service.objects.get(case_id=case)
    assert (row.party, row.data["taker"], row.effective) == ("applicant-1", reached, date(2024, 3, 1))


def test_with_the_party_his_agent_goes(home: House) -> None:
    case = of_many(home, 6)
    home.do("officer", case, "name_agent", CHOSEN)
    alone, both = named(home, case), named(home, case, name="吴某", parties=["applicant-1", "applicant-2"])
    left = {"change": "leaves", "party": "applicant-1", "reason": "退出", "article": "第十四条"}
    home.do("officer", case, "change_party", left)
    with home.session(None):
        ended = {row.key: row.before for row in models.Agent.objects.filter(case_id=case)}
    assert ended == {"agent-1": home.day, alone: home.day, both: None}


def test_papers_name_agents_and_the_public_does_not_see_them(home: House) -> None:
    case = home.open().case
    named(home, case, address="律所路9号")
    with home.session(None) as s:
        loaded = store.load(case, None, None)
        assert loaded is not None
        variables = documents.context(
            loaded.case, small.SMALL, s.env, number=None, organ="某区", body="某局", day=home.day
        )
        text = documents.masked("周某住律所路9号", loaded.case, small.SMALL)
    [party] = variables["party"]("applicant")
    assert party["agents"] == [{"name": "周某", "as": "委托代理人"}]
    assert text == "（略）住（略）"
