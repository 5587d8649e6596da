"""Every integrity check finds and names the fault that was planted for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from fadu.infra import jobs
from fadu.kernel import access, files, models, paper_templates, seal
from tests.fixtures.database import OwnDatabase
from tests.kernel import small
from tests.kernel.conftest import House, build
from tests.kernel.furnished import TODAY, Cases, change_row, examine, furnish, of, told


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """What a test does to uploaded files is no other test's fault."""
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def cases(home: House) -> Cases:
    return furnish(home)


# ---------------------------------------------------------------- planted by the application's own role


Plant = Callable[[House, Cases], Any]


def _case(case: int, /, **columns: Any) -> None:
    assert models.Case.objects.filter(pk=case).update(**columns) == 1


def _data(model: type[Any], case: int, key: str, /, **fields: Any) -> None:
    row = model.objects.get(case_id=case, key=key)
    change_row(model, case, key, data=row.data | fields)


def _facts(case: int, **facts: Any) -> None:
    _case(case, facts=models.Case.objects.get(pk=case).facts | facts)


def _drop_post(home: House, who: str) -> None:
    assert models.Post.objects.filter(officer_id=home.people[who]).update(before=TODAY) == 1


def _other_template(home: House, cases: Cases) -> None:
    stream = models.Case.objects.get(pk=cases.fresh).stream_id
    models.RegisterEntry.objects.create(
        register=paper_templates.REGISTER,
        key="small.2023.decision",
        since=TODAY,
        data={"text": "# decision\n"},
        stream_id=stream,
        position=1,
    )


def _double_number(home: House, cases: Cases) -> None:
    text = models.Case.objects.get(pk=cases.fresh).number
    change_row(models.Paper, cases.decided, "decision-1", number=text)


def _extra_given(home: House, cases: Cases) -> None:
    stream = models.Case.objects.get(pk=cases.fresh).stream
    models.NumberGiven.objects.create(
        organ_id=home.organs["government"],
        series="申",
        year=2024,
        number=9,
        text="某政申〔2024〕9号",
        stream=stream,
        position=1,
    )


def _other_link(home: House, cases: Cases) -> None:
    change_row(models.Link, cases.decided, f"opens-{cases.opened}", other_id=cases.fresh)


def _old_job(home: House, cases: Cases) -> None:
    jobs.soon(seal.seal)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 hour'")


