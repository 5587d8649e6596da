"""Changes behind the application's back, made as the owner of the tables: the chain finds and names them."""

from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from fadu.kernel import access, ledger, models, proofs
from fadu.kernel.proofs import Proof
from tests.fixtures.database import OwnDatabase
from tests.kernel import small
from tests.kernel.conftest import build

# Each with what is said of it, and the event that bears the mark on a page; 0: the record as a whole.
CHANGES = [
    ("UPDATE kernel_event SET label = '不予受理' WHERE stream_id = %s AND position = 2", "label", 2),
    ("UPDATE kernel_event SET happened = happened - 1 WHERE stream_id = %s AND position = 2", "happened", 2),
    ("UPDATE kernel_event SET organ_id = NULL WHERE stream_id = %s AND position = 2", "organ", 2),
    ("UPDATE kernel_event SET papers = '[]' WHERE stream_id = %s AND position = 2", "papers", 2),
    ("UPDATE kernel_event SET actor_id = NULL WHERE stream_id = %s AND position = 2", "actor", 2),
    (
        "UPDATE kernel_event SET body = replace(body, 'accepted', 'x') WHERE stream_id = %s AND position = 2",
        "摘要不符",
        2,
    ),
    (
        "UPDATE kernel_eventvalue SET value = '\"x\"' WHERE stream_id = %s AND position = 1 AND slot = 0",
        "内容与摘要不符",
        1,
    ),
    ("DELETE FROM kernel_eventvalue WHERE stream_id = %s AND position = 1 AND slot = 0", "内容与摘要不符", 1),
    ("DELETE FROM kernel_event WHERE stream_id = %s AND position = 2", "末端", 0),
    ("DELETE FROM kernel_event WHERE stream_id = %s AND position = 1", "缺少第1条", 2),
]


def test_each_change_is_found_and_named(
    own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock():
        home = build()
        for change, said, bears in CHANGES:
            case = home.open().case
            home.do("officer", case, "accept")
            with home.session(None):
                stream = models.Case.objects.get(pk=case).stream_id
                assert ledger.verify(stream) == 2
            with own_database.connect("fadu_owner", autocommit=True) as owner:
                owner.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
                owner.execute("ALTER TABLE kernel_eventvalue DISABLE TRIGGER USER")
                assert owner.execute(change, [stream]).rowcount == 1
            with home.session(None), pytest.raises(ledger.LedgerError, match=said):
                ledger.verify(stream)
            with home.session(None):
                checked = proofs.check(stream, ledger.chain_of(stream, "本案"))
                altered = [position for position, mark in checked.marks.items() if mark.proof is Proof.ALTERED]
                assert altered == ([bears] if bears else [])
                assert bool(checked.faults) == said.startswith(("末端", "缺少"))
