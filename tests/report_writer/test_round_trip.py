"""What the house writes, its reader reads: exactly the report's figures, and every relation among them holds.

The figures of a report are value and unit of what its body prints, each as often as it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fadu.analytics.figures import Figure
from fadu.infra.official import Document, to_docx
from fadu.infra.official.pdf import printed
from fadu.report_reader import read
from fadu.report_reader.inputs import load_bytes
from fadu.report_writer.compose import Body, Text, composed, notes_of, own_names, texts_of
from fadu.report_writer.outline import outline
from fadu.report_writer.paragraphs import Numbers, Told
from fadu.report_writer.parts import WrittenPart
from fadu.report_writer.span import Span
from fadu.rules.registry import registry
from tests.report_writer.districts import District
from tests.report_writer.reading_back import claimed, doubts, text_of, written

YEAR = 2024
WORDS = "个别单位办理迟缓，主要原因是人手不足，下一步将加强督促。"


@cache
def texts() -> list[Text]:
    return list(texts_of(registry()))


def body_of(district: District, *, compared: bool) -> tuple[Body, Mapping[str, Figure]]:
    """The report's text on a made-up district, with or without a year before to compare, and its figures."""
    said = outline()
    assert said.written is not None
    own = [WrittenPart(part, WORDS, None) for part in said.written.parts]
    names = dict.fromkeys([*(name for _, _, wanted in texts() for name in wanted), *own_names(own, registry())])
    indicators = [registry().indicator(name) for name in names]
    now = district.figures(indicators, YEAR)
    before = district.figures(indicators, YEAR - 1) if compared else {}
    told = Told("某区人民政府", Span(YEAR, date(YEAR, 12, 31)))
    return composed(texts(), own, Numbers(now, before, said.rates), told), now


@settings(max_examples=25)
@given(
    seed=st.integers(0, 100_000),
    most=st.sampled_from((0, 1, 2, 6, 20)),
    times=st.sampled_from((1, 3, 500)),
    compared=st.booleans(),
)
def test_the_reader_finds_the_figures_of_the_report(seed: int, most: int, times: int, compared: bool) -> None:
    body, figures = body_of(District(registry(), YEAR, seed, most, times), compared=compared)
    reading = read(text_of(body.blocks))
    assert claimed(reading) == written(body.blocks, figures)
    assert reading.unread == []
    assert doubts(reading) == []


def document() -> tuple[Document, Mapping[str, Figure]]:
    """A whole paper, title, text, signature, notes and 版记, and its figures."""
    body, figures = body_of(District(registry(), YEAR, 7, 20, 3), compared=True)
    organ, day = "某区人民政府", "2025年2月20日"
    paper = Document(
        title=f"{organ}\n{YEAR}年法治政府建设年度报告",
        number="某政法治报〔2025〕1号",
        recipient="某市人民政府",
        blocks=body.blocks,
        signature=organ,
        date=day,
        notes=tuple(notes_of(body.blocks, outline().rates, None)),
        footer=("抄送：某区人民检察院。", f"{organ}\t{day}印发"),
    )
    return paper, figures


def test_the_docx_reads_the_same() -> None:
    paper, figures = document()
    reading = read(load_bytes(to_docx(paper)).text)
    assert claimed(reading) == written(paper.blocks, figures)
    assert doubts(reading) == []
    assert (reading.meta.year, reading.unread) == (YEAR, [])


@pytest.mark.office
def test_the_pdf_reads_the_same() -> None:
    paper, figures = document()
    reading = read(load_bytes(printed(paper)).text)
    assert claimed(reading) == written(paper.blocks, figures)
    assert doubts(reading) == []
