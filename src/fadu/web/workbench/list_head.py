"""The head of a list: how many there are, under which conditions, in what order; and why an empty one is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fadu.web.workbench.listing import LIGHTS, OPEN, WHEN, Question

ORDERS = {
    "due": "到期日由近到远",
    "-due": "到期日由远到近",
    "opened": "立案日期由早到晚",
    "-opened": "立案日期由晚到早",
    "number": "案号顺序",
    "-number": "案号倒序",
    "title": "标题顺序",
    "-title": "标题倒序",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words. without: the address of the same list that does not ask it."""

    label: str
    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a list. total: counted no further than one beyond bound; helps: of an empty list, those of its
    conditions without which there would be something.
    """

    unit: str
    total: int
    bound: int
    order: str
    chips: Sequence[Chip]
    helps: Sequence[Chip]

    @property
    def more(self) -> bool:
        return self.total > self.bound

    @property
    def number(self) -> str:
        return f"{min(self.total, self.bound):,}"


def head(
    unit: str, total: int, bound: int, order: str, chips: Iterable[Chip], there: Callable[[str], bool]
) -> Head:  # fmt: skip
    """there: whether the list at an address has anything; asked where nothing was found, once for each condition."""
    known = tuple(chips)
    return Head(unit, total, bound, order, known, tuple(one for one in known if not total and there(one.without)))


def chips(asked: Question, choices: Mapping[str, Mapping[str, str]]) -> list[Chip]:
    """The conditions of a question to the list of cases. choices: what its boxes offer, by box."""

    def chosen(box: str, value: str) -> str:
        return choices[box].get(value, "（不存在）") if value else ""

    plain = {
        "q": ("关键词", asked.words),
        "open": ("办理情况", OPEN[asked.open] if asked.open != "all" else ""),
        "system": ("程序", chosen("systems", asked.system)),
        "state": ("状态", chosen("states", asked.state)),
        "light": ("期限", LIGHTS.get(asked.light, "")),
        "body": ("承办机构（含下属）", chosen("bodies", asked.body)),
        "officer": ("承办人", chosen("officers", asked.officer)),
    }
    without = {"open": "all"}
    found = [
        Chip(label, text, asked.address(**{name: without.get(name, "")}))
        for name, (label, text) in plain.items()
        if text
    ]
    if asked.since or asked.until:
        found.append(Chip(WHEN[asked.when], span(asked.since, asked.until), asked.address(since="", until="")))
    for one in asked.facts:
        if one.asked:
            text = one.options.get(one.value, one.value) or span(one.since, one.until)
            found.append(Chip(one.label, text, asked.address(**dict.fromkeys(one.parameters, ""))))
    return found


def span(since: str, until: str) -> str:
    """From and to in words."""
    return "至".join((since, until)) if since and until else f"{since}起" if since else f"至{until}"
