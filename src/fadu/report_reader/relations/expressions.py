"""How each form of a check is written over the ids of its claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Names = Sequence[str]


def _sum(names: Names) -> str:
    return " + ".join(names)


_FORMS: dict[str, Callable[[Names], str]] = {
    "=+": _sum,
    "==": lambda of: of[0],
    "/": lambda of: f"{of[0]} / {of[1]}",
    "/%": lambda of: f"{of[0]} / {of[1]} * 100",
    "/?%": lambda of: f"{of[0]} / ? * 100",
    "?/%": lambda of: f"? / {of[0]} * 100",
    "1-/%": lambda of: f"({of[1]} - {of[0]}) / {of[1]} * 100",
    "/-%": lambda of: f"{of[0]} / ({of[1]} - {of[2]}) * 100",
    "+/%": lambda of: f"({of[0]} + {of[2]}) / {of[1]} * 100",
    "/+%": lambda of: f"{of[0]} / ({_sum(of[1:])}) * 100",
    "++/%": lambda of: f"({_sum(of[:-1])}) / {of[-1]} * 100",
    "++/-%": lambda of: f"({_sum(of[:-2])}) / ({of[-2]} - {of[-1]}) * 100",
    "growth": lambda of: f"({of[0]} - {of[1]}) / {of[1]} * 100",
    "delta": lambda of: f"{of[1]} / ({of[0]} - {of[1]}) * 100",
    "named": lambda of: "项名称",
}


def expression(form: str, names: Names) -> str:
    """`stated = computed`. Forms that are no entry: `/12` divides by a number, `^5` is yearly growth over five years,
    `+-` takes signs one by one.
    """
    stated, *rest = names
    if form == ">=":
        return f"{stated} >= {rest[0]}"
    if form in _FORMS:
        return f"{stated} = {_FORMS[form](rest)}"
    if form.startswith("^"):
        return f"{stated} = (({rest[0]} / {rest[1]}) ^ (1 / {form[1:]}) - 1) * 100"
    if form.startswith("/"):
        return f"{stated} = {rest[0]} / {form[1:]}"
    return f"{stated} = {rest[0]}" + "".join(f" {sign} {name}" for sign, name in zip(form, rest[1:], strict=True))
