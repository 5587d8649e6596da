"""搜索: the cases and entries in whose texts the words occur, what matched marked; and pages and lists called so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fadu.kernel import access, finding, models
from fadu.kernel.access import Listed, Session
from fadu.kernel.finding import FoundEntry
from fadu.kernel.sought import entry_texts, plain
from fadu.rules.registers import Register

Shown = TypeVar("Shown")
PAGE_SIZE = 20
COUNTED = 200
"""As many cases, and as many entries, are found at most; who gets more adds a word."""
SHOWN = 3
BEFORE, AFTER = 24, 60
"""Signs of the text shown on each side of the first word in it."""


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the case with the words in it."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """more: how many texts matched besides."""

    case: Listed
    matches: tuple[Match, ...]
    more: int


@dataclass(frozen=True, slots=True)
class EntryHit:
    """An entry of a register. name: its key; about: its first short text."""

    register: Register
    entry: FoundEntry
    name: tuple[Part, ...]
    about: tuple[Part, ...]
    matches: tuple[Match, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found(Generic[Shown]):
    """One page. total: as far as counted."""

    total: int
    page: int
    hits: tuple[Shown, ...]

    @property
    def last(self) -> int:
        return max(1, -(-min(self.total, COUNTED) // PAGE_SIZE))

    @property
    def in_words(self) -> str:
        return f"{COUNTED}+" if self.total > COUNTED else str(self.total)


def cases(s: Session, words: Sequence[str], page: int) -> Found[Hit]:
    """Newest first; what the session may not see is neither found nor counted."""
    found = finding.find(s, words, COUNTED + 1)
    page, shown = _turned(found, page)
    texts: dict[int, list[models.Sought]] = {}
    for text in finding.texts(s, shown, words) if shown else ():
        texts.setdefault(text.case_id, []).append(text)
    hits = tuple(_hit(case, texts.get(case.pk, []), words) for case in access.listed(s, shown))
    return Found(len(found), page, hits)


def _turned(found: Sequence[int], page: int) -> tuple[int, Sequence[int]]:
    """The page that there is, and what stands on it."""
    found = found[:COUNTED]
    page = min(max(page, 1), max(1, -(-len(found) // PAGE_SIZE)))
    return page, found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _hit(case: Listed, texts: Sequence[models.Sought], words: Sequence[str]) -> Hit:
    """What the line of the case shows anyway is not repeated below it."""
    below = [text for text in texts if text.place not in ("number", "title")]
    return Hit(case, tuple(Match(text.label, parts(text.text, words)) for text in below[:SHOWN]), len(below[SHOWN:]))


def entries(s: Session, words: Sequence[str], page: int, most: int = PAGE_SIZE) -> Found[EntryHit]:
    """Entries of registers, newest first, each once; most: so many of the page."""
    found = finding.find_entries(s, words, COUNTED + 1)
    page, shown = _turned(found, page)
    hits = (_entry(s.registry.register(one.row.register), one, words) for one in finding.entries(s, shown[:most]))
    return Found(len(found), page, tuple(hits))


def _entry(register: Register, found: FoundEntry, words: Sequence[str]) -> EntryHit:
    (_, name), *texts = entry_texts(register, found.row.data)
    about = next((one for one in texts if one[0].widget == "text"), None)
    told = ((field.fact.label, plain(text)) for field, text in texts if (field, text) != about)
    matches = [Match(label, parts(text, words)) for label, text in told if any(word in text for word in words)]
    return EntryHit(
        register, found, parts(name, words, whole=True), parts(about[1] if about else "", words, whole=True),
        tuple(matches[:SHOWN]), len(matches[SHOWN:]),
    )  # fmt: skip


def parts(text: str, words: Sequence[str], *, whole: bool = False) -> tuple[Part, ...]:
    """The text around the first word, every word in it marked; whole: all of it."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    first = pattern.search(text)
    start = 0 if whole or first is None else max(0, first.start() - BEFORE)
    end = len(text) if whole or first is None else min(len(text), first.end() + AFTER)
    ends = ("…" if start else "", "…" if end < len(text) else "")
    return tuple(_parts(ends[0] + text[start:end] + ends[1], pattern))


def _parts(text: str, pattern: re.Pattern[str]) -> Iterator[Part]:
    place = 0
    for found in pattern.finditer(text):
        if found.start() > place:
            yield Part(text[place : found.start()], False)
        yield Part(found.group(), True)
        place = found.end()
    if place < len(text):
        yield Part(text[place:], False)


# ---------------------------------------------------------------- what is called so


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is not a case: kind in words, its name, where it is."""

    kind: str
    parts: tuple[Part, ...]
    address: str


def named(words: Sequence[str], all_of_it: Sequence[tuple[str, str, str]]) -> list[Named]:
    """Those (kind, name, address) in whose names every word occurs."""
    return [
        Named(kind, parts(name, words, whole=True), address)
        for kind, name, address in all_of_it
        if all(word in plain(name) for word in words)
    ]
