"""Where every figure of a report comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fadu.analytics.arithmetic import TWO, Precision
from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure, Period
from fadu.analytics.snapshot import Snapshot, declarations
from fadu.infra.official import Document, Heading, Paragraph, Table, plain
from fadu.infra.official.model import Runs
from fadu.kernel import models, seal
from fadu.kernel.access import Session

FORMAT = "fadu-report/1"
_SENTENCE = re.compile(r"[^。；]*[。；]?")


def provenance(
    s: Session,
    document: Document,
    figures: Mapping[str, Figure],
    before: Mapping[str, Figure],
    mirrored: Mapping[str, str],
    organ: models.Organ,
    period: Period,
    recorded_before: datetime | None,
    kept: Snapshot | None = None,
    rates: Precision = TWO,
    *,
    today: bool = False,
) -> dict[str, Any]:
    """The report's figures with definition, parts, period, cases and the sentences they stand in."""
    sources = dict.fromkeys(figure.indicator.source for figure in figures.values())
    sentences = _sentences(document)
    return {
        "format": FORMAT,
        "title": document.title.replace("\n", ""),
        "organ": {"id": organ.pk, "name": organ.name},
        "organs": "today" if today else "day",
        "period": {"from": period.since.isoformat(), "before": period.before.isoformat()},
        "rates": {"digits": rates.digits, "cut": rates.cut},
        "made": s.now.isoformat(timespec="seconds"),
        "recorded_before": recorded_before.isoformat(timespec="seconds") if recorded_before else None,
        "declarations": {source: declarations(s.registry, source) for source in sources},
        "snapshot": _kept(kept) if kept else None,
        "head": head.as_json() if (head := seal.latest()) else None,
        "figures": [
            _entry(figure, before.get(name), sentences, rates) | _mirrored(mirrored.get(name))
            for name, figure in figures.items()
        ],
    }


def _mirrored(said: str | None) -> dict[str, str]:
    return {"mirrored": said} if said else {}


def _kept(kept: Snapshot) -> dict[str, Any]:
    """The snapshot's id, the digest of its manifest, and the digests of its files."""
    files = {
        kept.file(source).name: {name: said[name] for name in ("rows", "sha256", "sm3")}
        for source, said in kept.tables.items()
    }
    return {"id": kept.id, "sm3": kept.digest, "files": files, "record": kept.manifest["record"]}


def _entry(
    figure: Figure, before: Figure | None, sentences: Mapping[str, list[str]], rates: Precision
) -> dict[str, Any]:
    return {
        "name": figure.name,
        "label": figure.indicator.label,
        "definition": figure.definition,
        "reach": figure.indicator.reach.value,
        "unit": figure.unit,
        **_numbers(figure, sentences, rates),
        "last": _last(figure, before, sentences, rates) if before else None,
    }


def _numbers(figure: Figure, sentences: Mapping[str, list[str]], rates: Precision) -> dict[str, Any]:
    return {
        "text": figure.printed(rates),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "cases": figure.cases,
        "sentences": sentences.get(link_of(figure), []),
    }


def _last(figure: Figure, before: Figure, sentences: Mapping[str, list[str]], rates: Precision) -> dict[str, Any]:
    """The figure of the year before, and what the report says of both."""
    return {
        "period": {"from": before.period.since.isoformat(), "before": before.period.before.isoformat()},
        **_numbers(before, sentences, rates),
        "change": Change(figure, before).text(rates),
    }


def _sentences(document: Document) -> dict[str, list[str]]:
    """The sentences in which each figure is printed, by its link; figures asked for in conditions only are in none."""
    found: dict[str, list[str]] = {}
    for runs in _texts(document):
        text, place = plain(runs), 0
        spans = [match.span() for match in _SENTENCE.finditer(text)]
        for run in runs:
            if run.kind == "figure" and run.link:
                begin, end = next(span for span in spans if span[0] <= place < span[1])
                found.setdefault(run.link, []).append(text[begin:end])
            place += len(run.text)
    return {link: list(dict.fromkeys(sentences)) for link, sentences in found.items()}


def _texts(document: Document) -> Iterator[Runs]:
    for block in document.blocks:
        match block:
            case Paragraph(runs) | Heading(runs=runs):
                yield runs
            case Table(rows):
                for row in rows:
                    yield from row


def link_of(figure: Figure) -> str:
    """Where the figure opens its cases."""
    period = figure.period
    organ = f"&organ={figure.whose.organ}" if figure.whose.organ is not None else ""
    organ += "&organs=today" if figure.whose.today else ""
    among = f"&{urlencode(dict(zip(('by', 'key'), figure.among, strict=True)))}" if figure.among else ""
    return f"/figures/{figure.name}?from={period.since.isoformat()}&before={period.before.isoformat()}{organ}{among}"
