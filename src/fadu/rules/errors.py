"""The tree of refusals: each says what, why (article) and what to do next, in Chinese.

FaduError
├── DeclarationError   a procedure, an indicator or a law file does not hold: the start stops
└── Refusal            something asked for is not done; nothing has been changed
    ├── NotFound       absent and forbidden look the same
    ├── NotAllowed     the person has no right to this act
    ├── BadInput       fields of a form, each with its sentence
    ├── GatesUnmet     all unmet conditions at once
    ├── StaleForm      the case went on since the form was made
    ├── KeyReused      the same key was used for another content
    └── TooOften       what many ask for at once, or one too often: later
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class FaduError(Exception):
    """Base of all errors meant for people.

    code: stable short name for programs; message: one Chinese sentence; article: its legal basis,
    where there is one; todo: what the person can do now.
    """

    code = "error"

    def __init__(self, message: str, *, article: str | None = None, todo: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.article = article
        self.todo = todo

    def as_json(self) -> dict[str, object]:
        """The refusal as data, for the API and for tests."""
        return {"code": self.code, "message": self.message, "article": self.article, "todo": self.todo}


class DeclarationError(FaduError):
    """A declaration that names an unknown word, leaves a state without exit, and the like."""

    code = "declaration"


class Refusal(FaduError):
    """Base of everything that refuses a request without changing anything."""

    code = "refused"


class NotFound(Refusal):
    code = "not_found"

    def __init__(self, what: str = "所查找的内容") -> None:
        super().__init__(f"{what}不存在，或者您无权查看。", todo="请核对编号；如确需查看，请向本单位管理员申请权限。")


class NotAllowed(Refusal):
    code = "not_allowed"


class BadInput(Refusal):
    """Fields that cannot be taken: name of the field → Chinese sentence."""

    code = "bad_input"

    def __init__(self, fields: Mapping[str, str], *, article: str | None = None) -> None:
        super().__init__(
            "填写的内容有误：" + "；".join(fields.values()),
            article=article,
            todo="请改正后重新提交，已填内容不会丢失。",
        )
        self.fields = dict(fields)

    def as_json(self) -> dict[str, object]:
        return {**super().as_json(), "fields": self.fields}


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that does not hold: the sentence for the person, its article, what to do."""

    gate: str
    sentence: str
    article: str | None = None
    todo: str | None = None


class GatesUnmet(Refusal):
    """Every unmet condition of a step, told at once."""

    code = "gates_unmet"

    def __init__(self, step: str, unmet: Sequence[Unmet]) -> None:
        reasons = "；".join(f"{u.sentence}（{u.article}）" if u.article else u.sentence for u in unmet)
        todo = "；".join(u.todo for u in unmet if u.todo) or "请先完成上述事项。"
        super().__init__(f"现在还不能“{step}”：{reasons}。", article=unmet[0].article, todo=todo)
        self.unmet = tuple(unmet)

    def as_json(self) -> dict[str, object]:
        unmet = [{"gate": u.gate, "sentence": u.sentence, "article": u.article, "todo": u.todo} for u in self.unmet]
        return {**super().as_json(), "unmet": unmet}


class StaleForm(Refusal):
    """The form was made at an older position; `since` tells the acts done in between, with who did them."""

    code = "stale_form"

    def __init__(self, position: int, since: Sequence[str]) -> None:
        happened = "、".join(since) or "其他操作"
        super().__init__(
            f"您填写期间，本案已有新的操作：{happened}。", todo="请查看最新情况后再提交，您填写的内容已保留。"
        )
        self.position = position
        self.since = tuple(since)

    def as_json(self) -> dict[str, object]:
        return {**super().as_json(), "position": self.position, "since": list(self.since)}


class KeyReused(Refusal):
    code = "key_reused"

    def __init__(self) -> None:
        super().__init__("同一张表单已用另一份内容提交过。", todo="请刷新页面后重新填写。")


class TooOften(Refusal):
    """Nothing is wrong with it, but others wait or it was asked for too often: it may be asked for again later."""

    code = "too_often"
