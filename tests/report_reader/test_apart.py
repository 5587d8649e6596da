"""Files taken apart in a process of their own."""

from importlib import util

import pytest

from fadu.report_reader.inputs import Loaded, NotReadable, apart
from fadu.report_reader.inputs.apart import load_apart
from tests.report_reader import files
from tests.report_reader.test_inputs import half_scanned


def test_each_file_gives_its_text_or_the_reason() -> None:
    long, broken = load_apart(["受理30件。".encode() * 100, b"%PDF-1.7 broken"], longest=50)
    assert isinstance(long, Loaded)
    assert len(long.text) == 51, "one more than asked for tells that there is more"
    assert isinstance(broken, NotReadable)
    assert "已经损坏" in broken.message


def test_whoever_cannot_install_anything_is_told_what_else_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    for data in (files.scanned(files.pdf(["受理30件。" * 5])), b"\x89PNG"):
        assert apart.told_of(data, 50)["todo"] == apart.ADVICE
    (note,) = apart.told_of(half_scanned(), 50)["notes"]
    assert apart.ADVICE[:-1] in note
    assert "pip" not in note


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    (late,) = load_apart([b"x"], longest=50)
    assert isinstance(late, NotReadable)
    assert "没有读完" in late.message
