"""逐项评分: what an organ was given for each indicator of an assessment, held against 考核指标体系 and the totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fadu.domains.organisation.books import ASSESSMENT as ARTICLE
from fadu.domains.organisation.registers import TREE
from fadu.rules.facts import Audience, Count, Fact, Facts, Text
from fadu.rules.procedure import Gate
from fadu.rules.view import View

PARTIES = Audience.PARTIES


class Score(Facts):
    """One indicator of the tree and what the organ was given for it."""

    code: Annotated[Text, Fact("指标编号", PARTIES)]
    group: Annotated[Text, Fact("一级指标", PARTIES)]
    weight: Annotated[Count, Fact("分值", PARTIES)]
    points: Annotated[Count, Fact("得分", PARTIES)]
    deduction: Annotated[Text | None, Fact("扣分理由", PARTIES)] = None
    evidence: Annotated[Text | None, Fact("依据的佐证材料", PARTIES)] = None


def _scores(view: View) -> list[dict[str, Any]]:
    return [item["facts"] for item in view.items()]


def _strange(view: View) -> list[str]:
    """Indicators that the tree in force does not have with this weight; an empty tree is not asked."""
    tree = view.entries(TREE.name)
    return [
        f"{one['code']}（{one['weight']}分）"
        for one in _scores(view)
        if tree and tree.get(one["code"], {}).get("weight") != one["weight"]
    ]


def _above(view: View) -> list[str]:
    return [f"{one['code']}得{one['points']}分" for one in _scores(view) if one["points"] > one["weight"]]


def _of_scores(name: str, sentence: str, todo: str, holds: Callable[[View], bool], *reads: str) -> Gate:
    return Gate(name=name, sentence=sentence, todo=todo, article=ARTICLE, reads=("items", *reads), holds=holds)


as_listed = replace(
    _of_scores(
        "indicators_listed",
        "指标或者分值与考核指标体系不符",
        "请照考核指标体系填写编号和分值。",
        lambda view: not _strange(view),
        f"register:{TREE.name}",
    ),
    tells=_strange,
)
within_weight = replace(
    _of_scores("points_within", "得分高于指标的分值", "请核对得分。", lambda view: not _above(view)), tells=_above
)
weights_add_up = _of_scores(
    "weights_add_up",
    "各项指标的分值之和不是满分",
    "请先把考核指标逐项评分。",
    lambda view: sum(one["weight"] for one in _scores(view)) == view.fact("full_score"),
    "fact:full_score",
)
points_add_up = _of_scores(
    "points_add_up",
    "各项指标的得分之和不是复核评分",
    "请核对各项得分和复核评分。",
    lambda view: sum(one["points"] for one in _scores(view)) == view.fact("review_score"),
    "fact:review_score",
)
