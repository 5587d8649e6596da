"""Whose report it is: the organ, for sessions that see all of its cases."""

from __future__ import annotations

import re

from fadu.analytics.figures import Period
from fadu.analytics.whose import Whose, stretches
from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.indicators import Reach

_GOVERNMENT = re.compile("(省|自治区|市|州|区|县|旗|镇|乡|街道)(?:人民政府|办事处)$")


def named(organ: str) -> dict[str, str]:
    """How a text names the organ, it with all organs below it, and it alone: 某区人民政府, 全区, 区政府本级."""
    found = _GOVERNMENT.search(organ)
    whole, own = (f"全{found[1]}", f"{found[1]}政府本级") if found else ("本机关和下级机关", "本机关本级")
    return {"organ": organ, "whole": whole, "own": own}


def organ_of(s: Session, organ: int | None) -> models.Organ:
    """The organ asked for, by default the house's one government. Raises NotAllowed for who sees only a part."""
    found = access.organs(s)
    roots = list(found.filter(pk=organ) if organ is not None else found.filter(parent=None))
    if organ is None and len(roots) != 1:
        raise BadInput({"organ": "本单位不止一个上级机关，请指明为哪一个机关生成报告"})
    if not roots:
        raise NotFound("机关")
    if s.officer is not None and roots[0].pk not in s.bodies:
        raise NotAllowed(
            f"年度报告统计{roots[0].name}的全部案件，您只能查看其中一部分。",
            todo=f"请由在{roots[0].name}任职的法制监督人员或者机关负责人生成。",
        )
    return roots[0]


def all_seen(s: Session, whose: Whose, period: Period) -> Whose:
    """The same. Raises NotAllowed for who does not see an organ that belonged to it: a part would be printed."""
    tree = access.tree(s)
    parts = stretches(tree, whose, Reach.WHOLE, period.since, period.before, divided=False)
    unseen = {organ for part in parts for organ in part.organs or ()} - s.bodies
    if s.officer is not None and unseen:
        names = "、".join(tree.places[organ].name for organ in sorted(unseen))
        raise NotAllowed(
            f"{names}的案件也计入这一期间，您不能查看。",
            todo="请由系统管理员用 fadu report 生成，或者请上级机关的法制监督人员生成。",
        )
    return whose
