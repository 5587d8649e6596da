"""Every story of the demonstration house, played in memory: quick, and names the entry that does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from fadu.demo.build import FOLDER
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import rehearse
from fadu.kernel.timekeeping import Env
from fadu.rules.law import load_library
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar

STORIES = sorted((FOLDER / "stories").glob("*.yaml"))
ENV = Env(load_library(), load_calendar(), shipped_thresholds())


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_stories_hold_in_memory(path: Path) -> None:
    """Raises with every difference between what a story says and what the procedure does."""
    assert rehearse(path, registry(), ENV).case.position > 0


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_stories_pin_days_and_keep_office_hours(path: Path) -> None:
    """Each says how the case stands at least once, and nobody works on a day off."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert content["说明"]
    assert content["依据"]
    assert any("应当" in entry for entry in content["经过"])
    days = {entry["日期"] for entry in content["经过"] if "应当" not in entry}
    assert [day for day in sorted(days) if not ENV.calendar.is_working(day)] == []


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_persons_are_invented(path: Path) -> None:
    """Numbers of persons and firms begin with an area that does not exist."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    numbers = [
        str(party["证件号码"]) for entry in content["经过"] for party in entry.get("当事人", ()) if "证件号码" in party
    ]
    assert [number for number in numbers if not (number.startswith("000000") and len(number) == 18)] == []
