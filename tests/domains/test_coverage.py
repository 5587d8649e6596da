"""What rooms claim to serve of the catalogue: the claims hold, and one that does not is told."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from fadu.cli.coverage import CATALOGUE
from fadu.cli.coverage import coverage as command
from fadu.rules.coverage import Coverage, Depth, Kind, State, coverage, read_catalogue
from fadu.rules.errors import DeclarationError, Refusal
from fadu.rules.registry import Room, registry

HEADINGS = read_catalogue(CATALOGUE)
ENTRIES = {entry.id: entry for heading in HEADINGS for entry in heading.entries}

WHOLE = """
npc-cppcc-proposals:
  by: suggestion
  examples: [answered_on_last_day.yaml]
npc-suggestions: suggestion_answered
"""


def room_with(folder: Path, claims: str, name: str = "example") -> Room:
    """A real room that claims something else; its examples are those of the room."""
    room = next(room for room in registry().rooms if room.name == name)
    (folder / "examples").symlink_to(room.folder / "examples")
    (folder / "coverage.yaml").write_text(claims, encoding="utf-8")
    return replace(room, folder=folder)


def covered(folder: Path, claims: str, name: str = "example") -> Coverage:
    return coverage([room_with(folder, claims, name)], HEADINGS)


# ---------------------------------------------------------------- what is committed


def test_the_catalogue_is_complete() -> None:
    kinds = Counter(entry.kind for heading in HEADINGS for entry in heading.entries)
    assert kinds == {Kind.PROCEDURE: 124, Kind.REGISTER: 94, Kind.ACTIVITY: 207, Kind.STATISTIC: 328}
    assert [heading.number for heading in HEADINGS] == list(range(1, 17))
    assert len(ENTRIES) == kinds.total(), "an id stands twice"


def test_every_claim_of_every_room_holds() -> None:
    found = coverage(registry().rooms, HEADINGS)
    assert {"example", "review"} <= {claim.room for claim in found.claims}
    assert found.state(ENTRIES["reconsideration-suggestion"]) is State.SERVED
    assert found.state(ENTRIES["recon-handled"]) is State.PART
    assert found.depth(ENTRIES["reconsideration-case"]) is Depth.PROCEDURE


# ---------------------------------------------------------------- what is told


def test_a_claim_that_holds(tmp_path: Path) -> None:
    found = covered(tmp_path, WHOLE)
    assert {claim.id: claim.depth for claim in found.claims} == {
        "npc-cppcc-proposals": Depth.PROCEDURE,
        "npc-suggestions": Depth.INDICATOR,
    }
    assert found.state(ENTRIES["npc-cppcc-proposals"]) is State.SERVED
    assert found.state(ENTRIES["cppcc-proposals"]) is State.MISSING
    assert found.depth(ENTRIES["cppcc-proposals"]) is None


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("npc-cppcc-proposals:", "npc-proposals:", "npc-proposals：目录中没有这一项"),
        ("by: suggestion", "by: suggestions", "npc-cppcc-proposals：没有声明程序或者名录 suggestions"),
        ("by: suggestion", "by: reconsideration", "没有声明程序或者名录 reconsideration"),
        ("by: suggestion", "by: suggestion_answered", "没有声明程序或者名录 suggestion_answered"),
        ("by: suggestion\n", "lacks: 全部\n", "没有写由哪个程序或者名录承担"),
        ("answered_on_last_day.yaml", "answered.yaml", "没有样例 answered.yaml"),
        ("answered_on_last_day.yaml", "", "程序 suggestion 没有样例"),
        ("by: suggestion", "by: [suggestion, recommendation]", "程序 recommendation 没有样例"),
        ("by: suggestion", "by: recommendation", "样例 answered_on_last_day.yaml 是“代表建议办理”的"),
        ("by: suggestion", "with: suggestion", "没有名为 with 的项目"),
        (": suggestion_answered", ": suggestion", "npc-suggestions：没有声明指标 suggestion"),
        (": suggestion_answered", ": recon_received", "没有声明指标 recon_received"),
        (": suggestion_answered", ":", "没有写由哪个指标提供"),
    ],
)
def test_a_claim_that_does_not_hold_is_told(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in WHOLE
    with pytest.raises(DeclarationError) as refusal:
        covered(tmp_path, WHOLE.replace(right, wrong, 1))
    assert told in refusal.value.message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError) as refusal:
        covered(tmp_path, "nonsense: x\nnpc-suggestions: y\n")
    assert "nonsense" in refusal.value.message
    assert "指标 y" in refusal.value.message


def test_an_id_that_stands_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="npc-suggestions：写了不止一次"):
        covered(tmp_path, WHOLE + "npc-suggestions: suggestion_answered\n")


BOOK = "{id}:\n  by: law_meeting\n  examples: [meeting_recorded.yaml]\n"


def test_a_book_serves_no_procedure(tmp_path: Path) -> None:
    """Holding meetings is a procedure in the catalogue; entering them afterwards has neither gates nor periods."""
    with pytest.raises(DeclarationError, match="没有条件或者没有期限"):
        covered(tmp_path, BOOK.format(id="executive-meeting-agenda"), "organisation")


def test_periods_without_gates_are_no_procedure_either(tmp_path: Path) -> None:
    claim = "meeting-rules:\n  by: yearly_statement\n  examples: [statement_in_time.yaml]\n"
    with pytest.raises(DeclarationError, match="没有条件或者没有期限"):
        covered(tmp_path, claim, "organisation")


def test_a_book_serves_a_register(tmp_path: Path) -> None:
    found = covered(tmp_path, BOOK.format(id="leading-group"), "organisation")
    assert [claim.depth for claim in found.claims] == [Depth.BOOK]


def test_what_one_room_lacks_another_may_do(tmp_path: Path) -> None:
    for part in ("whole", "part"):
        (tmp_path / part).mkdir()
    lacking = WHOLE.replace("by: suggestion", "by: suggestion\n  lacks: 政协提案")
    whole, part = room_with(tmp_path / "whole", WHOLE), room_with(tmp_path / "part", lacking)
    proposals = ENTRIES["npc-cppcc-proposals"]
    assert coverage([part], HEADINGS).state(proposals) is State.PART
    assert coverage([part, whole], HEADINGS).state(proposals) is State.SERVED


def test_a_room_may_claim_nothing(tmp_path: Path) -> None:
    assert covered(tmp_path, "").claims == ()
    (tmp_path / "coverage.yaml").unlink()
    room = replace(registry().rooms[0], folder=tmp_path)
    assert coverage([room], HEADINGS).claims == ()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"coverage\.yaml 不是有效的 YAML"):
        covered(tmp_path, "a: [")


# ---------------------------------------------------------------- the command


def told(*arguments: str) -> str:
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_the_command_counts_what_is_claimed() -> None:
    """The line of all headings, counted anew from the JSON."""
    entries = [entry for one in json.loads(told("--json"))["headings"] for entry in one["entries"]]
    served = Counter(entry["kind"] for entry in entries if entry["state"] == "served")
    total = Counter(entry["kind"] for entry in entries)
    part = sum(entry["state"] == "part" for entry in entries)
    line = next(line for line in told().splitlines() if "合计" in line)
    assert line.split()[1:] == [*(f"{served[kind]}/{total[kind]}" for kind in Kind), str(part)]


def test_one_heading_lists_its_entries() -> None:
    page = told("--heading", "11")
    for entry in HEADINGS[10].entries:
        assert f"\n{entry.id} " in page
    assert "合计" not in page
    assert "npc-suggestions" not in page


def test_what_is_missing_is_listed_with_what_it_lacks() -> None:
    page = told("--missing")
    assert "缺：案前调解另行计数" in page
    assert "reconsideration-suggestion" not in page
    assert {entry["state"] for entry in entries_of("--missing", "--json")} <= {"missing", "part"}


def entries_of(*arguments: str) -> list[dict[str, object]]:
    return [entry for one in json.loads(told(*arguments))["headings"] for entry in one["entries"]]


def test_a_heading_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="没有第 17 个标题"):
        CliRunner().invoke(command, ["--heading", "17"], catch_exceptions=False)


def test_an_entry_says_what_serves_it() -> None:
    (found,) = [entry for entry in entries_of("--json") if entry["id"] == "recon-suggestions"]
    assert found["claims"] == [
        {"room": "review", "by": ["recon_suggestion_letters", "recon_opinion_letters"], "examples": [], "lacks": ""}
    ]
