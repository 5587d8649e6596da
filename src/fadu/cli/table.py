"""Tables on the terminal, in which Chinese characters are two cells wide."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

import click

Line = tuple[str, ...]


def print_table(head: Line, lines: Sequence[Line], below: Sequence[Iterable[str]] = ()) -> None:
    """A table on the terminal."""
    for line in table_lines(head, lines, below):
        click.echo(line)


def table_lines(head: Line, lines: Sequence[Line], below: Sequence[Iterable[str]] = ()) -> Iterator[str]:
    """Columns that align although Chinese characters are two cells wide."""
    widths = [max(map(_cells, column)) for column in zip(head, *lines, strict=True)]
    for number, line in enumerate((head, *lines)):
        padded = (text + " " * (width - _cells(text)) for text, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()
        for text in below[number - 1] if below and number else ():
            yield f"    {text}"


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
