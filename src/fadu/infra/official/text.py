"""Reads the light text form of paper templates: `# title`, `## headings`, paragraphs, `| a | b |` tables."""

from __future__ import annotations

import re

from fadu.infra.official.model import Block, Document, Heading, Paragraph, Run, Runs, Table, heading_level, plain

BOLD = re.compile(r"\*\*(.+?)\*\*")
RULE = re.compile(r":?-+:?")
_MARK = re.compile(r"(#{1,5})\s+(.+)")
_SIGNS = "\\|*#"
_HIDDEN = {sign: chr(0xF8F0 + position) for position, sign in enumerate(_SIGNS)}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})


def escaped(value: str) -> str:
    """Somebody's words, to be put into a template without any of them being taken for a sign of the form."""
    return re.sub(r"[\\|*#]", r"\\\g<0>", value)


def unescaped(text: str) -> str:
    """Without the strokes before signs that are none of the form."""
    return re.sub(r"\\([\\|*#])", r"\1", text)


def parse(text: str) -> Document:
    """The document a text stands for.

    Leading lines `# …` are the title. Every other line is a paragraph of its own (Chinese text is not
    wrapped in templates); blank lines mean nothing. A heading's level is shown by its number (一、 （一） 1.
    (1)), else by its marks (`##` is the first). `**bold**` is the only look. A backslash takes the meaning
    from the sign after it. Raises ValueError without a title.
    """
    lines = text.strip().splitlines()
    title: list[str] = []
    while lines and (found := _MARK.fullmatch(lines[0].strip())) and found[1] == "#":
        title.append(_shown(_hidden(found[2].strip())))
        lines = lines[1:]
    if not title:
        raise ValueError("文书模板的第一行应当是“# 标题”")
    return Document(title="\n".join(title), blocks=parse_blocks("\n".join(lines)))


def paper(text: str, *, organ: str, date: str, number: str | None = None, mark: str | None = None) -> Document:
    """A numbered paper of an organ from its text, as a case keeps it.

    The organ stands above the name of the paper and signs it. Number and 主送机关, which stand in the text as
    its first paragraphs, take their own places.
    """
    document = parse(text)
    blocks = list(document.blocks)
    if number and blocks and _words(blocks[0]) == number:
        del blocks[0]
    first = _words(blocks[0]) if blocks else ""
    recipient = first.removesuffix("：") if first.endswith("：") and first != "：" else None
    if recipient:
        del blocks[0]
    title = document.title if organ in document.title else f"{organ}\n{document.title}"
    return Document(
        title=title, blocks=tuple(blocks), number=number, recipient=recipient, signature=organ, date=date, mark=mark
    )


def _words(block: Block) -> str:
    return plain(block.runs).strip() if isinstance(block, Paragraph) else ""


def parse_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text without a title."""
    blocks: list[Block] = []
    rows: list[str] = []
    for line in [*_hidden(text).splitlines(), ""]:
        stripped = line.strip()
        if is_row(stripped):
            rows.append(stripped)
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        if stripped:
            blocks.append(_block(stripped))
    return tuple(blocks)


def is_row(line: str) -> bool:
    """Whether a line, without space around it, is the row of a table."""
    return len(line) > 1 and line.startswith("|") and line.endswith("|")


def _hidden(text: str) -> str:
    return re.sub(r"\\([\\|*#])", lambda found: _HIDDEN[found[1]], text)


def _shown(text: str) -> str:
    return text.translate(_SHOWN)


def _block(line: str) -> Block:
    found = _MARK.fullmatch(line)
    if found is None:
        return Paragraph(_runs(line))
    text = _shown(found[2].strip())
    return Heading(heading_level(text) or max(1, min(4, len(found[1]) - 1)), text)


def _runs(text: str) -> Runs:
    """A line's runs: bold between two pairs of asterisks, plain elsewhere."""
    parts = enumerate(BOLD.split(text))
    return tuple(Run(_shown(part), bold=position % 2 == 1) for position, part in parts if part)


def _table(lines: list[str]) -> Table:
    """A table; the first row is its header when a row of dashes follows it."""
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    ruled = len(cells) > 1 and all(RULE.fullmatch(cell) for cell in cells[1])
    header = tuple(_shown(cell) for cell in cells[0]) if ruled else ()
    rows = tuple(tuple(_runs(cell) for cell in row) for row in cells[2 if ruled else 0 :])
    try:
        return Table(rows=rows, header=header)
    except ValueError as error:
        raise ValueError(f"表格各行的格数不一致：{_shown(lines[0])}") from error
