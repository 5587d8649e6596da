"""The list: filters, order, pages, export, and a number of queries that does not grow with the cases."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from fadu.kernel import access, models
from fadu.kernel import house as acts_of_house
from fadu.rules.facts import Audience
from fadu.web.workbench import at_work, list_facts, listing, standing
from fadu.web.workbench.views import work
from tests.kernel import small
from tests.kernel.conftest import House
from tests.web.conftest import Entry, stand_still, text_of


def rows(response: object) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def cases(home: House) -> dict[str, int]:
    """Four cases: one overdue, one due soon, one with time, one closed."""
    found: dict[str, int] = {}
    home.day = date(2024, 1, 2)
    found["overdue"] = home.open(known_on="2024-01-01").case
    home.do("officer", found["overdue"], "accept")
    home.day = date(2024, 2, 26)
    found["normal"] = home.open(known_on="2024-02-20").case
    home.do("officer", found["normal"], "accept")
    home.day = date(2024, 3, 1)
    found["second"] = home.open("second", known_on="2024-02-20").case
    home.day = date(2024, 3, 6)
    stand_still(home)
    return found


def titles(client: Client, query: str) -> set[str]:
    return {row["案号"].removeprefix("某政申〔2024〕") for row in rows(client.get(f"/cases/export.csv{query}"))}


FILTERS = [
    ("", {"1号", "2号", "3号"}),
    ("?open=closed", set()),
    ("?open=all", {"1号", "2号", "3号"}),
    ("?open=nonsense", {"1号", "2号", "3号"}),
    ("?system=small", {"1号", "2号", "3号"}),
    ("?system=follow", set()),
    ("?system=none", set()),
    ("?state=small:received", {"3号"}),
    ("?state=small:accepted", {"1号", "2号"}),
    ("?state=small", {"1号", "2号", "3号"}),
    ("?light=overdue", {"1号"}),
    ("?light=soon", {"3号"}),
    ("?light=normal", {"2号"}),
    ("?light=none", set()),
    ("?since=2024-02-26", {"2号", "3号"}),
    ("?until=2024-02-26", {"1号", "2号"}),
    ("?since=2024-02-26&until=2024-02-26", {"2号"}),
    ("?q=张三", {"1号", "2号", "3号"}),
    ("?q=张三 某局", {"1号", "2号", "3号"}),
    ("?q=〔2024〕2号", {"2号"}),
    ("?q=%00李四", set()),
    ("?q=%25", set()),
    ("?officer=999999", set()),
    ("?body=x", {"1号", "2号", "3号"}),
    ("?page=99999999999999", {"1号", "2号", "3号"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_filters(cases: dict[str, int], sign_in: Entry, query: str, expected: set[str]) -> None:
    client = sign_in("officer")
    assert titles(client, query) == expected
    page = text_of(client.get(f"/cases/{query}"))
    for number in ("1号", "2号", "3号"):
        assert (f"〔2024〕{number}</a>" in page) == (number in expected)


def test_filter_by_officer_and_body(cases: dict[str, int], home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    assert titles(client, f"?officer={home.people['second']}") == {"3号"}
    assert titles(client, f"?body={home.organs['bureau']}") == {"1号", "2号", "3号"}
    assert titles(client, f"?body={home.organs['other']}") == set()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?system=small&f.known_on.from=2024-02-01", {"2号", "3号"}),
        ("?system=small&f.known_on.to=2024-02-01", {"1号"}),
        ("?system=small&f.worth.from=99.5&f.worth.to=99.5", {"1号"}),
        ("?system=small&f.worth.from=100", set()),
        ("?system=small&f.answer=grant", set()),
        ("?f.known_on.from=2024-02-01", {"1号", "2号", "3号"}),
        ("?when=due&until=2024-03-02", {"1号"}),
        ("?when=closed&since=2024-01-01", set()),
        ("?when=nonsense&since=2024-03-01", {"3号"}),
    ],
)
def test_filters_over_facts_and_days(cases: dict[str, int], sign_in: Entry, query: str, expected: set[str]) -> None:
    with access.session(None):
        models.CaseFact.objects.create(case_id=cases["overdue"], name="worth", number=9950)
    assert titles(sign_in("officer"), query) == expected


def test_an_organ_stands_for_all_below_it(cases: dict[str, int], home: House, sign_in: Entry) -> None:
    client = sign_in("mayor")
    assert titles(client, f"?body={home.organs['government']}") == {"1号", "2号", "3号"}
    assert titles(client, f"?body={home.organs['respondent']}") == set()
    assert titles(client, "?body=424242") == set()


def test_a_number_that_is_none_is_told(cases: dict[str, int], sign_in: Entry) -> None:
    response = sign_in("officer").get("/cases/?system=small&f.worth.from=许多")
    assert response.status_code == 422
    assert "“标的”应当是数字" in text_of(response)


def test_the_columns_chosen_are_those_of_page_and_files(cases: dict[str, int], sign_in: Entry) -> None:
    client, query = sign_in("officer"), "?system=small&col=state&col=fact:known_on&light=overdue"
    assert rows(client.get(f"/cases/export.csv{query}")) == [
        {"案号": "某政申〔2024〕1号", "状态": "审理中", "知道之日": "2024-01-01"}
    ]
    page = text_of(client.get(f"/cases/{query}"))
    assert '<td data-label="知道之日">2024-01-01</td>' in page
    assert '<th scope="col">标题</th>' not in page
    book = load_workbook(io.BytesIO(client.get(f"/cases/export.xlsx{query}").content)).active
    assert [[cell.value for cell in row] for row in book.iter_rows(min_row=2)] == [
        ["案号", "状态", "知道之日"],
        ["某政申〔2024〕1号", "审理中", "2024-01-01"],
    ]


def test_what_is_for_the_inside_is_neither_asked_nor_shown_of_a_case_seen_as_a_party(
    cases: dict[str, int], sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = list_facts.indexed(small.catalogue(), "small")["worth"]
    inner = replace(declared, fact=replace(declared.fact, audience=Audience.INTERNAL))
    monkeypatch.setattr(list_facts, "indexed", lambda *_: {"worth": inner})
    query = "?system=small&open=all&col=fact:worth&f.worth.from=1"
    with access.session(None):
        models.CaseFact.objects.create(case_id=cases["overdue"], name="worth", number=9950)
    assert [row["标的"] for row in rows(sign_in("officer").get(f"/cases/export.csv{query}"))] == ["99.50 元"]
    assert rows(sign_in("clerk").get(f"/cases/export.csv{query}")) == []
    unasked = query.removesuffix("&f.worth.from=1")
    assert {row["标的"] for row in rows(sign_in("clerk").get(f"/cases/export.csv{unasked}"))} == {""}


def test_a_view_is_ones_own(cases: dict[str, int], sign_in: Entry) -> None:
    client, query = sign_in("officer"), "?system=small&light=overdue&col=state"
    saved = client.post("/cases/views/", {"name": "逾期的", "query": query})
    assert saved.status_code == 302
    assert titles(client, saved["Location"].partition("/cases/")[2]) == {"1号"}
    page = text_of(client.get("/cases/"))
    number = re.search(r"/cases/views/(\d+)/delete/", page)
    assert ">逾期的</a>" in page
    assert number is not None
    other = sign_in("second")
    assert "逾期的" not in text_of(other.get("/cases/"))
    assert other.post(number[0]).status_code == 404
    assert client.post("/cases/views/", {"name": " ", "query": query}).status_code == 422
    assert client.post(number[0]).status_code == 302
    assert "逾期的" not in text_of(client.get("/cases/"))


@pytest.mark.parametrize("name", ["since", "until"])
def test_an_impossible_day_is_told(cases: dict[str, int], sign_in: Entry, name: str) -> None:
    response = sign_in("officer").get(f"/cases/?{name}=2024-02-30")
    page = text_of(response)
    assert response.status_code == 422
    assert f'id="{name}-fault"' in page
    assert "不是有效的日期" in page
    assert 'value="2024-02-30"' in page


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("due", ["1号", "3号", "2号"]),
        ("-due", ["2号", "3号", "1号"]),
        ("opened", ["1号", "2号", "3号"]),
        ("-opened", ["3号", "2号", "1号"]),
        ("number", ["1号", "2号", "3号"]),
        ("-number", ["3号", "2号", "1号"]),
        ("title", ["1号", "2号", "3号"]),
        ("nonsense", ["1号", "3号", "2号"]),
    ],
)
def test_order(cases: dict[str, int], sign_in: Entry, sort: str, expected: list[str]) -> None:
    found = rows(sign_in("officer").get(f"/cases/export.csv?sort={sort}"))
    assert [row["案号"].removeprefix("某政申〔2024〕") for row in found] == expected


def test_the_export_is_what_is_seen(cases: dict[str, int], sign_in: Entry) -> None:
    response = sign_in("officer").get("/cases/export.csv?light=overdue")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows(response) == [
        {
            "案号": "某政申〔2024〕1号",
            "标题": "张三与某局",
            "程序": "小程序",
            "状态": "审理中",
            "剩余时间": "已超 4 天",
            "到期日": "2024-03-02",
            "期限": "审理",
            "承办人": "officer某",
            "承办机构": "某区司法局",
            "立案日期": "2024-01-02",
            "办结日期": "",
        }
    ]


def test_a_cell_that_would_be_a_formula_is_text(home: House, sign_in: Entry) -> None:
    party = {"role": "applicant", "name": "=HYPERLINK(1)", "kind": "person"}
    home.open(parties=[party])
    assert rows(sign_in("officer").get("/cases/export.csv"))[0]["标题"].startswith("'=HYPERLINK")


@pytest.mark.parametrize(
    "who", ["officer", "second", "reviewer", "head", "mayor", "clerk", "stranger", "admin", "both"]
)
def test_a_list_holds_what_the_policies_let_through(home: House, who: str) -> None:
    """A list names the bodies and parties once more, for the index: never fewer cases, never more."""
    found = [home.open().case for _ in range(3)]
    person = home.people["stranger" if who == "both" else who]
    if who == "both":
        with home.session(None) as s:
            acts_of_house.assign_post(s, person, home.organs["respondent"], "party_officer", since=date(2020, 1, 1))
    with access.session(person, home.now) as s:
        seen = sorted(access.cases(s).values_list("pk", flat=True))
        assert seen == sorted(models.Case.objects.values_list("pk", flat=True))
        assert seen == ([] if who in ("stranger", "admin") else found)


# ---------------------------------------------------------------- many cases


def many(home: House, count: int) -> Iterator[models.Case]:
    """Copies of one case, written past the door, for what only numbers show."""
    first = home.open().case
    with home.session(None):
        model = models.Case.objects.get(pk=first)
        for number in range(count - 1):
            stream = models.Stream.objects.create(kind="case", name=f"copy-{number}", head=b"")
            model.pk, model.stream_id, model.number = None, stream.pk, f"第{number}号"
            model.save(force_insert=True)
            yield model


LEAD = re.compile(r'<td class="lead">.*?</td>')


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    "address",
    [
        "/cases/?q=张三&light=normal&sort=-opened",
        "/cases/",
        "/cases/export.csv",
        "/cases/?system=small&col=fact:known_on&f.known_on.from=2024-01-01",
        "/",
    ],
)
def test_the_number_of_queries_does_not_grow(home: House, sign_in: Entry, address: str) -> None:
    client = sign_in("officer")
    home.open()
    few = queries(client, address)
    list(many(home, 60))
    assert queries(client, address) == few
    assert few <= 24


def test_words_are_looked_up_once_for_the_list_and_what_an_empty_one_suggests(home: House, sign_in: Entry) -> None:
    home.open()
    client = sign_in("officer")
    with CaptureQueriesContext(connection) as found:
        page = text_of(client.get("/cases/?q=张三&light=overdue"))
    assert "没有符合条件" in page
    assert sum("fadu_few" in one["sql"] for one in found) == 1


def test_a_case_asks_the_same_however_long_its_record(home: House, sign_in: Entry) -> None:
    client, case = sign_in("officer"), home.open().case
    address = f"/cases/{case}/"
    few = queries(client, address)
    home.do("officer", case, "accept")
    for number in range(5):
        home.do("officer", case, "deliberate", {"secret": f"第{number}次意见"})
    assert queries(client, address) == few <= 18


def test_pages(home: House, sign_in: Entry) -> None:
    list(many(home, listing.PAGE_SIZE + 3))
    client = sign_in("officer")
    first = text_of(client.get("/cases/"))
    assert f"共 <strong>{listing.PAGE_SIZE + 3}</strong> 件" in first
    assert "第 1 页，共 2 页" in first
    assert 'href="?page=2"' in first
    second = text_of(client.get("/cases/?page=2"))
    assert second.count('<td class="lead">') == 3
    assert "上一页" in second
    assert text_of(client.get("/cases/?page=77")).count('<td class="lead">') == 3
    assert len(rows(client.get("/cases/export.csv"))) == listing.PAGE_SIZE + 3


def test_few_and_many_cases_stand_in_the_same_order(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(many(home, 12))
    client = sign_in("officer")
    for sort in listing.SORTS:
        address = f"/cases/?sort={sort}"
        few = LEAD.findall(text_of(client.get(address)))
        with monkeypatch.context() as patched:
            patched.setattr("fadu.web.workbench.listing.FEW", 5)
            assert LEAD.findall(text_of(client.get(address))) == few
        assert len(set(few)) == 12


def test_the_total_is_counted_to_its_limit(home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fadu.web.workbench.listing.COUNTED", 10)
    list(many(home, 10))
    client = sign_in("officer")
    assert "共 <strong>10</strong> 件" in text_of(client.get("/cases/"))
    assert len(rows(client.get("/cases/export.csv"))) == 10
    home.open()
    assert "超过 <strong>10</strong> 件" in text_of(client.get("/cases/"))
    refused = client.get("/cases/export.csv")
    assert refused.status_code == 422
    assert "超过 10 件，没有导出" in text_of(refused)
    monkeypatch.setattr("fadu.web.workbench.listing.COUNTED_BY_WORDS", 1)
    assert "超过 <strong>1</strong> 件" in text_of(client.get("/cases/?q=张三"))


def test_pages_beyond_the_count_are_reached(home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fadu.web.workbench.listing.COUNTED", 10)
    list(many(home, 2 * listing.PAGE_SIZE + 3))
    client = sign_in("officer")
    first = text_of(client.get("/cases/?sort=-opened"))
    assert "第 1 页，共 1+ 页" in first
    assert 'href="?sort=-opened&amp;page=2"' in first
    assert '<input type="hidden" name="sort" value="-opened"><label for="page">' in first
    numbers = [
        re.findall(r'class="lead"><a href="/cases/(\d+)/', text_of(client.get(f"/cases/?page={n}"))) for n in (1, 2, 3)
    ]
    assert [len(page) for page in numbers] == [listing.PAGE_SIZE, listing.PAGE_SIZE, 3]
    assert len({number for page in numbers for number in page}) == 2 * listing.PAGE_SIZE + 3
    last = text_of(client.get("/cases/?page=77"))
    assert "第 3 页，" in last
    assert "下一页" not in last
    assert last.count('<td class="lead">') == 3


def test_what_may_be_opened_is_found_by_name_and_what_is_usual_stands_first(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    opening = "/cases/new/small/apply/"
    assert "<h2>常用</h2>" not in text_of(client.get("/cases/new/"))
    home.open()
    page = text_of(client.get("/cases/new/"))
    assert page.index("<h2>常用</h2>") < page.index(opening)
    assert page.count(opening) == 2
    assert text_of(client.get("/cases/new/?q=小程序")).count(opening) == 1
    none = text_of(client.get("/cases/new/?q=小程序+没有"))
    assert opening not in none
    assert "没有名称中含“小程序 没有”的程序" in none


def test_each_condition_is_a_chip_and_an_empty_list_says_which_one_to_leave_out(home: House, sign_in: Entry) -> None:
    home.open()
    client, bureau = sign_in("officer"), home.organs["bureau"]
    asked = f"/cases/?system=small&body={bureau}&f.known_on.from=2024-01-01&light=overdue&sort=-opened"
    page = unescape(text_of(client.get(asked)))
    chips = dict(re.findall(r'<a class="tag" href="([^"]*)" aria-label="去掉条件“([^”]*)”"', page))
    assert list(chips.values()) == [
        "办理情况：在办", "程序：小程序", "期限：已经逾期", "承办机构（含下属）：某区司法局", "知道之日：2024-01-01起",
    ]  # fmt: skip
    assert "共 <strong>0</strong> 件" in page
    assert "立案日期由晚到早" in page
    helps = re.findall(r'<a class="tag" href="([^"]*)">', page.partition("去掉下列一个条件，就有案件")[2])
    assert [chips[one] for one in helps] == ["期限：已经逾期"]
    found = unescape(text_of(client.get("/cases/" + helps[0])))
    assert "共 <strong>1</strong> 件" in found
    printed = re.search(r'<p class="print-only">(.*?)</p>', found)
    assert printed is not None
    assert "程序：小程序" in printed[1]
    assert "打印" in printed[1]
    assert "条件填写有误" in text_of(client.get("/cases/?since=2024-02-30"))


def test_empty_lists_say_what_to_do(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    nothing = text_of(client.get("/cases/"))
    assert "没有符合条件的案件" in nothing
    assert "只去掉其中一个条件，也没有" in nothing
    assert "收到申请后，从“新收”登记" in nothing
    assert "您名下没有在办案件" in text_of(client.get("/"))
    assert "您现在没有可以登记的案件类型" in text_of(sign_in("reviewer").get("/cases/new/"))


def test_entries_of_books_are_on_record_and_not_at_work(
    cases: dict[str, int], home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (at_work, standing, work):
        monkeypatch.setattr(module, "settled", lambda _: {"small": {"accepted"}})
    with home.session(None):
        models.Case.objects.filter(pk=cases["normal"]).update(due=None)
    client = sign_in("officer")
    assert titles(client, "") == titles(client, "?open=open&system=small") == {"1号", "3号"}
    assert titles(client, "?open=kept") == titles(client, "?open=kept&system=small") == {"2号"}
    assert titles(client, "?state=small:accepted") == {"1号", "2号"}
    page = text_of(client.get("/"))
    assert '我承办的案件 <span class="number">1</span>' in page
    assert '<dt>在册备查</dt><dd><a href="/cases/?system=small&amp;open=kept">1</a>' in page
    board = text_of(sign_in("head").get("/standing/?kind=open"))
    assert "某政申〔2024〕1号" in board
    assert "某政申〔2024〕2号" not in board