PLANTED: list[tuple[str, str, str, Plant]] = [
    ("refold", "fresh", "状态与", lambda h, c: _case(c.fresh, state="accepted")),
    ("refold", "fresh", "标题与", lambda h, c: _case(c.fresh, title="别的标题")),
    ("refold", "fresh", "承办人与", lambda h, c: _case(c.fresh, officer_id=h.people["second"])),
    ("refold", "fresh", "立案日期与", lambda h, c: _case(c.fresh, opened=date(2024, 2, 1))),
    ("refold", "trying", "记录序号与", lambda h, c: _case(c.trying, position=2)),
    ("refold", "fresh", "案情“经过”与", lambda h, c: _facts(c.fresh, story="改写")),
    ("refold", "fresh", "当事人“applicant-1”与", lambda h, c: _data(models.Party, c.fresh, "applicant-1", phone="1")),
    (
        "refold",
        "fresh",
        "请求事项“wish-1”与",
        lambda h, c: _data(models.Item, c.fresh, "wish-1", facts={"wish": "x", "amount": 1}),
    ),
    ("refold", "trying", "环节“hearing”与", lambda h, c: models.Track.objects.filter(case_id=c.trying).delete()),
    ("refold", "trying", "期限“trial”与", lambda h, c: _data(models.Clock, c.trying, "trial", pauses=[])),
    ("refold", "decided", "文书“decision-1”与", lambda h, c: _data(models.Paper, c.decided, "decision-1", text="改写")),
    ("refold", "decided", "送达“copy-1-1”与", lambda h, c: _data(models.Service, c.decided, "copy-1-1", proof="改")),
    ("refold", "decided", "公开“decision-1-1”与", lambda h, c: models.Publication.objects.all().delete()),
    ("refold", "decided", "关联案件“opens-", lambda h, c: models.Link.objects.all().delete()),
    ("columns", "fresh", "“name”一栏", lambda h, c: change_row(models.Party, c.fresh, "applicant-1", name="李四")),
    ("columns", "decided", "“outcome”一栏", lambda h, c: change_row(models.Item, c.decided, "wish-1", outcome="deny")),
    ("columns", "trying", "“stopped”一栏", lambda h, c: change_row(models.Clock, c.trying, "trial", stopped=TODAY)),
    ("columns", "trying", "“lapsed”一栏", lambda h, c: change_row(models.Clock, c.trying, "trial", lapsed="breaches")),
    (
        "columns",
        "decided",
        "“effective”一栏",
        lambda h, c: change_row(models.Service, c.decided, "copy-1-1", effective=None),
    ),
    (
        "dates",
        "fresh",
        "到期日记为2024-12-01",
        lambda h, c: change_row(models.Clock, c.fresh, "screen", due=date(2024, 12, 1)),
    ),
    (
        "dates",
        "fresh",
        "届满日记为",
        lambda h, c: change_row(models.Clock, c.fresh, "screen", lapses_after=date(2024, 12, 1)),
    ),
    ("dates", "fresh", "计算依据", lambda h, c: change_row(models.Clock, c.fresh, "screen", digest="x")),
    ("dates", "fresh", "最近到期日", lambda h, c: _case(c.fresh, due=date(2024, 12, 1))),
    (
        "indexed_facts",
        "fresh",
        "“标的”的检索值",
        lambda h, c: models.CaseFact.objects.filter(case_id=c.fresh, name="worth").update(number=1),
    ),
    (
        "indexed_facts",
        "fresh",
        "“知道之日”的检索值",
        lambda h, c: models.CaseFact.objects.filter(case_id=c.fresh, name="known_on").delete(),
    ),
    (
        "sought_texts",
        "fresh",
        "“经过”的检索文字",
        lambda h, c: models.Sought.objects.filter(case_id=c.fresh, place="fact:story").update(text="别的事"),
    ),
    (
        "sought_texts",
        "fresh",
        "“标题”的检索文字或者可见范围",
        lambda h, c: models.Sought.objects.filter(case_id=c.fresh, place="title").update(audience="public"),
    ),
    ("fact_types", "fresh", "“页数”不符合", lambda h, c: _facts(c.fresh, pages="三")),
    ("fact_types", "fresh", "“知道之日”不符合", lambda h, c: _facts(c.fresh, known_on="2024-02-30")),
    ("fact_types", "decided", "“答复”不符合", lambda h, c: _facts(c.decided, answer="maybe")),
    ("fact_types", "fresh", "“nonsense”不符合", lambda h, c: _facts(c.fresh, nonsense=1)),
    (
        "fact_types",
        "fresh",
        "的“amount”不符合",
        lambda h, c: _data(models.Item, c.fresh, "wish-1", facts={"wish": "x", "amount": -1}),
    ),
    ("declaration_there", "fresh", "small”1999文本", lambda h, c: _case(c.fresh, version="1999")),
    ("declaration_revised", "fresh", "第7次修订", lambda h, c: _case(c.fresh, revision=7)),
    (
        "numbers",
        "",
        "第5至6号没有发号记录",
        lambda h, c: models.NumberSeries.objects.filter(series="申").update(last=6),
    ),
    ("numbers", "", "发到了第9号", _extra_given),
    ("numbers", "", "用在2件", _double_number),
    (
        "papers",
        "decided",
        "正文与当时的摘要不符",
        lambda h, c: _data(models.Paper, c.decided, "decision-1", text="编号某政决〔2024〕1号改写"),
    ),
    (
        "papers",
        "decided",
        "“某政决〔2024〕8号”没有发号记录",
        lambda h, c: _data(models.Paper, c.decided, "decision-1", number="某政决〔2024〕8号"),
    ),
    ("papers", "decided", "正文中没有文号", lambda h, c: _data(models.Paper, c.decided, "decision-1", text="无号")),
    ("papers", "fresh", "案号“某政申〔2024〕8号”没有", lambda h, c: _case(c.fresh, number="某政申〔2024〕8号")),
    (
        "services",
        "decided",
        "《副本》对被申请人的送达记为已经生效",
        lambda h, c: _data(models.Service, c.decided, "copy-1-1", proof=" "),
    ),
    (
        "services",
        "decided",
        "没有写明采用该方式的理由",
        lambda h, c: _data(models.Service, c.decided, "copy-1-1", method="left"),
    ),
    ("files", "fresh", "已不在磁盘上", lambda h, c: files.path_of(c.file).unlink()),
    ("files", "fresh", "的内容与登记的摘要不符", lambda h, c: files.path_of(c.file).write_bytes(b"abd")),
    ("files", "fresh", "没有登记", lambda h, c: models.File.objects.all().delete()),
    ("templates", "", "少了占位【申请人】", _other_template),
    ("stuck_jobs", "", "1项等待办理，最早的自", _old_job),
    (
        "idle",
        "fresh",
        "没有任何期限在计算",
        lambda h, c: models.Clock.objects.filter(case_id=c.fresh).update(stopped=TODAY),
    ),
    (
        "officer_left",
        "fresh",
        "账号已经停用",
        lambda h, c: models.Officer.objects.filter(username="officer").update(is_active=False),
    ),
    ("officer_left", "fresh", "没有任何职务", lambda h, c: _drop_post(h, "officer")),
    ("officer_elsewhere", "fresh", "没有承办人", lambda h, c: _case(c.fresh, officer_id=None)),
    (
        "officer_elsewhere",
        "fresh",
        "在承办机构已经没有职务",
        lambda h, c: _case(c.fresh, officer_id=h.people["stranger"]),
    ),
    ("nobody_signs", "proposed", "“作出决定”的呈批处于“待审核”", lambda h, c: _drop_post(h, "reviewer")),
    ("links", "decided", "不是由本案的操作打开的", _other_link),
    ("links", "opened", "已经没有关联", lambda h, c: models.Link.objects.all().delete()),
    (
        "provisional",
        "fresh",
        "放假通知还没有载入",
        lambda h, c: change_row(models.Clock, c.fresh, "screen", provisional=True),
    ),
    ("unreadable", "fresh", "无法核对", lambda h, c: _data(models.Clock, c.fresh, "screen", start="某日")),
]


