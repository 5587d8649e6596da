"""The library that draws plots: what was built is what is shipped, small, and only where there is something to draw."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from fadu.report_writer.outline import Outline
from fadu.web.workbench.views import reports
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of
from tests.web.test_reports import filled, filled_once, paragraphs, reader, reporting

__all__ = ["filled", "filled_once", "paragraphs", "reader", "reporting"]

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "0028-plots.md"
FIRST_LOAD = 300_000


def shipped(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found)


def test_the_library_is_the_one_that_was_built() -> None:
    content = shipped("echarts/echarts.js").read_bytes()
    assert hashlib.sha256(content).hexdigest() in DECISION.read_text(encoding="utf-8")
    assert gzip.decompress(shipped("echarts/echarts.js.gz").read_bytes()) == content
    assert "Apache License" in shipped("echarts/LICENSE").read_text(encoding="utf-8")
    assert "Apache ECharts" in shipped("echarts/NOTICE").read_text(encoding="utf-8")


def sent(client: Client, address: str) -> int:
    """How many bytes come over for an address, compressed as a server or a proxy in front of it would."""
    response = client.get(address, headers={"accept-encoding": "gzip"})
    content = b"".join(response) if response.streaming else response.content
    assert response.status_code == 200
    return len(content if response.headers.get("Content-Encoding") == "gzip" else gzip.compress(content))


def test_the_first_page_with_plots_is_small(reader: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "outline", lambda: Outline("", (), plots=("applied",)))
    client = reader("mayor")
    address = "/reports/2024/plots/"
    page = text_of(client.get(address))
    assert page.count('<figure class="plot-box" data-plot="columns"') == 1
    assert len(re.findall(r'<td data-value="\d+"><a href="/figures/applied', page)) == 12
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert "/static/echarts/echarts.js" in parts
    assert sum(sent(client, one) for one in [address, *parts]) < FIRST_LOAD


def test_pages_without_plots_do_not_load_it(home: House, sign_in: Entry) -> None:
    for address in ("/", "/cases/", "/reading/compare/", "/law/"):
        page = text_of(sign_in("officer").get(address))
        assert "/static/shared/fadu.js" in page
        assert "echarts" not in page
