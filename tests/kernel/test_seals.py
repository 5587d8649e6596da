"""The seals: tree and proofs, and each attack on the record found by what is said to find it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from fadu.infra import keys
from fadu.infra.trouble import Trouble
from fadu.kernel import access, ledger, merkle, models, seal, verification, witness
from fadu.kernel.seal import Head
from fadu.kernel.witness import Witnessed
from fadu.rules.errors import BadInput, NotFound
from tests.fixtures.database import OwnDatabase, django_on
from tests.kernel import proofs, small
from tests.kernel.conftest import House, build

LEAVES = [merkle.leaf(str(number).encode()) for number in range(70_000)]
TABLES = ("kernel_leaf", "kernel_node", "kernel_head", "kernel_sealkey")


def naive(leaves: list[bytes]) -> bytes:
    """The root as RFC 9162 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return ledger.sm3(b"\x01" + naive(leaves[:middle]) + naive(leaves[middle:]))


# ---------------------------------------------------------------- the tree


@given(st.integers(1, 600), st.data())
def test_roots_and_proofs_are_those_of_the_definition(size: int, data: st.DataObject) -> None:
    rows, root = proofs.Rows(LEAVES[:size]), naive(LEAVES[:size])
    index = data.draw(st.integers(0, size - 1))
    assert merkle.frontier(rows, size).root() == merkle.subtree(rows, 0, size) == merkle.root(LEAVES[:size]) == root
    path = merkle.inclusion(rows, index, size)
    assert proofs.root_by_inclusion(LEAVES[index], index, size, path) == root
    growth = merkle.consistency(rows, index + 1, size)
    before = naive(LEAVES[: index + 1])
    assert proofs.roots_by_consistency(index + 1, size, before, growth) == (before, root)


@given(st.integers(2, 600), st.data())
def test_a_wrong_proof_does_not_hold(size: int, data: st.DataObject) -> None:
    rows, root = proofs.Rows(LEAVES[:size]), naive(LEAVES[:size])
    index, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    path = merkle.inclusion(rows, index, size)
    assert proofs.root_by_inclusion(LEAVES[other], index, size, path) != root
    assert proofs.root_by_inclusion(LEAVES[index], index, size, path[:-1]) != root
    assert proofs.root_by_inclusion(LEAVES[index], index, size, [*path, root]) != root
    growth = merkle.consistency(rows, index + 1, size)
    assert proofs.roots_by_consistency(index + 1, size, LEAVES[-1], growth) != (LEAVES[-1], root)


