"""A register's declaration is judged when it loads; every fault is a sentence that names the word."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import pytest

from fadu.rules.errors import DeclarationError
from fadu.rules.facts import Count, Fact, Facts, Text
from fadu.rules.law import load_library
from fadu.rules.procedure import SYSTEM
from fadu.rules.registers import ChangeKind, Effect, Register
from fadu.rules.registry import Registry, digest
from tests.kernel.lists import POWERS, ROOM


class Unlabelled(Facts):
    code: Text


class Numbered(Facts):
    code: Annotated[Count, Fact("编号")]
    again: Annotated[Count | None, Fact("编号")] = None


class Optional(Facts):
    code: Annotated[Text | None, Fact("编码")] = None


class OnlyEnds(ChangeKind):
    CANCEL = "cancel", "取消", Effect.ENDS
    DROP = "drop", "取消", Effect.ENDS


class OneCode(ChangeKind):
    ADD = "add", "新增", Effect.ENTERS
    MORE = "add", "增补", Effect.ENTERS
    CANCEL = "cancel", "取消", Effect.ENDS


def judged(*declared: Register) -> Registry:
    return Registry([replace(ROOM, procedures=(), registers=declared)], load_library())


def test_a_good_one_is_found_by_name() -> None:
    catalogue = judged(POWERS)
    assert catalogue.register("power") is POWERS
    assert catalogue.registers == (POWERS,)
    with pytest.raises(KeyError):
        catalogue.register("absent")


def test_kinds_of_change_say_what_they_do() -> None:
    kind = POWERS.change("hand_down")
    assert kind is not None
    assert (kind.label, kind.effect, kind.article, kind.needs_reason) == ("下放", Effect.ENDS, "第四条", True)
    assert POWERS.change("absent") is None


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (replace(POWERS, name="Power List"), "只能用小写英文"),
        *((replace(POWERS, name=name), "由本机关自用") for name in ("signing", "certificates", "targets")),
        (replace(POWERS, article=""), "没有条文依据"),
        (replace(POWERS, statute="无此法"), "无此法"),
        (replace(POWERS, model=Unlabelled), "没有用 Fact"),
        (replace(POWERS, key="absent"), "absent 没有声明"),
        (replace(POWERS, model=Numbered), "“编号”应当是必填的文字或者选项"),
        (replace(POWERS, model=Numbered), "“编号”这一名称用了不止一次"),
        (replace(POWERS, model=Optional), "“编码”应当是必填"),
        (replace(POWERS, changes=OnlyEnds), "没有能够新增条目"),
        (replace(POWERS, changes=OnlyEnds), "“取消”出现了不止一次"),
        (replace(POWERS, changes=OneCode), "代码重复"),
        (replace(POWERS, by=()), "没有写由谁登记"),
        (replace(POWERS, by=(SYSTEM,)), "不能由法定期限触发"),
    ],
)
def test_every_fault_is_told(declared: Register, said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        judged(declared)


def test_two_registers_cannot_have_one_name() -> None:
    with pytest.raises(DeclarationError, match="不止一次"):
        judged(POWERS, replace(POWERS, label="另一清单"))


def test_the_digest_changes_with_a_label_and_with_an_article() -> None:
    digests = {digest(POWERS), digest(replace(POWERS, label="另一清单")), digest(replace(POWERS, article="第五条"))}
    assert len(digests) == 3
