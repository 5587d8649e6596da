"""`fadu coverage`: how much of the catalogue of systems and statistics is served, by heading and by depth."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from fadu.cli.table import Line, print_table
from fadu.rules.coverage import Coverage, Depth, Entry, Heading, Kind, State, read_catalogue
from fadu.rules.coverage import coverage as covered
from fadu.rules.errors import Refusal
from fadu.rules.registry import registry

CATALOGUE = Path(__file__).resolve().parents[1] / "domains" / "catalogue.yaml"
KINDS = {Kind.PROCEDURE: "程序", Kind.REGISTER: "名录", Kind.ACTIVITY: "工作", Kind.STATISTIC: "统计"}
STATES = {State.SERVED: "已覆盖", State.PART: "部分", State.MISSING: "未覆盖"}
DEPTHS = {
    Depth.PROCEDURE: "程序（有条件、期限和样例）",
    Depth.REGISTER: "名录",
    Depth.BOOK: "台账（有样例，没有条件或者期限）",
    Depth.INDICATOR: "指标",
}


@click.command(help="对照目录（425 项工作、328 项统计）：哪些已经覆盖，按标题和深度列出。")
@click.option("--heading", type=int, help="只看这一标题（编号），并逐项列出。")
@click.option("--missing", is_flag=True, help="列出没有覆盖的，以及部分覆盖的还缺什么。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def coverage(heading: int | None, missing: bool, as_json: bool) -> None:
    """The catalogue loads without a database."""
    headings = read_catalogue(CATALOGUE)
    found = covered(registry().rooms, headings)
    chosen = tuple(one for one in headings if heading in (None, one.number))
    if not chosen:
        raise Refusal(f"目录中没有第 {heading} 个标题。", todo=f"标题编号为 1 至 {len(headings)}。")
    if as_json:
        told = [_as_json(found, one, missing) for one in chosen]
        click.echo(json.dumps({"headings": told}, ensure_ascii=False, indent=2))
        return
    _print_totals(found, chosen)
    if missing or heading is not None:
        for one in chosen:
            _print_entries(found, one, missing)


def _print_totals(found: Coverage, headings: tuple[Heading, ...]) -> None:
    """One line a heading, what all have together, and by depth."""
    lines = [(f"{one.number}", one.name, *_cells(found, one.entries)) for one in headings]
    every = [entry for one in headings for entry in one.entries]
    if len(headings) > 1:
        lines.append(("", "合计", *_cells(found, every)))
    print_table(("编号", "标题", *KINDS.values(), STATES[State.PART]), lines)
    click.echo("格式为已覆盖/全部；只覆盖了一部分的不算已覆盖，数目另列。\n")
    depths = [(found.depth(entry), found.state(entry)) for entry in every]
    print_table(
        ("深度", STATES[State.SERVED], STATES[State.PART]),
        [
            (label, *(str(depths.count((depth, state))) for state in (State.SERVED, State.PART)))
            for depth, label in DEPTHS.items()
        ],
    )


def _cells(found: Coverage, entries: Iterable[Entry]) -> Line:
    """Served / total of each kind, and how many are served in part."""
    states = [(entry.kind, found.state(entry)) for entry in entries]
    totals = {kind: sum(one is kind for one, _ in states) for kind in KINDS}
    parts = sum(state is State.PART for _, state in states)
    return (*(f"{states.count((kind, State.SERVED))}/{total}" for kind, total in totals.items()), str(parts))


def _print_entries(found: Coverage, heading: Heading, missing: bool) -> None:
    entries = [entry for entry in heading.entries if not (missing and found.state(entry) is State.SERVED)]
    if not entries:
        return
    click.echo(f"\n{heading.number} {heading.name}")
    lines = [
        (entry.id, entry.name, KINDS[entry.kind], STATES[found.state(entry)], "、".join(_served_by(found, entry)))
        for entry in entries
    ]
    print_table(("代码", "名称", "种类", "覆盖", "由"), lines, [_lacks(found, entry) for entry in entries])


def _served_by(found: Coverage, entry: Entry) -> Iterable[str]:
    return dict.fromkeys(name for claim in found.of(entry) for name in claim.by)


def _lacks(found: Coverage, entry: Entry) -> list[str]:
    """What is still missing of an entry that is served in part only."""
    return [f"缺：{claim.lacks}" for claim in found.of(entry)] if found.state(entry) is State.PART else []


def _as_json(found: Coverage, heading: Heading, missing: bool) -> dict[str, object]:
    entries = [
        {
            "id": entry.id,
            "kind": entry.kind.value,
            "name": entry.name,
            "state": found.state(entry).value,
            "depth": found.depth(entry),
            "claims": [
                {"room": claim.room, "by": claim.by, "examples": claim.examples, "lacks": claim.lacks}
                for claim in found.of(entry)
            ],
        }
        for entry in heading.entries
        if not (missing and found.state(entry) is State.SERVED)
    ]
    return {"number": heading.number, "name": heading.name, "entries": entries}
