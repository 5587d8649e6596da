"""Compiled statements kept in the house's folder: found again without the compiler, never one of another text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fadu.analytics import kept
from fadu.analytics.kept import kept_text
from fadu.analytics.tables import table_of
from tests.analytics import counted
from tests.kernel import small

TABLE = table_of(small.catalogue(), "small")


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[object]:
    """What is compiled, in a house that has nothing yet."""
    monkeypatch.setenv("FADU_HOME", str(tmp_path))
    found: list[object] = []
    compile_ = kept._compile

    def counted_compile(*given: Any, **more: Any) -> kept.Text:
        found.append(given)
        return compile_(*given, **more)

    monkeypatch.setattr(kept, "_compile", counted_compile)
    return found


def files(home: Path) -> list[Path]:
    return sorted(path for path in home.rglob("*") if path.is_file())


def test_what_was_compiled_once_is_read(compilings: list[object], tmp_path: Path) -> None:
    first = kept_text(TABLE, [counted.in_time], "postgres", members=True)
    assert kept_text(TABLE, [counted.in_time], "postgres", members=True) == first
    assert (len(compilings), len(files(tmp_path))) == (1, 1)
    assert first[0] == ["case_id", "organ_id", "body_id", "decide_on", "trial_kept"]


def test_everything_that_a_text_is_made_of_tells_it_apart(compilings: list[object]) -> None:
    other = replace(counted.in_time, where=())
    texts = [
        kept_text(TABLE, [counted.in_time], "postgres", members=True),
        kept_text(TABLE, [other], "postgres", members=True),
        kept_text(TABLE, [counted.in_time, other], "postgres", members=True),
        kept_text(TABLE, [counted.in_time], "duckdb", members=True),
        kept_text(TABLE, [counted.in_time], "postgres", members=False),
        kept_text(TABLE, [counted.in_time], "postgres", members=True, split="fact_answer"),
    ]
    assert len(compilings) == len({text for _, text in texts}) == len(texts)


def test_a_damaged_file_is_written_anew_and_another_compilers_thrown_away(
    compilings: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept_text(TABLE, [counted.in_time], "postgres", members=True)
    (file,) = files(tmp_path)
    file.write_text('["case_id"', encoding="utf-8")
    assert kept_text(TABLE, [counted.in_time], "postgres", members=True) == first
    monkeypatch.setattr(kept, "_made_by", lambda: "another")
    assert kept_text(TABLE, [counted.in_time], "postgres", members=True) == first
    assert len(compilings) == 3
    assert [path.parent.name for path in files(tmp_path)] == ["another"]
