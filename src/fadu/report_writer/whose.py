"""Whose report it is: the organ, for sessions that see all of its cases."""

from __future__ import annotations

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput, NotAllowed, NotFound


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
