"""A house whose small room is the whole outline, with paragraphs of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fadu.kernel import access
from fadu.report_writer import compose
from fadu.report_writer.outline import Outline, Section
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.analytics import counted
from tests.analytics.conftest import Filled, filled, filled_once
from tests.kernel import small

__all__ = ["Filled", "filled", "filled_once"]

PARAGRAPHS = """\
## 办理情况
{% if value("decided") %}
{{ organ }}{{ year }}年收到申请{{ fig("applied") }}，受理{{ fig("accepted") }}；作出决定{{ fig("decided") }}。\
**支持率**为{{ fig("grant_rate") }}，办理天数中位数为{{ fig("duration") }}。
{% else %}
本年度没有作出决定。
{% endif %}

| 项目 | 数量 |
| --- | --- |
| 支持 | {{ fig("granted") }} |
| 未支持 | {{ fig("refused") }} |
"""

OUTLINE = Outline("法治政府建设年度报告", (Section("依法办理行政复议案件", "review"),))

Write = Callable[[str], Registry]


@pytest.fixture
def paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Puts a text in the place of the room's paragraphs; the house works with that catalogue from then on."""
    shutil.copytree(small.ROOM.folder / "documents", tmp_path / "documents", dirs_exist_ok=True)

    def put(text: str) -> Registry:
        (tmp_path / "report.md").write_text(text, encoding="utf-8")
        room = replace(small.ROOM, name="review", label="小房间", folder=tmp_path, indicators=counted.ALL)
        catalogue = Registry([room], load_library())
        monkeypatch.setattr(access, "registry", lambda: catalogue)
        monkeypatch.setattr(compose, "outline", lambda: OUTLINE)
        return catalogue

    return put


@pytest.fixture
def reporting(filled: Filled, paragraphs: Write) -> Filled:
    """The filled house with the paragraphs above."""
    paragraphs(PARAGRAPHS)
    return filled
