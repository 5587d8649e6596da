"""The record: canonical JSON, salted digests, hash chain; writes events and reads them back.

Canonical form: RFC 8785 restricted to text, integers, booleans, null, lists and objects with ASCII keys.
Hash: SM3 (GB/T 32905). Chain: hash(n) = SM3(hash(n−1) ‖ canonical body of event n); hash(0) is 32 zero bytes.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from fadu.infra.clock import SHANGHAI
from fadu.kernel.merkle import started
from fadu.rules.casefile import DESTROYING, Operation, Recorded
from fadu.rules.errors import FaduError

ZERO = bytes(32)
HIDDEN = {"fact", "put", "head", "note"}
OPEN_TABLES = {"clock", "link"}
"""Rows without personal data stand in the event itself; the values of all others lie behind digests."""


class LedgerError(FaduError):
    """The record does not hold together."""

    code = "ledger"


_SM3 = started(b"")


def sm3(data: bytes) -> bytes:
    state = _SM3.copy()
    state.update(data)
    return state.digest()


def rows(sql: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a statement. Rights: the session's."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _guard(value: Any) -> None:
    """Refuses what has no single canonical form: floats, integers beyond 2⁵³, non-ASCII keys, lone surrogates."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise LedgerError(f"记录的键必须是英文：{key!r}")
            _guard(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            _guard(entry)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise LedgerError("记录中的整数超出范围")
    elif not isinstance(value, str):
        raise LedgerError(f"记录中不能有这种值：{type(value).__name__}")


def canonical(value: Any) -> bytes:
    """RFC 8785 bytes of a JSON value within the restrictions of this module."""
    _guard(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as fault:
        raise LedgerError("记录中有无法编码的字符") from fault


def salted(value: Any, salt: bytes) -> str:
    """Digest that proves a value without telling it: SM3 over salt ‖ canonical value."""
    return digest_of(salt, canonical(value))


def digest_of(salt: bytes, text: bytes) -> str:
    """The same of a canonical text: of one that says the same in other words, it is another."""
    return "sm3:" + sm3(salt + text).hex()


@dataclass(frozen=True, slots=True)
class Deed:
    """What is said of an act besides what it changes. reverses: position of the act it takes back."""

    act: UUID
    step: str
    label: str
    audience: str
    article: str | None
    actor: int | None
    role: str
    happened: date
    reverses: int | None = None


def hide_values(operations: Iterable[Operation]) -> tuple[list[Operation], list[tuple[str, str]]]:
    """Operations as they stand in the event, and (salt, value) for each hidden one, in order."""
    shown: list[Operation] = []
    values: list[tuple[str, str]] = []
    for operation in operations:
        if operation["op"] not in HIDDEN or operation.get("table") in OPEN_TABLES:
            shown.append(operation)
            continue
        salt = secrets.token_bytes(16)
        values.append((salt.hex(), canonical(operation["value"]).decode()))
        open_ = {name: entry for name, entry in operation.items() if name != "value"}
        shown.append(open_ | {"digest": salted(operation["value"], salt), "slot": len(values) - 1})
    return shown, values


def papers(operations: Iterable[Operation]) -> list[list[str]]:
    """Key and digest of every paper that operations make: told openly, since they outlive the text."""
    return [
        [one["key"], one["value"]["digest"]]
        for one in operations
        if one["op"] == "put" and one["table"] == "paper" and "digest" in one["value"]
    ]


def event(
    stream: int, position: int, previous: bytes, deed: Deed, recorded: datetime, state: str, declaration: str,
    operations: Sequence[Operation], organ: int | None,
) -> dict[str, Any]:  # fmt: skip
    """The event as fadu_append takes it: everything a column says stands in the hashed body, values apart.

    organ: the 机关 in whose name it happened, none for the house itself.
    """
    shown, values = hide_values(operations)
    columns = {
        "act": str(deed.act),
        "actor": deed.actor,
        "article": deed.article,
        "audience": deed.audience,
        "happened": deed.happened.isoformat(),
        "label": deed.label,
        "organ": organ,
        "papers": [] if deed.step == DESTROYING else papers(operations),  # which only restates them
        "position": position,
        "recorded": recorded.isoformat(timespec="seconds"),
        "reverses": deed.reverses,
        "role": deed.role,
        "state": state,
        "step": deed.step,
        "stream": stream,
    }
    text = canonical(columns | {"declaration": declaration, "operations": shown})
    return columns | {"body": text.decode(), "hash": sm3(previous + text).hex(), "values": values}


def read(stream: int) -> list[Recorded]:
    """All events of a stream in order, values joined. Rights: the session's."""
    events = rows(
        "SELECT position, step, label, actor_id, reverses, body FROM kernel_event"
        " WHERE stream_id = %s ORDER BY position",
        [stream],
    )
    said = rows("SELECT position, slot, value FROM kernel_eventvalue WHERE stream_id = %s", [stream])
    values = {(position, slot): value for position, slot, value in said}
    return [
        Recorded(position, step, label, actor, reverses, with_values(position, json.loads(body)["operations"], values))
        for position, step, label, actor, reverses, body in events
    ]


def with_values(
    position: int, operations: list[Operation], values: Mapping[tuple[int, int], str | None]
) -> list[Operation]:
    """Operations of one event with the values behind their digests; of an erased one nothing is left."""
    joined: list[Operation] = []
    for operation in operations:
        if "slot" not in operation:
            joined.append(operation)
            continue
        text = values.get((position, operation["slot"]))
        value = json.loads(text) if text is not None else ({} if operation["op"] in ("put", "head") else None)
        joined.append({**operation, "value": value})
    return joined


EVENTS = """
    SELECT body, hash, act::text, actor_id, article, audience, happened::text, label, organ_id, papers, position,
           to_json(recorded AT TIME ZONE 'Asia/Shanghai') #>> '{}' || '+08:00', reverses, role, state, step, stream_id
    FROM kernel_event WHERE stream_id = %s ORDER BY position
"""
IN_BODY = (
    "act", "actor", "article", "audience", "happened", "label", "organ", "papers", "position", "recorded", "reverses",
    "role", "state", "step", "stream",
)  # fmt: skip
_PAPERS = 2 + IN_BODY.index("papers")


def verify(stream: int) -> int:
    """Checks a stream: chain, columns against body, digest of every value, or the act that destroyed it.

    Returns the number of events. Raises LedgerError naming the first event that does not hold.
    """
    return verify_chain(chain_of(stream))


def chain_of(stream: int, called: str = "") -> Chain:
    """A stream as it lies in the database; called: its name in sentences. Raises LedgerError when it is no text."""
    kind, name, length, head = rows("SELECT kind, name, position, head FROM kernel_stream WHERE id = %s", [stream])[0]
    called = called or f"{kind} {name}"
    try:
        found = rows(EVENTS, [stream])
        said = rows("SELECT position, slot, salt, value FROM kernel_eventvalue WHERE stream_id = %s", [stream])
    except UnicodeDecodeError as fault:
        raise LedgerError(f"{called} 有读不懂的记录，内容被改动过") from fault
    events = [(*row[:_PAPERS], json.loads(row[_PAPERS]), *row[_PAPERS + 1 :]) for row in found]  # JSON comes as text
    values = {(position, slot): (bytes(salt), value) for position, slot, salt, value in said}
    return Chain(called, length, bytes(head), events, values)


@dataclass(frozen=True, slots=True)
class Chain:
    """A stream as it lies in the database. events: rows of EVENTS; values: (position, slot) → (salt, value).

    The moment of recording is text as in the body, or a moment.
    """

    name: str
    length: int
    head: bytes
    events: Sequence[Sequence[Any]]
    values: Mapping[tuple[int, int], tuple[bytes, str | None]]


def verify_chain(chain: Chain) -> int:
    """Checks a stream that was read: see verify.

    What was not touched stands word for word as `event` writes it, and is compared so, without being parsed. Only a
    stream that does not, or that holds destroyed values, is taken apart; that alone decides what is wrong with it.
    """
    for _, fault in faults(chain):
        raise LedgerError(fault)
    return chain.length


def faults(chain: Chain) -> Iterator[tuple[int, str]]:
    """What does not hold of a stream that was read, each with the position of its event; 0: of the stream."""
    if not _as_written(chain):
        yield from _take_apart(chain)


def recorded(chain: Chain) -> list[Recorded]:
    """The events of a stream that was read, values joined, as `read` gives them."""
    values = {place: value for place, (_, value) in chain.values.items()}
    found = []
    for text, _, *columns in chain.events:
        said = dict(zip(IN_BODY, columns, strict=True))
        operations = with_values(said["position"], json.loads(text)["operations"], values)
        found.append(
            Recorded(said["position"], said["step"], said["label"], said["actor"], said["reverses"], operations)
        )
    return found


def _as_written(chain: Chain) -> bool:
    """Whether hashes, columns and values are told by the bodies, read as the text that `event` writes.

    A body written otherwise was put in together with its chain, with whatever digests: the leaf finds that.
    """
    previous, values, hidden = ZERO, chain.values, _HIDDEN
    for number, (text, stored, *columns) in enumerate(chain.events, start=1):
        previous = sm3(previous + text.encode())
        if previous != bytes(stored) or columns[_POSITION] != number or not _told(text, columns):
            return False
        found = hidden(text)
        if len(found) != text.count('"slot":'):
            return False
        for digest, slot in found:
            salt, value = values.get((number, int(slot)), (b"", None))
            if not value or digest_of(salt, value.encode()) != digest:
                return False
    return len(chain.events) == chain.length and previous == chain.head


_POSITION = IN_BODY.index("position")
_HIDDEN = re.compile(r'\{"digest":"(sm3:.{64})"[^{}]*"slot":(\d+)').findall
_quoted = json.encoder.encode_basestring


def _told(text: str, columns: Sequence[Any]) -> bool:
    """Whether a body begins, goes on after its declaration, and ends as `event` writes it for these columns."""
    (
        act, actor, article, audience, happened, label, organ, papers, position, recorded, reverses, role, state, step,
        stream,
    ) = columns  # fmt: skip
    begin = (
        f'{{"act":"{act}","actor":{"null" if actor is None else actor}'
        f',"article":{"null" if article is None else _quoted(article)},"audience":{_quoted(audience)},"declaration":"'
    )
    if not text.startswith(begin):
        return False
    end = text.find('"', len(begin))
    if text[end - 1] == "\\" or not text.startswith(
        f'","happened":"{happened}","label":{_quoted(label)},"operations":[', end
    ):
        return False
    moment = recorded if isinstance(recorded, str) else recorded.astimezone(SHANGHAI).isoformat()
    return text.endswith(
        f'],"organ":{"null" if organ is None else organ},"papers":{canonical(papers).decode() if papers else "[]"}'
        f',"position":{position},"recorded":"{moment}","reverses":{"null" if reverses is None else reverses}'
        f',"role":{_quoted(role)},"state":{_quoted(state)},"step":{_quoted(step)},"stream":{stream}}}'
    )


def _take_apart(chain: Chain) -> Iterator[tuple[int, str]]:
    """Parses every body, and tells each event that does not hold; what follows one is judged by what stands there."""
    previous, name, expected = ZERO, chain.name, 0
    try:
        bodies = [json.loads(text) for text, *_ in chain.events]
        destroyed = set(_destroyed(bodies, chain.values))
    except (ValueError, LookupError, TypeError):
        yield 0, f"{name} 有读不懂的记录，内容被改动过"
        yield from _broken_links(chain)
        return
    for body, (text, stored, *columns) in zip(bodies, chain.events, strict=True):
        expected += 1
        here = columns[_POSITION]
        if body["position"] != expected:
            yield here, f"{name} 缺少第{expected}条记录"
            expected = here
        where = f"{name} 第{expected}条记录"
        if sm3(previous + text.encode()) != bytes(stored):
            yield here, f"{where}与链上的摘要不符，内容被改动过"
        previous = bytes(stored)
        for word, column in zip(IN_BODY, columns, strict=True):
            if body[word] != column and not (word == "recorded" and _same_moment(body[word], column)):
                yield here, f"{where}的“{word}”一栏与记录正文不符，被改动过"
        for fault in _wrong_values(where, expected, body["operations"], chain.values, destroyed):
            yield here, fault
    if len(chain.events) != chain.length or previous != chain.head:
        yield 0, f"{name} 的末端与记录不符，可能少了最后的记录"


def _broken_links(chain: Chain) -> Iterator[tuple[int, str]]:
    """The events whose bodies are not those that were hashed."""
    previous = ZERO
    for text, stored, *columns in chain.events:
        if sm3(previous + text.encode()) != bytes(stored):
            yield columns[_POSITION], f"{chain.name} 第{columns[_POSITION]}条记录与链上的摘要不符，内容被改动过"
        previous = bytes(stored)


def _same_moment(said: str, recorded: str | datetime) -> bool:
    return datetime.fromisoformat(said) == (datetime.fromisoformat(recorded) if isinstance(recorded, str) else recorded)


def _destroyed(
    bodies: Iterable[Mapping[str, Any]], values: Mapping[tuple[int, int], tuple[bytes, str | None]]
) -> Iterator[tuple[int, int]]:
    """The values that acts of destruction name in their notes, which stand last."""
    for body in bodies:
        if body["step"] == DESTROYING:
            _, note = values.get((body["position"], body["operations"][-1].get("slot")), (b"", None))
            yield from ((position, slot) for position, slot in json.loads(note or '{"slots":[]}')["slots"])


def _wrong_values(
    where: str,
    position: int,
    operations: list[Operation],
    values: Mapping[tuple[int, int], tuple[bytes, str | None]],
    destroyed: Collection[tuple[int, int]],
) -> Iterator[str]:
    for operation in operations:
        if "slot" not in operation:
            continue
        salt, value = values.get((position, operation["slot"]), (b"", ""))
        if value is None and (position, operation["slot"]) not in destroyed:
            yield f"{where}的内容被清除，没有销毁的记录"
        if value is not None and (not value or digest_of(salt, value.encode()) != operation["digest"]):
            yield f"{where}的内容与摘要不符，内容被改动过"
