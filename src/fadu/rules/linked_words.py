"""The words by which cases are linked: Opens 引发另案, Names 关联, Consequence 后果 with its Effect.

Rooms do not import one another: who gives an effect and who receives it know each other by the name of a system, and
the kernel carries it. Part of the words of a procedure; declarations import them from fadu.rules.procedure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fadu.rules.register_words import NumberOf


class Relation(StrEnum):
    """What a link says: this case opened the other, opened it to be done anew, is about it, was reached by it, or ended
    its waiting.
    """

    OPENS = "opens"
    REDO = "redo"
    CONCERNS = "concerns"
    EFFECT = "effect"
    AWAITED = "awaited"


OPENING = (Relation.OPENS, Relation.REDO)
"""Links with cases that an act of this one opened."""


class Effect(StrEnum):
    """What one case does to what another decided, told neutrally: who receives it says what follows (L19).

    OVER: a case that opened or names this one waits for it no longer (L8).
    """

    REVOKED = "revoked"
    REDO = "redo"
    CHANGED = "changed"
    UNLAWFUL = "unlawful"
    VOID = "void"
    OVER = "over"

    @property
    def label(self) -> str:
        return {
            "revoked": "被撤销",
            "redo": "被撤销并责令重作",
            "changed": "被变更",
            "unlawful": "被确认违法",
            "void": "被确认无效",
            "over": "所等待的案件有了结果",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    """Opens a case of another procedure, linked to this one (L15).

    hands: fact there → fact here, or the number of a paper; parties by role name there → role name here; items: the
    items too, whose model is the same on both sides, without their outcomes. relation: REDO where what this case
    decided is to be done anew (L18). returns: fact here → fact there, handed back when that case has its result, for
    which this one waits (Effect.OVER).
    """

    system: str
    step: str
    hands: Mapping[str, str | NumberOf] = field(default_factory=dict, hash=False)
    parties: Mapping[str, str] = field(default_factory=dict, hash=False)
    items: bool = False
    relation: Relation = Relation.OPENS
    returns: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The fact holds the number of a case of that system in this house, with which this one is linked from then on.

    Without a system it is a case of any: whatever is about work under way (督办) has no effect on what it names. Where
    the fact may be left out, nothing is linked. agents: who acted there for a party that is here by the same name is
    proposed here, without power.
    """

    fact: str
    system: str = ""
    agents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What the step does to the cases that this one names (L19): the effect that the fact of a closed list says.

    None: it leaves them as they are. Judged complete, and judged that each text of theirs receives each effect.
    """

    fact: str
    effects: Mapping[str, Effect | None] = field(hash=False)