def test_the_kept_tree_gives_the_proofs_of_the_whole_one(own_database: OwnDatabase) -> None:
    """Leaves made up, beyond two kept levels, taken in at uneven steps."""
    with own_database.connect("fadu_app") as app:
        values = [(number, 1, number + 1, str(number).encode()) for number in range(len(LEAVES))]
        with app.cursor().copy("COPY kernel_leaf (seq, stream_id, position, hash) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
    sizes = [0, 1, 15, 16, 255, 256, 300, 65_535, 65_537, len(LEAVES)]
    for old, size in pairwise(sizes):
        assert seal.grow(old, size).root() == naive(LEAVES[:size])
    rows, size = proofs.Rows(LEAVES), len(LEAVES)
    for index in (0, 15, 16, 255, 256, 65_535, 65_536, size - 1):
        assert merkle.inclusion(seal.Stored(), index, size) == merkle.inclusion(rows, index, size)
        assert merkle.consistency(seal.Stored(), index + 1, size) == merkle.consistency(rows, index + 1, size)


# ---------------------------------------------------------------- a sealed house


@pytest.fixture
def home(
    own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """A small house with two cases, sealed twice; Django works on it as fadu_app."""
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock():
        made = build()
        made.open()
        seal.seal(made.now)
        work(made, date(2024, 3, 2))
        yield made


def work(home: House, day: date) -> Head:
    """One more case, accepted, and a head over it."""
    home.day = day
    home.do("officer", home.open().case, "accept")
    return seal.seal(home.now)


def verify(*kept: Witnessed) -> list[str]:
    """Faults found, against a witness if there is one."""
    with verification.one_moment():
        found = verification.verify(one.size for one in kept)
        return found.faults + witness.compare(found, list(kept))


def keep(*heads: Head) -> list[Witnessed]:
    return witness.parse("\n".join(json.dumps(head.as_json()) for head in heads))


def last() -> Head:
    head = seal.latest()
    assert head is not None
    return head


def tamper(database: OwnDatabase, *statements: str) -> None:
    """As the owner of the tables, who can switch the triggers off."""
    with database.connect("fadu_owner", autocommit=True) as owner:
        for table in (*TABLES, "kernel_event", "kernel_eventvalue"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            assert owner.execute(statement).rowcount > 0, statement


def test_a_sealed_house_verifies_and_tells_what_is_not_sealed_yet(home: House) -> None:
    assert verify() == []
    before = last()
    assert seal.seal(home.now) == before
    home.open()
    with verification.one_moment():
        found = verification.verify()
    assert (found.faults, found.unsealed, found.leaves) == ([], 1, before.size)
    after = seal.seal(home.now)
    assert (after.size, after.previous) == (before.size + 1, before.digest())
    assert verify(*keep(before, after)) == []


def test_a_house_that_was_never_sealed_says_so(own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        build()
        with verification.one_moment():
            found = verification.verify()
    assert (found.faults, found.unsealed, found.leaves) == ([], found.events, 0)
    assert found.events > 10
    assert "还没有封存过" in found.notes[0]


def test_the_application_can_change_nothing(home: House) -> None:
    for table in TABLES:
        for sql in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE", f"UPDATE {table} SET {column(table)}"):
            with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
                connection.cursor().execute(sql)
            assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)


def column(table: str) -> str:
    return {"kernel_head": "size = 1", "kernel_sealkey": "name = ''"}.get(table, "hash = ''")


def test_not_even_the_owner_unless_the_trigger_is_off(home: House, own_database: OwnDatabase) -> None:
    for table in TABLES:
        with own_database.connect("fadu_owner") as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(f"DELETE FROM {table}")


LAST = "(stream_id, position) = (SELECT stream_id, position FROM kernel_leaf ORDER BY seq DESC LIMIT 1)"
FOUND_ALONE = {
    "an edited byte": ("UPDATE kernel_event SET body = replace(body, '收到', '收至')", "链上的摘要不符"),
    "an edited column": ("UPDATE kernel_event SET label = label || '。'", "label"),
    "a broken chain": (f"UPDATE kernel_event SET hash = sha256(hash) WHERE {LAST}", "与现在的记录不符"),
    "a removed event": (f"DELETE FROM kernel_event WHERE {LAST}", "找不到原来的记录"),
    "a missing leaf": ("DELETE FROM kernel_leaf WHERE seq = 3", "中间有缺"),
    "a missing last leaf": (f"DELETE FROM kernel_leaf WHERE {LAST}", "末尾被删去"),
    "an exchanged leaf": ("UPDATE kernel_leaf SET hash = sha256(hash) WHERE seq = 3", "树根不符"),
    "a removed head": ("DELETE FROM kernel_head WHERE size = (SELECT min(size) FROM kernel_head)", "接不上"),
    "the last head removed": ("DELETE FROM kernel_head WHERE size = (SELECT max(size) FROM kernel_head)", "没有签名的"),
    "a backdated head": ("UPDATE kernel_head SET moment = moment - interval '1 day'", "签名不符"),
    "another root": ("UPDATE kernel_head SET root = sha256(root)", "签名不符"),
    "another key": ("UPDATE kernel_sealkey SET public = sha256(public)", "密钥"),
    "a stray node": ("INSERT INTO kernel_node VALUES (8, 0, '')", "中间结点"),
}


@pytest.mark.parametrize(("statement", "said"), FOUND_ALONE.values(), ids=FOUND_ALONE.keys())
def test_found_alone(home: House, own_database: OwnDatabase, statement: str, said: str) -> None:
    tamper(own_database, statement)
    assert any(said in fault for fault in verify()), verify()


def test_an_event_put_into_an_old_chain_is_found_alone(home: House, own_database: OwnDatabase) -> None:
    """Its chain and its stream's end are made to fit; it has no leaf although it says it is old."""
    with home.session(None):
        stream = models.Stream.objects.get(kind="house")
        event = models.Event.objects.get(stream=stream, position=stream.position)
    body = json.loads(event.body) | {"position": stream.position + 1, "recorded": "2024-03-01T09:00:00+08:00"}
    text = ledger.canonical(body | {"operations": []}).decode()
    hashed = ledger.sm3(bytes(event.hash) + text.encode()).hex()
    tamper(
        own_database,
        "INSERT INTO kernel_event (stream_id, act, step, label, audience, article, role, papers, happened, state,"
        " reverses, body, hash, actor_id, position, recorded) SELECT stream_id, act, step, label, audience, article,"
        f" role, papers, happened, state, reverses, '{text}', '\\x{hashed}', actor_id, position + 1,"
        f" '{body['recorded']}'"
        f" FROM kernel_event WHERE stream_id = {stream.pk} AND position = {stream.position}",
        f"UPDATE kernel_stream SET position = position + 1, head = '\\x{hashed}' WHERE id = {stream.pk}",
    )
    assert verify() == [f"house house 第{stream.position + 1}条记录早于最近一次封存，却没有封存"]


def rewrite(database: OwnDatabase) -> None:
    """Rewrites the last event of the sealed record with its chain: the chain alone holds afterwards."""
    with database.connect("fadu_owner") as owner:
        row = owner.execute(f"SELECT stream_id, position, body, hash FROM kernel_event WHERE {LAST}").fetchone()
        assert row is not None
        stream, position, body, _ = row
        previous = owner.execute(
            "SELECT hash FROM kernel_event WHERE (stream_id, position) = (%s, %s)", [stream, position - 1]
        ).fetchone()
        assert previous is not None
        text = body.replace('"label":"受理"', '"label":"不予"')
        assert text != body
        hashed = ledger.sm3(previous[0] + text.encode()).hex()
    at = f"stream_id = {stream} AND position = {position}"
    tamper(
        database,
        f"UPDATE kernel_event SET label = '不予', body = '{text}', hash = '\\x{hashed}' WHERE {at}",
        f"UPDATE kernel_stream SET head = '\\x{hashed}' WHERE id = {stream}",
        f"UPDATE kernel_leaf SET hash = '\\x{hashed}' WHERE {at}",
    )


def test_a_rewritten_chain_with_its_leaf_does_not_fit_the_signed_root(home: House, own_database: OwnDatabase) -> None:
    rewrite(own_database)
    assert [fault for fault in verify() if "树根不符" in fault] == verify()


def test_a_record_rewritten_with_the_key_is_found_against_a_witness_only(
    home: House, own_database: OwnDatabase
) -> None:
    seen, earlier = last(), seal.heads()[0]
    rewrite(own_database)
    tamper(own_database, f"DELETE FROM kernel_head WHERE size = {seen.size}")
    forged = seal.grow(earlier.size, seen.size).root()
    signer = keys.find(seen.key, seen.key)
    bare = replace(seen, root=forged, signature=b"")
    tamper(
        own_database,
        "INSERT INTO kernel_head (size, root, previous, moment, key, algorithm, signature) VALUES"
        f" ({seen.size}, '\\x{forged.hex()}', '\\x{seen.previous.hex()}', '{seen.time}', '{seen.key}', 'ed25519',"
        f" '\\x{signer.sign(bare.body()).hex()}')",
    )
    assert verify() == []
    found = verify(*keep(earlier, seen))
    assert len(found) == 1
    assert f"第{earlier.size + 1}条以后有两种历史" in found[0]
    assert "两种历史" in verify(*witness.parse(seen.line()))[0], "the telephone line is enough"


# ---------------------------------------------------------------- against a witness


def drop_tail(database: OwnDatabase, size: int) -> None:
    """Removes what was sealed after `size`, with everything that would tell."""
    gone = f"(SELECT stream_id, position FROM kernel_leaf WHERE seq >= {size})"
    tamper(
        database,
        f"DELETE FROM kernel_eventvalue WHERE (stream_id, position) IN {gone}",
        f"DELETE FROM kernel_event WHERE (stream_id, position) IN {gone}",
        f"DELETE FROM kernel_leaf WHERE seq >= {size}",
        f"DELETE FROM kernel_head WHERE size > {size}",
        "UPDATE kernel_stream s SET"
        " position = coalesce((SELECT max(position) FROM kernel_event WHERE stream_id = s.id), 0),"
        " head = coalesce((SELECT hash FROM kernel_event WHERE stream_id = s.id ORDER BY position DESC LIMIT 1),"
        " decode(repeat('00', 32), 'hex'))",
    )


def test_a_tail_dropped_within_a_seal_is_found(home: House, own_database: OwnDatabase) -> None:
    seen = last()
    drop_tail(own_database, seen.size - 1)
    found = verify(*keep(seen))
    assert any("没有签名的封存" in fault for fault in found), "alone: leaves beyond the last head"
    assert any("末尾的 1 条被删去" in fault for fault in found)


def test_a_tail_dropped_at_a_seal_is_found_against_a_witness_only(home: House, own_database: OwnDatabase) -> None:
    seen, earlier = last(), seal.heads()[0]
    drop_tail(own_database, earlier.size)
    assert verify() == []
    assert "恰好从那里起删去了末尾" in verify(*keep(earlier, seen))[0]


def copy_of(database: OwnDatabase) -> str:
    """A copy of the house as it is now."""
    connections["default"].close()
    return database.cluster.clone(database.name)


def test_yesterdays_copy_is_found_against_a_witness(home: House, own_database: OwnDatabase) -> None:
    copy = copy_of(own_database)
    seen = work(home, date(2024, 3, 5))
    with django_on(own_database.cluster, copy):
        assert verify() == []
        found = verify(*keep(seen))
        assert len(found) == 1
        assert "换回了那时的旧副本" in found[0]
        assert "停在 2024-03-02" in found[0]
        home.open()
        home.day = date(2024, 3, 6)
        seal.seal(home.now)
        assert verify() == []
        assert "换回旧副本之后又继续办理了" in verify(*keep(seen))[0]
    own_database.cluster.drop(copy)
    assert verify(*keep(seen)) == []


def test_two_histories_are_found_against_a_witness(home: House, own_database: OwnDatabase) -> None:
    common, copy = last(), copy_of(own_database)
    seen = work(home, date(2024, 3, 5))
    with django_on(own_database.cluster, copy):
        work(home, date(2024, 3, 6))
        work(home, date(2024, 3, 7))
        assert verify() == []
        found = verify(*keep(common, seen))
        assert found == [found[0]]
        assert f"第{common.size + 1}条以后有两种历史" in found[0]
    own_database.cluster.drop(copy)


def test_a_head_that_is_gone_or_not_ours_is_told(home: House, own_database: OwnDatabase) -> None:
    seen = last()
    stranger = keys.generate()
    foreign = replace(seen, key=stranger.name)
    foreign = replace(foreign, signature=stranger.sign(foreign.body()))
    assert any("不是用本机关登记的密钥签名" in fault for fault in verify(*keep(foreign)))
    tamper(own_database, f"DELETE FROM kernel_head WHERE size = {seen.size}")
    work(home, date(2024, 3, 8))
    assert any("签名封存已经不在" in fault for fault in verify(*keep(seen)))


@pytest.mark.parametrize("text", ["", "# 只有说明", "昨天的封存", '{"size": 1}', '{"size": "x"'])
def test_a_witness_file_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        witness.parse(text)


# ---------------------------------------------------------------- sealers, keys, proofs


def test_sealers_at_once_make_one_order(home: House) -> None:
    def sealing(number: int) -> int:
        try:
            return max(seal.seal(home.now).size for _ in range(6))
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(3) as pool:
        sealers = [pool.submit(sealing, number) for number in range(3)]
        cases = [home.open().case for _ in range(8)]
        sizes = [sealer.result() for sealer in sealers]
    assert len(cases) == 8
    final = seal.seal(home.now)
    assert final.size >= max(sizes)
    assert verify() == []
    assert [head.size for head in seal.heads()] == sorted({head.size for head in seal.heads()})


def test_a_rotated_key_is_endorsed_and_the_former_one_signs_no_more(home: House, own_database: OwnDatabase) -> None:
    before = last()
    made = seal.rotate("例行更换", at=home.now)
    after = last()
    assert (made.number, after.key) == (2, made.name)
    assert before.key != after.key
    assert verify(*keep(before, after)) == []
    assert [key.name for key in seal.public_keys()] == [before.key, after.key]
    head = work(home, date(2024, 3, 8))
    assert head.key == made.name
    former = replace(head, key=before.key)
    signature = keys.find(before.key, before.key).sign(former.body()).hex()
    tamper(
        own_database,
        f"UPDATE kernel_head SET key = '{before.key}', signature = '\\x{signature}' WHERE size = {head.size}",
    )
    assert any("已经停用的密钥" in fault for fault in verify())


def test_a_key_nobody_endorsed_is_found(home: House, own_database: OwnDatabase) -> None:
    stranger = keys.generate()
    tamper(
        own_database,
        "INSERT INTO kernel_sealkey (number, name, public, endorsement, reason, moment) VALUES"
        f" (2, '{stranger.name}', '\\x{stranger.public.hex()}', '\\x00', '例行更换', '2024-03-02')",
    )
    found = verify()
    assert any("没有得到前一把密钥的有效签名" in fault for fault in found)
    assert any("与本机关的记录不符" in fault for fault in found)


def test_a_lost_key_is_told_for_ever(home: House) -> None:
    path = keys.folder(last().key) / f"{last().key}.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()
    home.open()
    with pytest.raises(Trouble, match="没有找到签名密钥"):
        seal.seal(home.now)
    with pytest.raises(Trouble, match="没有找到签名密钥"):
        seal.rotate("例行更换", at=home.now)
    seal.rotate("硬盘损坏", lost=True, at=home.now)
    with verification.one_moment():
        found = verification.verify()
    assert found.faults == []
    assert "硬盘损坏" in found.notes[0]


def test_a_key_that_others_can_read_is_not_used(home: House) -> None:
    path = keys.folder(last().key) / f"{last().key}.pem"
    path.chmod(0o644)
    with pytest.raises(Trouble, match="chmod 600"):
        seal.seal(home.now)
    path.chmod(0o600)
    path.write_text("x")
    with pytest.raises(Trouble, match="已经损坏"):
        seal.seal(home.now)


def test_only_what_is_sealed_can_be_proved(home: House, tmp_path: Path) -> None:
    case = home.open().case
    with home.session(None):
        stream = models.Case.objects.get(pk=case).stream_id
        with pytest.raises(NotFound):
            seal.inclusion(stream, 1)
        with pytest.raises(NotFound):
            seal.consistency(last().size + 1)
    head = seal.seal(home.now)
    with home.session(None):
        proof = seal.inclusion(stream, 1)
    path = [bytes.fromhex(step) for step in proof["path"]]
    entry = bytes.fromhex(proof["event"]["hash"])
    assert proofs.root_by_inclusion(merkle.leaf(entry), proof["seq"], head.size, path) == head.root
