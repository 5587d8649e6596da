"""What a gate may see: the case through a window that opens only on what the gate declares to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date
from typing import Any

from fadu.rules.casefile import CaseFile
from fadu.rules.clocks import Reckoned
from fadu.rules.errors import DeclarationError
from fadu.rules.history import moves, states_on
from fadu.rules.keeping import kept
from fadu.rules.procedure import Gate, Procedure


class View:
    """The case on the day of the act, with the facts that the act brings.

    reckoned: clock key → its dates; actor: who acts; late_notices: names of the leads whose notice did not come in
    good time; key: the instance of the track that is acted on (for 呈批 the step it is about); entries: of a register,
    by what names them, those valid on the day at whoever handles the case; amounts: of a statute by its name, in force
    on the day, in 分.
    """

    def __init__(
        self,
        case: CaseFile,
        procedure: Procedure,
        day: date,
        reckoned: Mapping[str, Reckoned],
        actor: int | None,
        late_notices: frozenset[str] = frozenset(),
        key: str = "",
        entries: Callable[[str], Mapping[str, Mapping[str, Any]]] | None = None,
        amounts: Callable[[str, str], int] | None = None,
    ) -> None:
        self._case = case
        self._procedure = procedure
        self._day = day
        self._reckoned = reckoned
        self._late_notices = late_notices
        self._reads: frozenset[str] | None = None
        self._key = key
        self._entries = entries
        self._amounts = amounts
        self.actor = actor

    def through(self, gate: Gate) -> View:
        """This view narrowed to what the gate declares."""
        window = copy(self)
        window._reads = frozenset(gate.reads)
        return window

    def _read(self, entry: str) -> None:
        if self._reads is not None and entry not in self._reads:
            raise DeclarationError(f"条件读取了它没有声明的内容：{entry}", todo="请在 Gate.reads 中补上。")

    def fact(self, name: str) -> Any:
        self._read(f"fact:{name}")
        return self._case.facts.get(name)

    def is_day(self, fact: str) -> bool:
        """Whether the act happens on the day that the fact states."""
        self._read(f"fact:{fact}")
        return bool(self._case.facts.get(fact) == self._day.isoformat())

    def parties(self, role: str) -> list[dict[str, Any]]:
        """Present parties of a role."""
        self._read(f"party:{role}")
        return [row for _, row in self._case.of("party", role=role) if row.get("before") is None]

    def items(self) -> list[dict[str, Any]]:
        self._read("items")
        return list(self._case.table("item").values())

    def did(self, step: str) -> bool:
        """Whether the step was done up to the day of the act."""
        self._read(f"step:{step}")
        return any(entry["day"] <= self._day.isoformat() for entry in self._case.done.get(step, ()))

    def done_by(self, step: str) -> int | None:
        """Who did the step last; on a track with several instances, in the instance now acted on."""
        self._read(f"step:{step}")
        done = self._case.done.get(f"{step}:{self._key}") or self._case.done.get(step)
        return done[-1]["by"] if done else None

    def track(self, name: str, key: str = "") -> str | None:
        """State of a track on the day of the act, None before it began; an agreement is asked for as it stands now."""
        self._read(f"track:{name}")
        row = self._case.table("track").get(f"{name}:{key}" if key else name)
        declared = self._procedure.track(name)
        if row is None or declared is None or declared.per_step:
            return row["state"] if row else None
        first = min((day for day, _ in moves(self._case, self._procedure, declared)), default="")
        return (
            states_on(self._case, self._procedure, self._day, declared)[-1] if first <= self._day.isoformat() else None
        )

    def _clocks(self, name: str) -> list[tuple[dict[str, Any], Reckoned]]:
        self._read(f"clock:{name}")
        return [(row, self._reckoned[key]) for key, row in self._case.of("clock", name=name)]

    def started(self, clock: str) -> bool:
        return bool(self._clocks(clock))

    def over(self, clock: str) -> bool:
        """Whether a period ran out unanswered before the day of the act; a minimum wait, for everybody it protects.

        A wait that was given up is over at once.
        """
        ended = [
            (reckoned.lapses_after is not None and reckoned.lapses_after < self._day) or self._given_up(row)
            for row, reckoned in self._clocks(clock)
            if row.get("stopped") is None
        ]
        declared = self._procedure.clock(clock)
        return bool(ended) and (all(ended) if declared and declared.waits else any(ended))

    def runs(self, clock: str) -> bool:
        """Whether such a period still runs on the day of the act, unanswered, for anybody."""
        return any(
            row.get("stopped") is None and (reckoned.lapses_after is None or self._day <= reckoned.lapses_after)
            for row, reckoned in self._clocks(clock)
        )

    def _given_up(self, row: dict[str, Any]) -> bool:
        return any(not cut["from"] and cut["on"] <= self._day.isoformat() for cut in row.get("cuts", ()))

    def kept(self, clock: str) -> bool:
        """Whether every such clock was answered in time, or has not yet run out on the day of the act."""
        return all(self._kept(row, reckoned.lapses_after) for row, reckoned in self._clocks(clock))

    def _kept(self, row: dict[str, Any], last: date | None) -> bool:
        if last is None or self._day <= last:
            return not row.get("late")  # it runs without end, or had not run out on that day
        known = kept(row, last)
        return row["stopped"] is not None if known is None else known

    def issued(self, paper: str) -> bool:
        """Whether such a paper was made up to the day of the act."""
        return bool(self._papers(paper))

    def _papers(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        self._read(f"paper:{name}")
        return [(key, row) for key, row in self._case.of("paper", name=name) if row["day"] <= self._day.isoformat()]

    def served(self, paper: str) -> bool:
        """Whether the newest such paper has reached every party it is meant for, on the day of the act."""
        papers = self._papers(paper)
        return bool(papers) and not self._missing_service(papers[-1][0], papers[-1][1])

    def published(self, paper: str) -> bool:
        """Whether the newest such paper was made public up to the day of the act."""
        papers = self._papers(paper)
        rows = self._case.of("publication", paper=papers[-1][0]) if papers else []
        return any(row["day"] <= self._day.isoformat() for _, row in rows)

    def all_served(self) -> bool:
        self._read("papers")
        return not any(self._missing_service(key, row) for key, row in self._case.table("paper").items())

    def _missing_service(self, key: str, paper: dict[str, Any]) -> bool:
        reached = {
            row["party"]
            for _, row in self._case.of("service", paper=key)
            if row.get("effective") and row["effective"] <= self._day.isoformat()
        }
        wanted = {
            key for key, row in self._case.table("party").items() if row["role"] in paper["to"] and not row["before"]
        }
        return bool(wanted - reached)

    def entries(self, register: str) -> Mapping[str, Mapping[str, Any]]:
        """Entries of a register valid on the day of the act, by what names them, of whoever handles the case."""
        self._read(f"register:{register}")
        return self._entries(register) if self._entries else {}

    def amount(self, statute: str, name: str) -> int:
        """An amount of the law library on the day of the act, in 分."""
        self._read(f"amount:{statute}·{name}")
        assert self._amounts is not None, "a gate that reads amounts is asked with the law library"
        return self._amounts(statute, name)

    def in_good_time(self, lead: str) -> bool:
        self._read(f"lead:{lead}")
        return lead not in self._late_notices
