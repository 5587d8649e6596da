"""A chain as it was read: what was written holds without being parsed, and every single change to it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fadu.infra.clock import SHANGHAI
from fadu.kernel import ledger
from fadu.kernel.ledger import Chain, Deed, LedgerError

NOW = datetime(2024, 3, 1, 10, tzinfo=SHANGHAI)
LETTERS = st.sampled_from('受理a"\\{}[],:\n\u2028 ') | st.characters(codec="utf-8", exclude_characters="\0")
ODD = st.text(LETTERS, max_size=12)
DEEDS = st.builds(
    Deed,
    act=st.uuids(),
    step=ODD,
    label=ODD,
    audience=ODD,
    article=st.none() | ODD,
    actor=st.none() | st.integers(1, 9),
    role=ODD,
    happened=st.dates(),
    reverses=st.none() | st.integers(1, 9),
)
KEYS = st.sampled_from(["slot", "digest"])
VALUES = st.none() | st.booleans() | st.integers(-9, 9) | ODD | st.dictionaries(KEYS, ODD)
FACTS = st.builds(
    lambda name, value: {"op": "fact", "name": name, "value": value}, st.sampled_from(["story", "worth"]), VALUES
)
OPERATIONS = st.one_of(
    st.builds(lambda name, value: {"op": "fact", "name": name, "value": value}, ODD, VALUES),
    st.builds(lambda key, value: {"op": "put", "table": "party", "key": key, "value": {"name": value}}, ODD, VALUES),
    st.builds(lambda key, value: {"op": "put", "table": "clock", "key": key, "value": {"slot": value}}, ODD, VALUES),
    st.builds(lambda key, text: {"op": "put", "table": "paper", "key": key, "value": {"digest": text}}, ODD, ODD),
    st.builds(lambda key: {"op": "remove", "table": "clock", "key": key}, ODD),
)


def chain(deeds: Sequence[Deed], operations: Sequence[Any], state: str = "accepted", organ: int | None = None) -> Chain:
    """As `event` writes it, and as the tables give it back."""
    previous, events, values = ledger.ZERO, [], {}
    for position, deed in enumerate(deeds, start=1):
        made = ledger.event(7, position, previous, deed, NOW, state, "sm3:" + "0" * 64, operations, organ)
        previous = bytes.fromhex(made["hash"])
        events.append((made["body"], previous, *(made[name] for name in ledger.IN_BODY)))
        values |= {(position, slot): (bytes.fromhex(salt), text) for slot, (salt, text) in enumerate(made["values"])}
    return Chain("案件", len(deeds), previous, events, values)


@given(st.lists(DEEDS, min_size=1, max_size=3), st.lists(OPERATIONS, max_size=4), ODD, st.none() | st.integers(1, 9))
def test_what_was_written_holds(deeds: list[Deed], operations: list[Any], state: str, organ: int | None) -> None:
    made = chain(deeds, operations, state, organ)
    assert ledger.verify_chain(made) == len(deeds)
    for number, event in enumerate(made.events):
        for place in range(len(event)):
            with pytest.raises(LedgerError):
                ledger.verify_chain(replace(made, events=changed(made.events, number, place)))


def changed(events: Sequence[Sequence[Any]], number: int, place: int) -> list[list[Any]]:
    """One field of one event is another."""
    copied = [list(event) for event in events]
    was = copied[number][place]
    if place - 2 == ledger.IN_BODY.index("recorded"):
        copied[number][place] = (datetime.fromisoformat(was) + timedelta(microseconds=1)).isoformat()
    elif isinstance(was, bytes):
        copied[number][place] = bytes([was[0] ^ 1]) + was[1:]
    elif isinstance(was, list):
        copied[number][place] = [*was, ["reply-1", "sm3:"]]
    else:
        fresh: Any = "甲" if ledger.IN_BODY[place - 2] == "article" else 77
        copied[number][place] = fresh if was is None else was + (1 if isinstance(was, int) else "。")
    return copied


USUAL = chain(
    [Deed(UUID(int=1), "accept", "受理", "parties", None, 1, "case_officer", date(2024, 3, 1))] * 2,
    [
        {"op": "fact", "name": "story", "value": {"a": 1, "b": "某事"}},
        {"op": "put", "table": "party", "key": "p1", "value": {"name": "张三"}},
    ],
)


@given(st.lists(FACTS, max_size=3))
def test_facts_are_compared_without_parsing(operations: list[Any]) -> None:
    """The quick way is the one that is taken: the slow one is not asked."""
    operations.append({"op": "put", "table": "paper", "key": "reply-1", "value": {"digest": "sm3:“a”"}})
    deed = Deed(UUID(int=1), "accept", "受理", "parties", "第三十条", None, "case_officer", date(2024, 3, 1))
    assert ledger._as_written(chain([deed] * 2, operations, organ=3))


@pytest.mark.parametrize("place", USUAL.values)
@pytest.mark.parametrize(
    ("change", "said"),
    {
        "another": (lambda salt, text: (salt, text.replace("某", "张").replace("三", "四")), "与摘要不符"),
        "the same in other words": (lambda salt, text: (salt, text.replace(":", ": ")), "与摘要不符"),
        "no JSON": (lambda salt, text: (salt, text + "}"), "与摘要不符"),
        "another salt": (lambda salt, text: (salt[::-1], text), "与摘要不符"),
        "empty": (lambda salt, text: (salt, ""), "与摘要不符"),
        "erased": (lambda salt, text: (b"", None), "没有销毁的记录"),
    }.values(),
)
def test_a_changed_value_is_found(place: tuple[int, int], change: Any, said: str) -> None:
    values = {**USUAL.values, place: change(*USUAL.values[place])}
    with pytest.raises(LedgerError, match=said):
        ledger.verify_chain(replace(USUAL, values=values))


def test_a_missing_value_event_or_end_is_found() -> None:
    some = {place: value for place, value in USUAL.values.items() if place != (2, 1)}
    for cut in (
        replace(USUAL, values=some),
        replace(USUAL, events=USUAL.events[1:]),
        replace(USUAL, events=USUAL.events[:1]),
        replace(USUAL, head=ledger.ZERO),
        replace(USUAL, length=3),
    ):
        with pytest.raises(LedgerError):
            ledger.verify_chain(cut)


def test_exchanged_values_are_found() -> None:
    first, second = USUAL.values[1, 0], USUAL.values[1, 1]
    with pytest.raises(LedgerError, match="第1条记录的内容与摘要不符"):
        ledger.verify_chain(replace(USUAL, values={**USUAL.values, (1, 0): second, (1, 1): first}))


def test_a_moment_is_the_same_in_any_zone() -> None:
    """Rows that came as JSON have a moment; its zone is the connection's."""
    place = 2 + ledger.IN_BODY.index("recorded")
    events = [[*event[:place], NOW, *event[place + 1 :]] for event in USUAL.events]
    assert ledger.verify_chain(replace(USUAL, events=events)) == 2
    events[0][place] = NOW + timedelta(microseconds=1)
    with pytest.raises(LedgerError, match="recorded"):
        ledger.verify_chain(replace(USUAL, events=events))
