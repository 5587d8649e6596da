"""修法演练 and what rests on an article: another length touches cases, papers, examples, and changes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from fadu.kernel import access, law_rehearsal, models
from fadu.kernel.amount_rehearsal import Sum, weighed
from fadu.kernel.law_rehearsal import Proposal
from fadu.rules.gates import within_amount
from fadu.rules.law import BadLawFile, NotInForce, Unit, load_library
from fadu.rules.registry import Registry, registry
from fadu.rules.resting import articles
from tests.kernel import small
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of
from tests.web.test_lists import many, queries

LAW = "/law/administrative_reconsideration_law/"
PAGE = f"{LAW}rehearsal/"


def trial(home: House) -> models.Clock:
    """A case under way whose trial runs."""
    case = home.open().case
    home.do("officer", case, "accept")
    with home.session(None):
        return models.Clock.objects.get(case_id=case, name="trial")


def asked(clock: models.Clock, amount: int, /, **more: str) -> str:
    said = {"period": clock.data["period"], "amount": str(amount), "unit": "day", "since": "2024-02-01"} | more
    return f"{PAGE}?" + "&".join(f"{name}={value}" for name, value in said.items())


def test_running_periods_move_and_nothing_is_changed(home: House, sign_in: Entry) -> None:
    clock = trial(home)
    client = sign_in("officer")
    with home.session(None):
        events, due = models.Event.objects.count(), clock.due
    page = text_of(client.get(asked(clock, 30)))
    assert "<dt>到期日会变动的期限</dt><dd>1</dd>" in page
    assert "30日" in page
    assert "某政申〔2024〕1号" in page
    with home.session(None):
        assert models.Event.objects.count() == events
        assert models.Clock.objects.get(case_id=clock.case_id, name="trial").due == due


def test_what_runs_already_stays_unless_asked_otherwise(home: House, sign_in: Entry) -> None:
    clock = trial(home)
    client = sign_in("officer")
    later = {"since": "2024-06-01"}
    page = text_of(client.get(asked(clock, 30, **later)))
    assert "<dt>到期日会变动的期限</dt><dd>0</dd>" in page
    assert "<dt>正在计算、不变动的期限</dt><dd>1</dd>" in page
    page = text_of(client.get(asked(clock, 30, under_way="1", **later)))
    assert "<dt>到期日会变动的期限</dt><dd>1</dd>" in page
    assert "小程序" in page


def test_only_seen_cases_are_told_and_few_questions_asked(home: House, sign_in: Entry) -> None:
    clock = trial(home)
    assert "<dt>到期日会变动的期限</dt><dd>0</dd>" in text_of(sign_in("stranger").get(asked(clock, 30)))
    client = sign_in("officer")
    few = queries(client, asked(clock, 30))
    list(many(home, 30))
    assert queries(client, asked(clock, 30)) == few <= 20


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "0"}, "新的长度应当是"),
        ({"unit": "week"}, "请选择单位"),
        ({"since": "2024-02-30"}, "不是有效的日期"),
        ({"since": ""}, "请填写施行日期"),
        ({"period": "没有"}, "请选择期限"),
        ({"since": "1990-01-01"}, "才有规定"),
    ],
)
def test_what_cannot_be_rehearsed_is_told(home: House, sign_in: Entry, wrong: dict[str, str], said: str) -> None:
    response = sign_in("officer").get(asked(trial(home), 30, **wrong))
    assert response.status_code == 422
    assert said in text_of(response)


def test_examples_and_papers_of_real_procedures(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "registry", registry)
    with home.session("officer") as s:
        law = s.env.library.statute("政府信息公开条例")
        assert law.periods
        found = law_rehearsal.touched(
            s, Proposal(s.env.library.statute("行政复议法"), "答复举证", 3, Unit.WORKDAY, date(2024, 3, 1))
        )
    assert (found.before, found.after) == ("10个工作日", "3个工作日")
    assert found.uses
    assert all(use.open == 0 for use in found.uses)
    assert found.examples


def test_another_amount_judges_cases_and_examples_otherwise(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = within_amount(
        "worth", "行政复议法", "简易程序款额", "标的太大", "《行政复议法》第五十三条", when=("story", "某日某事")
    )
    meet = replace(small.deliberate, gates=(gate,))
    text = replace(small.SMALL, steps=tuple(meet if step == small.deliberate else step for step in small.SMALL.steps))
    made = Registry([replace(small.ROOM, procedures=(text, small.FOLLOW))], load_library())
    monkeypatch.setattr(access, "registry", lambda: made)
    cases = [home.open(worth=worth).case for worth in ("2999.99", "3000.00", "3000.01")]
    home.open()
    home.open(worth="9.00", story="别的事")
    asked = f"{PAGE}?name=简易程序款额&yuan=2999&since=2024-03-15"
    client = sign_in("officer")
    page = text_of(client.get(asked))
    assert "不超过3,000元 → 不超过2,999元" in page
    told = re.findall(r'<a href="/cases/(\d+)/">[^<]*</a></td><td data-label="步骤">合议</td><td[^>]*>(.{4})<', page)
    assert told == [(str(case), "不能办理") for case in cases[:2]]
    assert "<dt>看过的在办案件</dt><dd>4</dd>" in page
    assert re.findall(">(可以办理)<", text_of(client.get(asked.replace("2999", "4000")))) == ["可以办理"]
    assert "<dt>看过的在办案件</dt><dd>0</dd>" in text_of(sign_in("stranger").get(asked))
    for wrong, said in (
        ("yuan=0", "新的金额应当是"),
        ("name=没有", "请选择金额"),
        ("since=2024-02-30", "不是有效的日期"),
    ):
        refused = client.get(f"{asked}&{wrong}")
        assert (refused.status_code, said in text_of(refused)) == (422, True)


def test_examples_under_another_amount(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "registry", registry)
    with home.session("officer") as s:
        law = s.env.library.statute("行政复议法")
        found = weighed(s, Sum(law, "简易程序款额", 100_000, date(2025, 1, 1)))
        same = weighed(s, Sum(law, "简易程序款额", 300_000, date(2025, 1, 1)))
    assert [use.step.label for use in found.uses] == ["适用简易程序"]
    assert [one.file for one in found.examples] == ["simple_small_amount.yaml"]
    assert same.examples == []


def test_a_library_with_another_amount() -> None:
    library = load_library()
    changed = library.with_amount("行政复议法", "简易程序款额", 500_000, date(2025, 1, 1))
    days = (date(2024, 12, 31), date(2025, 1, 1))
    assert [changed.amount("行政复议法", "简易程序款额", day).at_most for day in days] == [300_000, 500_000]
    assert library.amount("行政复议法", "简易程序款额", days[1]).at_most == 300_000
    with pytest.raises(NotInForce):
        library.with_amount("行政复议法", "简易程序款额", 500_000, date(2020, 1, 1))


def test_a_library_with_another_value() -> None:
    library = load_library()
    changed = library.with_value("行政复议法", "答复举证", 3, Unit.DAY, date(2025, 1, 1))
    told = [changed.period("行政复议法", "答复举证", day).amount for day in (date(2024, 6, 1), date(2025, 1, 1))]
    assert told == [10, 3]
    assert library.period("行政复议法", "答复举证", date(2025, 1, 1)).amount == 10
    assert changed.digest() != library.digest()
    with pytest.raises(BadLawFile, match="不是一段时间的长度"):
        library.with_value("行政执法监督条例", "督办函反馈", 3, Unit.DAY, date(2026, 3, 1))


def test_what_rests_on_an_article(home: House, sign_in: Entry) -> None:
    found = articles(registry(), load_library(), "行政复议法")
    kinds = {one.kind for one in found["第三十条"]}
    assert {"步骤", "期限"} <= kinds
    numbers = list(found)
    assert numbers.index("第九条") < numbers.index("第十一条") < numbers.index("第三十条")
    page = text_of(sign_in("officer").get(LAW))
    assert "依据各条的步骤、条件和期限" in page
    assert f'href="{PAGE}"' in page
