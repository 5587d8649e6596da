"""修法演练 and what rests on an article: another length touches cases, papers, examples, and changes nothing."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client

from fadu.kernel import access, law_rehearsal, models
from fadu.kernel.law_rehearsal import Length, Proposal, Sum
from fadu.rules.gates import within_amount
from fadu.rules.law import BadLawFile, NotInForce, Unit, load_library
from fadu.rules.registry import Registry, registry
from fadu.rules.resting import articles
from fadu.web.workbench import rehearsals
from tests.kernel import small
from tests.kernel.conftest import House
from tests.kernel.test_agents import LAWYER
from tests.web.conftest import Entry, text_of
from tests.web.test_lists import queries

LAW = "/law/administrative_reconsideration_law/"
PAGE = f"{LAW}rehearsal/"


def trial(home: House) -> models.Clock:
    """A case under way whose trial runs."""
    case = home.open().case
    home.do("officer", case, "accept")
    with home.session(None):
        return models.Clock.objects.get(case_id=case, name="trial")


def asked(clock: models.Clock, amount: int, /, **more: str) -> dict[str, str]:
    said = {"kind": "period", "name": clock.data["period"], "amount": str(amount), "unit": "day", "since": "2024-02-01"}
    return said | more


def sent(client: Client, said: dict[str, str]) -> str:
    """The address of the rehearsal to which the form has led."""
    answer = client.post(PAGE, said)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def told(client: Client, said: dict[str, str]) -> str:
    return text_of(client.get(sent(client, said)))


def counted(page: str, what: str) -> int:
    found = re.search(f"<dt>{what}</dt><dd>(\\d+)</dd>", page)
    assert found, page
    return int(found[1])


def test_running_periods_move_and_nothing_is_changed(home: House, sign_in: Entry) -> None:
    clock = trial(home)
    client = sign_in("officer")
    with home.session(None):
        events, due = models.Event.objects.count(), clock.due
    page = told(client, asked(clock, 30))
    assert (counted(page, "看过的正在计算的期限"), counted(page, "其中会不同的")) == (1, 1)
    assert "30日" in page
    assert "某政申〔2024〕1号" in page
    with home.session(None):
        assert models.Event.objects.count() == events
        assert models.Clock.objects.get(case_id=clock.case_id, name="trial").due == due


def test_what_runs_already_stays_unless_asked_otherwise(home: House, sign_in: Entry) -> None:
    clock = trial(home)
    client = sign_in("officer")
    later = {"since": "2024-06-01"}
    page = told(client, asked(clock, 30, **later))
    assert (counted(page, "看过的正在计算的期限"), counted(page, "其中会不同的")) == (1, 0)
    page = told(client, asked(clock, 30, under_way="1", **later))
    assert counted(page, "其中会不同的") == 1
    assert "小程序" in page


def test_a_rehearsal_is_its_own_persons_and_tells_only_what_he_sees(home: House, sign_in: Entry) -> None:
    clock = trial(home)
    assert counted(told(sign_in("stranger"), asked(clock, 30)), "看过的正在计算的期限") == 0
    client = sign_in("officer")
    address = sent(client, asked(clock, 30))
    assert address in text_of(client.get(PAGE)), "found again where it was asked for"
    for somebody in ("stranger", "admin"):
        assert sign_in(somebody).get(address).status_code == 404
        assert sign_in(somebody).get(f"{address}1.xlsx").status_code == 404
    with home.session(None):
        models.Case.objects.filter(pk=clock.case_id).update(body=home.organs["other"], organ=home.organs["other"])
    page = text_of(client.get(address))
    assert "某政申〔2024〕1号" not in page, "what one no longer sees is no longer told"


def test_a_long_list_is_paged_and_exported_with_few_questions(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, client = trial(home), sign_in("officer")
    few = queries(client, sent(client, asked(clock, 30)))
    copied(home, clock, 120)
    address = sent(client, asked(clock, 30))
    assert queries(client, address) == few <= 20
    page = text_of(client.get(address))
    assert counted(page, "其中会不同的") == 120
    assert page.count('<td class="lead"><a href="/cases/') == 50
    assert "第 1 页，共 3 页" in page
    assert text_of(client.get(f"{address}?page=99")).count('<td class="lead"><a href="/cases/') == 20
    monkeypatch.setattr(rehearsals, "IN_A_FILE", 100)
    assert "第 101–120 项" in text_of(client.get(address))
    files = [openpyxl.load_workbook(io.BytesIO(client.get(f"{address}{part}.xlsx").content)).active for part in (1, 2)]
    rows = [row for file in files for row in file.iter_rows(min_row=5, values_only=True)]
    assert [file.max_row for file in files] == [104, 24]
    assert len({row[0] for row in rows}) == 120
    assert {row[1] for row in rows} == {clock.data["label"]}


def copied(home: House, clock: models.Clock, count: int) -> None:
    """Copies of a case with its clock, written past the door, for what only numbers show."""
    with home.session(None):
        case = models.Case.objects.get(pk=clock.case_id)
        row = models.Clock.objects.get(case_id=clock.case_id, name=clock.name)
        for number in range(count - 1):
            stream = models.Stream.objects.create(kind="case", name=f"copy-{number}", head=b"")
            case.pk, case.stream_id, case.number = None, stream.pk, f"第{number}号"
            case.save(force_insert=True)
            fields = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
            models.Clock.objects.create(**fields | {"case_id": case.pk})


def test_much_is_rehearsed_by_a_job_that_is_told_and_begins_again(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, client = trial(home), sign_in("officer")
    monkeypatch.setattr(law_rehearsal.Length, "at_once", 0)
    before = client.get("/news/count/").json()["unread"]
    address = sent(client, asked(clock, 30))
    assert sent(client, asked(clock, 30)) == address, "a double click asks once"
    assert "等待演练" in text_of(client.get(address))
    assert "等待演练" in text_of(client.get("/")), "found again where one looks first"
    assert client.get("/news/count/").json()["unread"] == before + 1
    assert client.get(f"{address}1.xlsx").status_code == 404
    number = int(address.split("/")[2])
    with access.session(None), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE lock = %s", [law_rehearsal.subject(number)])
        assert cursor.rowcount == 1
    assert "后台演练中断，没有结果" in text_of(client.get(address))
    assert "后台演练中断，没有结果" in text_of(client.get("/news/"))
    assert client.post(address)["Location"] == address
    assert "等待演练" in text_of(client.get(address))
    for _ in range(2):
        law_rehearsal.work_on_rehearsal(number, home.people["officer"])
    page = text_of(client.get(address))
    assert counted(page, "其中会不同的") == page.count('<td class="lead"><a href="/cases/') == 1, "done once"
    assert client.get("/news/count/").json()["unread"] == before, "what one has read is no news"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "0"}, "新的长度应当是"),
        ({"unit": "week"}, "请选择单位"),
        ({"since": "2024-02-30"}, "不是有效的日期"),
        ({"since": ""}, "请填写施行日期"),
        ({"name": "没有"}, "请选择期限"),
        ({"since": "1990-01-01"}, "才有规定"),
        ({"kind": "x"}, "请选择演练什么"),
        ({"kind": "amount", "yuan": "0"}, "新的金额应当是"),
        ({"kind": "amount"}, "请选择金额"),
        ({"kind": "limit"}, "请选择人数"),
        ({"kind": "limit", "name": "代表人"}, "新的人数应当是"),
        ({"kind": "limit", "name": "代表人", "at_least": "3", "at_most": "2"}, "最少的不大于最多的"),
        ({"kind": "limit", "name": "代表人", "at_least": "1", "at_most": "x"}, "新的人数应当是"),
    ],
)
def test_what_cannot_be_rehearsed_is_told(home: House, sign_in: Entry, wrong: dict[str, str], said: str) -> None:
    response = sign_in("officer").post(PAGE, asked(trial(home), 30, **wrong))
    assert response.status_code == 422
    assert said in text_of(response)


def found(s: access.Session, proposal: Proposal) -> dict[str, Any]:
    answer = law_rehearsal.ask(s, proposal).answer
    assert isinstance(answer, dict)
    return answer


def test_examples_and_papers_of_real_procedures(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "registry", registry)
    with home.session("officer") as s:
        length = Length(s.env.library.statute("行政复议法"), "答复举证", date(2024, 3, 1), 3, "workday")
        row = law_rehearsal.ask(s, length)
    assert (row.before, row.after) == ("10个工作日", "3个工作日")
    assert row.answer["uses"]
    assert all(use["open"] == 0 for use in row.answer["uses"])
    assert row.answer["examples"]


def judged(page: str) -> list[tuple[str, ...]]:
    return re.findall(
        r'<a href="/cases/(\d+)/">[^<]*</a></td><td data-label="触及的">([^<]*)(?:<small>[^<]*</small>)?</td>'
        r'<td data-label="现在">([^<]*)</td><td data-label="施行之后"><strong>([^<]*)<',
        page,
    )


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
    asked = {"kind": "amount", "name": "简易程序款额", "yuan": "2999", "since": "2024-03-15"}
    client = sign_in("officer")
    page = told(client, asked)
    assert "不超过3,000元 → 不超过2,999元" in page
    assert judged(page) == [(str(case), "合议", "可以办理", "不能办理") for case in cases[:2]]
    assert counted(page, "看过的按它判断的在办案件") == 4
    assert judged(told(client, asked | {"yuan": "4000"})) == [(str(cases[2]), "合议", "不能办理", "可以办理")]
    assert counted(told(sign_in("stranger"), asked), "看过的按它判断的在办案件") == 0


def test_examples_under_another_amount(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "registry", registry)
    with home.session("officer") as s:
        law = s.env.library.statute("行政复议法")
        other = found(s, Sum(law, "简易程序款额", date(2025, 1, 1), 100_000))
        same = found(s, Sum(law, "简易程序款额", date(2025, 1, 1), 300_000))
    assert [use["about"].partition("：")[0] for use in other["uses"]] == ["适用简易程序"]
    assert [one["file"] for one in other["examples"]] == ["simple_small_amount.yaml"]
    assert same["examples"] == []


def test_another_number_of_persons_judges_cases_otherwise(home: House, sign_in: Entry) -> None:
    case = home.open().case
    for name in ("周某", "吴某"):
        home.do("officer", case, "name_agent", LAWYER | {"name": name})
    home.open()
    client, asked = sign_in("officer"), {"kind": "limit", "name": "委托代理人", "since": "2024-03-15"}
    page = told(client, asked | {"at_least": "1", "at_most": "1"})
    assert "1至2人 → 1至1人" in page
    assert judged(page) == [(str(case), "申请人的委托代理人", "符合（1至2人）", "不符合（1至1人）")]
    assert "现有2人" in page
    assert judged(told(client, asked | {"at_least": "1", "at_most": "3"})) == []
    with home.session(None):
        parties = models.Party.objects.filter(case_id=case, role="applicant").count()
    page = told(client, asked | {"name": "申请人人数众多", "at_least": str(parties), "at_most": ""})
    assert len(judged(page)) == 2


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
