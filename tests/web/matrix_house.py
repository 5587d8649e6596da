"""One house for the table of rights: a case, an entry of a register, figures, a report, files, people."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fadu.analytics import views as typed_views
from fadu.infra import roles
from fadu.kernel import access, bulk, files, house, integrity, law_rehearsal, models, registers
from fadu.kernel.bulk import bringing
from fadu.kernel.law_rehearsal import Length
from fadu.kernel.registers import Change
from fadu.report_writer import compose
from fadu.report_writer import returns as returned
from fadu.report_writer.outline import Outline, Section
from fadu.report_writer.returns import Grid, Return
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from fadu.web.shared import paper_file
from fadu.web.workbench.views import reports, trends
from fadu.web.workbench.views import returns as return_pages
from tests.analytics import counted, listed
from tests.fixtures.database import Cluster, django_on
from tests.kernel import lists, small
from tests.kernel.conftest import House, build
from tests.web.conftest import stand_still

EVIDENCE = "证据正文"
NO_CASE = 999_999
PARAGRAPHS = '## 办理情况\n{{ organ }}{{ year }}年收到申请{{ fig("applied") }}。\n'
OUTLINE = Outline("法治政府建设年度报告", (Section("依法办理行政复议案件", "review"),), plots=("applied",))
RETURNS = (Return("small", "统计表", (Grid("收到", (), {"收到申请": ("applied",)}),)),)


@dataclass(frozen=True)
class Shared:
    """The house, and what stands in addresses: {case}, {entry}, {table}, {rehearsal}, {digest} of the case's file,
    {listed} the entry's.
    """

    home: House
    found: dict[str, str]

    def absent(self) -> dict[str, str]:
        """The same names of things that are not there."""
        return {
            "case": str(NO_CASE),
            "entry": str(NO_CASE),
            "table": str(NO_CASE),
            "rehearsal": str(NO_CASE),
            "digest": "0" * 64,
            "listed": "0" * 64,
        }


def catalogue(folder: Path) -> Registry:
    (folder / "report.md").write_text(PARAGRAPHS, encoding="utf-8")
    indicators = (*counted.ALL, *listed.ALL)
    room = replace(lists.ROOM, name="review", label="小房间", folder=folder, indicators=indicators)
    return Registry([room], load_library())


def settle(home: House) -> dict[str, str]:
    """A case with an internal fact, internal acts, a proposal on its way, a paper and a file; an entry with a file."""
    people = {"supervisor": [("government", "supervisor")], "beside": [("other", "organ_head")]}
    people["both"] = [("respondent", "organ_head"), ("respondent", "party_officer")]
    with home.session(None) as s:
        for name, posts in people.items():
            home.people[name] = house.register_officer(s, name, f"{name}某", "x").pk
            for organ, role in posts:
                house.assign_post(s, home.people[name], home.organs[organ], role, since=date(2020, 1, 1))
    with home.session("officer") as s:
        kept = files.keep(s, "证据.txt", 12, io.BytesIO(EVIDENCE.encode()))
        basis = files.keep(s, "依据.txt", 12, io.BytesIO("依据正文".encode()))
    case = home.open(files=[str(kept)]).case
    home.do("officer", case, "accept")
    serve = {
        "method": "left",
        "sent_on": "2024-03-01",
        "received_on": "2024-03-01",
        "proof": "见证",
        "reason": "拒收内情",
    }
    home.do("officer", case, "serve", serve | {"paper": "copy-1", "party": "respondent-1"})
    home.do("officer", case, "deliberate", {"secret": "副卷里的意见"})
    home.do("clerk", case, "reply")
    draft = {"reasons": "拟稿里的理由", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", case, "draft_paper", draft, track_key="decide")
    facts = {"code": "A-1", "subject": "对某事的处罚", "risk": "high", "files": [str(basis)]}
    with home.session("officer") as s:
        entry = registers.perform(s, "power", home.organs["bureau"], Change("add", facts, None, "依据某决定"))
    with home.session(None) as s:
        integrity.record(s, integrity.examine(s))
    with home.session("officer") as s:
        target = bulk.Entries(lists.POWERS, home.organs["bureau"], home.day)
        rows = "事项编码,事项名称,风险等级\nB-1,表中的事项,不明"
        table = bringing.bring(s, target, "表.csv", rows.encode()).pk
    bringing.work_on_table(table, home.people["officer"])
    with home.session("officer") as s:
        trial = models.Clock.objects.get(case_id=case, name="trial").data
        law = s.env.library.statute(trial["statute"])
        rehearsal = law_rehearsal.ask(s, Length(law, trial["period"], home.day, 30, "day", under_way=True)).pk
    return {
        "case": str(case),
        "entry": str(entry.pk),
        "table": str(table),
        "rehearsal": str(rehearsal),
        "digest": kept.digest,
        "listed": basis.digest,
    }


@pytest.fixture(scope="module")
def settled(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Registry, Shared]]:  # fmt: skip
    """The house in a database of its own, made once."""
    name, folder = database_server.clone(migrated_template), tmp_path_factory.mktemp("room")
    (folder / "documents").symlink_to(small.ROOM.folder / "documents")
    registry = catalogue(folder)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "registry", lambda: registry)
        with django_on(database_server, name, roles.OWNER):
            assert typed_views.sync(registry) == []
        with django_on(database_server, name):
            home = build()
            shared = Shared(home, settle(home))
            stand_still(home)
    yield name, registry, shared
    database_server.drop(name)


@pytest.fixture
def shared(
    settled: tuple[str, Registry, Shared], database_server: Cluster, django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Shared]:  # fmt: skip
    """The same house in a transaction that is rolled back."""
    name, registry, made = settled
    monkeypatch.setattr(access, "registry", lambda: registry)
    monkeypatch.setattr(compose, "outline", lambda: OUTLINE)
    monkeypatch.setattr(reports, "outline", lambda: OUTLINE)
    monkeypatch.setattr(trends, "outline", lambda: OUTLINE)
    monkeypatch.setattr(paper_file, "printed", lambda document: b"%PDF" + document.title.encode())
    for module in (returned, return_pages):
        monkeypatch.setattr(module, "returns", lambda: RETURNS)
    with django_db_blocker.unblock(), django_on(database_server, name), transaction.atomic():
        yield made
        transaction.set_rollback(True)