@pytest.mark.parametrize(("check", "which", "said", "plant"), PLANTED, ids=[f"{p[0]}-{p[2]}" for p in PLANTED])
def test_a_planted_fault_is_found_and_named(
    home: House, cases: Cases, check: str, which: str, said: str, plant: Plant
) -> None:
    with home.session(None):
        plant(home, cases)
    found = of(examine(home), check)
    case = getattr(cases, which) if which else None
    assert any(said in one.said and one.case == case for one in found), [one.sentence for one in found]
    with home.session(None):
        number = models.Case.objects.get(pk=case).number if case else None
    assert all(number in one.where for one in found if case == one.case and number)


# ---------------------------------------------------------------- behind the application's back


EVENT = "stream_id = %(stream)s AND position = 2"
VALUE = "stream_id = %(stream)s AND position = 1 AND slot = 0"
GIVEN = "series = '申' AND number = 2"
BEHIND = [
    ("chain", "摘要不符", f"UPDATE kernel_event SET body = replace(body, 'accepted', 'x') WHERE {EVENT}"),
    ("chain", "“label”一栏", f"UPDATE kernel_event SET label = '别的' WHERE {EVENT}"),
    ("chain", "缺少第2条", f"DELETE FROM kernel_event WHERE {EVENT}"),
    ("chain", "末端", "DELETE FROM kernel_event WHERE stream_id = %(stream)s AND step = 'follow'"),
    ("chain", "没有销毁的记录", f"UPDATE kernel_eventvalue SET value = NULL, erased = '依法销毁' WHERE {VALUE}"),
    ("chain", "内容与摘要不符", f"UPDATE kernel_eventvalue SET value = '\"x\"' WHERE {VALUE}"),
    ("refold", "没有任何全过程记录", "DELETE FROM kernel_event WHERE stream_id = %(stream)s"),
    ("numbers", "发出了2次", f"UPDATE kernel_numbergiven SET text = '某政申〔2024〕1号' WHERE {GIVEN}"),
    ("links", "不存在", "UPDATE kernel_link SET other_id = 999 WHERE case_id = %(case)s"),
]


def test_changes_behind_the_applications_back(
    own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock():
        home = build()
        home.open()
        with own_database.connect("fadu_owner", autocommit=True) as owner:
            _off_guard(owner)
            for check, said, change in BEHIND:
                case = home.open().case
                home.do("officer", case, "accept")
                home.do("officer", case, "reply")
                home.decide(case)
                opened = home.do("officer", case, "follow").opened[0]
                assert {one.case for one in examine(home).findings} & {case, opened} == set()
                with home.session(None):
                    stream = models.Case.objects.get(pk=case).stream_id
                assert owner.execute(change, {"stream": stream, "case": case}).rowcount >= 1
                found = [one for one in of(examine(home), check) if one.case in (case, None)]
                assert any(said in one.said for one in found), (said, [one.sentence for one in found])


def _off_guard(owner: Any) -> None:
    """The owner of the tables lets go of what keeps them in order."""
    for table in ("event", "eventvalue"):
        owner.execute(f"ALTER TABLE kernel_{table} DISABLE TRIGGER USER")
    keys = owner.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'").fetchall()
    for table, name in keys:
        if table.startswith("kernel_"):
            owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def test_a_chain_of_the_house_is_looked_at_too(
    own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock():
        home = build()
        assert told(examine(home)) == []
        with own_database.connect("fadu_owner", autocommit=True) as owner:
            owner.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
            owner.execute("UPDATE kernel_event SET label = '别的' WHERE position = 1")
        (found,) = of(examine(home), "chain")
        assert (found.case, "本机关" in found.where) == (None, True)
