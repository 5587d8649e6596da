"""Every room has the same shape: known files only, short, no legal number, articles written one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from fadu.report_writer.lint import numerals
from fadu.rules.facts import ClosedList, fact_fields
from fadu.rules.indicators import Rate
from fadu.rules.procedure import Procedure
from fadu.rules.registry import Room, registry

ROOMS = list(registry().rooms)
PROCEDURES = [text for system in registry().systems for text in registry().versions(system)]
LONGEST = 200
BESIDE = {"README.md", "report.md", "documents", "examples"}

NUMBER = "[零〇一二三四五六七八九十百千]+"
ARTICLE = rf"第{NUMBER}条(?:之{NUMBER})?(?:第{NUMBER}款)?(?:第{NUMBER}项)?"
STATUTE = rf"《[^》]+》(?:（\d{{4}}）)?{ARTICLE}(?:、(?:{ARTICLE}|第{NUMBER}[款项]))*"
CITED = re.compile(rf"{STATUTE}(?:；{STATUTE})*")

rooms = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
procedures = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: f"{p.system}-{p.version}")


def modules(room: Room) -> list[Path]:
    return sorted(room.folder.rglob("*.py"))


def test_there_are_rooms() -> None:
    assert {"example", "review"} <= {room.name for room in ROOMS}


# ---------------------------------------------------------------- files


@rooms
def test_a_room_holds_what_every_room_holds(room: Room) -> None:
    assert room.folder.name == room.name
    for name in BESIDE:
        assert (room.folder / name).exists(), f"{room.name} has no {name}"
    assert list((room.folder / "examples").glob("*.yaml"))


@rooms
def test_a_room_holds_nothing_else(room: Room) -> None:
    strange = []
    for path in room.folder.rglob("*"):
        inside = path.relative_to(room.folder)
        if "__pycache__" in inside.parts or inside.parts[0] in {"README.md", "report.md", "coverage.yaml"}:
            continue
        kind = {"documents": ".md", "examples": ".yaml"}.get(inside.parts[0], ".py")
        if (path.is_file() and path.suffix != kind) or (path.is_dir() and len(inside.parts) > 1):
            strange.append(str(inside))
    assert strange == []


@rooms
def test_templates_and_papers_are_the_same(room: Room) -> None:
    papers = {paper.template or paper.name for procedure in room.procedures for paper in procedure.papers}
    assert {path.stem for path in room.documents.glob("*.md")} == papers


@rooms
def test_files_are_short(room: Room) -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(room)}
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


@rooms
def test_the_readme_says_what_is_covered_and_what_is_not(room: Room) -> None:
    text = (room.folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {room.name}")
    assert "Not covered" in text
    for procedure in room.procedures:
        assert procedure.statute in text


def test_the_example_is_small_enough_to_copy() -> None:
    room = next(room for room in ROOMS if room.name == "example")
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 120 for path in modules(room))


# ---------------------------------------------------------------- code


def counted(tree: ast.Module) -> Iterator[str]:
    """Places in code that count: whole numbers above one, and arithmetic of days."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and abs(node.value) > 1:
            yield f"line {node.lineno}: the number {node.value}"
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if {"timedelta", "calendar", "dateutil"} & set(names):
            yield f"line {node.lineno}: counts days"
        if isinstance(node, ast.Attribute) and node.attr in {"toordinal", "fromordinal", "timedelta"}:
            yield f"line {node.lineno}: counts days"


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@rooms
def test_a_room_counts_nothing(room: Room) -> None:
    found = [
        f"{path.name} {place}"
        for path in modules(room)
        for place in counted(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize("code", ["limit = 60", "from datetime import timedelta", "day.toordinal() + 1"])
def test_counting_is_found(code: str) -> None:
    assert list(counted(ast.parse(code)))


@rooms
def test_a_room_imports_words_and_common_procedures_only(room: Room) -> None:
    mine = (f"fadu.domains.{room.name}", "fadu.rules", "fadu.common")
    strange = [
        f"{path.name}: {name}"
        for path in modules(room)
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("fadu") and not name.startswith(mine)
    ]
    assert strange == []


# ---------------------------------------------------------------- articles


def articles(value: Any, seen: set[int]) -> Iterator[str]:
    """Every article that a declaration names, closed lists of its facts included."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, type):
        if issubclass(value, ClosedList):
            yield from (member.article for member in value if member.article)
        elif hasattr(value, "model_fields"):
            for field in fact_fields(value).values():
                yield from articles(field.choices, seen)
    elif is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            if field.name == "article" and part:
                yield part
            yield from articles(part, seen)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from articles(part, seen)


@procedures
def test_articles_are_written_one_way(procedure: Procedure) -> None:
    named = list(articles(procedure, set()))
    assert named
    assert [article for article in named if not CITED.fullmatch(article)] == []


@pytest.mark.parametrize(
    ("article", "well"),
    [
        ("《行政复议法》第三十条第一款", True),
        ("《行政复议法》第三十九条第一款第十项", True),
        ("《行政复议法实施条例》第三十四条第三款、第三十七条", True),
        ("《行政复议法》（2023）第三十条第三款；《民事诉讼法》第八十五条第四款", True),
        ("行政复议法第三十条", False),
        ("《行政复议法》第30条", False),
        ("《行政复议法》三十条", False),
        ("《行政复议法》第三十条第一款第（一）项", False),
    ],
)
def test_how_an_article_is_written(article: str, well: bool) -> None:
    assert bool(CITED.fullmatch(article)) is well


@procedures
def test_every_step_of_the_law_has_its_article(procedure: Procedure) -> None:
    """Steps that every procedure has (送达, 呈批) and the closing of the file have none of their own."""
    closing = {state for state in procedure.states if state.final}
    bare = [
        step.label
        for step in procedure.steps
        if step.article is None
        and step.does is None
        and step.to not in closing
        and not (step.track and step.track.per_step)
    ]
    assert bare == []


@rooms
def test_examples_cite_their_articles(room: Room) -> None:
    for path in (room.folder / "examples").glob("*.yaml"):
        head = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert head["说明"], path.name
        assert CITED.fullmatch(head["依据"]), f"{path.name}: {head['依据']}"


# ---------------------------------------------------------------- figures and words


@rooms
def test_the_report_asks_for_declared_figures_and_says_no_number_itself(room: Room) -> None:
    text = (room.folder / "report.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"(?:fig|value)\(\"(\w+)\"\)", text))
    assert asked
    assert asked <= {indicator.name for indicator in room.indicators}
    assert numerals(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text)) == []


@rooms
def test_figures_are_defined_in_one_sentence(room: Room) -> None:
    for indicator in room.indicators:
        assert indicator.definition.endswith("。"), indicator.name
        assert "本期" in indicator.definition, f"{indicator.name} does not say what lies in the period"
        if isinstance(indicator, Rate):
            assert "分子" in indicator.definition
            assert "分母" in indicator.definition
            days = {getattr(part, "day", None) for part in (indicator.numerator, indicator.denominator)}
            assert (len(days) == 1) != indicator.own_days  # stocks have none


@procedures
def test_names_are_for_programs_and_labels_for_people(procedure: Procedure) -> None:
    name = re.compile(r"[a-z][a-z0-9_]*")
    for word in (*procedure.states, *procedure.steps, *procedure.clocks, *procedure.papers, *procedure.parties):
        assert name.fullmatch(word.name), word.name
        assert re.search(r"[\u4e00-\u9fff]", word.label), word.name
    for fact in fact_fields(procedure.facts).values():
        assert name.fullmatch(fact.name)
        if fact.choices:
            assert all(isinstance(code, Enum) and name.fullmatch(str(code)) for code in fact.choices)
