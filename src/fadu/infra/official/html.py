"""A document as a fragment of HTML: escaped text, classes only, no styles, no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from fadu.infra.official.chart_svg import svg
from fadu.infra.official.model import Attachment, Block, Chart, Document, Heading, Paragraph, Run, Runs, Table

_MOST_COLUMNS = 4
"""More do not stand side by side on a telephone."""


def to_html(document: Document) -> str:
    """The document as one `<article class="official">`; how its classes look is the style sheet's matter."""
    parts = (head_html(document), blocks_html(document.blocks), foot_html(document))
    return '<article class="official">\n' + "\n".join(part for part in parts if part) + "\n</article>\n"


def head_html(document: Document) -> str:
    """What stands above its text."""
    head = [_line("official-mark", document.mark), _title(document.title)]
    head += [_line("official-number", document.number)]
    head += [_line("official-recipient", document.recipient and f"{document.recipient}：")]
    return "\n".join(part for part in head if part)


def blocks_html(blocks: Iterable[Block]) -> str:
    """The text, or a part of it."""
    return "\n".join(map(_block, blocks))


def foot_html(document: Document) -> str:
    """What stands below its text."""
    names = [("附件：" if at == 0 else "　　　") + name for at, name in enumerate(document.attachment_names)]
    foot = [_line("official-attachment", name) for name in names]
    foot += [_line("official-signature", document.signature), _line("official-date", document.date)]
    foot += [_line("official-note", f"（{note}）") for note in document.notes]
    foot += [_attached(one) for one in document.attachments]
    foot += [_line("official-footer", line.replace("\t", "　")) for line in document.footer]
    return "\n".join(part for part in foot if part)


def _line(name: str, text: str | None) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""


def _title(title: str) -> str:
    return '<h1 class="official-title">' + "<br>".join(escape(line) for line in title.split("\n")) + "</h1>"


def _attached(one: Attachment) -> str:
    parts = [f'<h2 class="official-attached">附件 {escape(one.title)}</h2>', *map(_block, one.blocks)]
    return "\n".join(parts)


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, ()):
            return f'<h{level + 1} class="official-level-{level}">{escape(text)}</h{level + 1}>'
        case Heading(level, text, runs):
            lead = f'<span class="official-level-{level}">{escape(text)}</span>'
            return f"<p>{lead}{_runs(runs)}</p>"
        case Paragraph(runs):
            return f"<p>{_runs(runs)}</p>"
        case Table():
            return _table(block)
        case Chart(caption):
            return (
                f'<figure class="plot-box" tabindex="0">{svg(block)}<figcaption>{escape(caption)}</figcaption></figure>'
            )


def _table(table: Table) -> str:
    """A wide one stands row below row on a narrow screen, each cell with its column's name."""
    wide = len(table.header) > _MOST_COLUMNS
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    labels = [f' data-label="{escape(cell)}"' if wide else "" for cell in table.header or [""] * len(table.rows[0])]
    cells = [[f"<td{label}>{_runs(cell)}</td>" for label, cell in zip(labels, row, strict=True)] for row in table.rows]
    rows = [f"<tr>{''.join(row)}</tr>" for row in cells]
    lines = [f'<table class="official-table{" stack" if wide else ""}">']
    lines += [f"<thead><tr>{head}</tr></thead>"] if head else []
    return "\n".join([*lines, "<tbody>", *rows, "</tbody>", "</table>"])


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(run.text)
    name = ' class="figure"' if run.kind == "figure" else ""
    if run.link is not None:
        text = f'<a{name} href="{escape(_inside(run.link))}">{text}</a>'
    elif name:
        text = f"<span{name}>{text}</span>"
    return f"<strong>{text}</strong>" if run.bold else text


def _inside(link: str) -> str:
    """A link that stays in the house; anything else in a paper is a mistake and raises ValueError."""
    if link.startswith("#") or (link.startswith("/") and not link.startswith(("//", "/\\"))):
        return link
    raise ValueError(f"文书里的链接只能指向本站：{link}")
