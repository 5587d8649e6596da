"""Official documents: one model of a paper, written as .docx, PDF and HTML in the form of GB/T 9704."""

from fadu.infra.official.docx import to_docx
from fadu.infra.official.html import blocks_html, foot_html, head_html, to_html
from fadu.infra.official.model import (
    Attachment,
    Chart,
    Check,
    Document,
    Heading,
    Paragraph,
    Run,
    Series,
    Table,
    heading_level,
    plain,
)
from fadu.infra.official.text import escaped, paper, parse, parse_blocks, unescaped

__all__ = [
    "Attachment",
    "Chart",
    "Check",
    "Document",
    "Heading",
    "Paragraph",
    "Run",
    "Series",
    "Table",
    "blocks_html",
    "escaped",
    "foot_html",
    "head_html",
    "heading_level",
    "paper",
    "parse",
    "parse_blocks",
    "plain",
    "to_docx",
    "to_html",
    "unescaped",
]
