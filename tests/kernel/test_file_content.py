"""Uploads are judged by their content: renamed, broken, with macros, or unpacking to a mountain they are refused."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest

from fadu.kernel import files
from fadu.kernel.file_content import fault
from fadu.rules.errors import BadInput
from tests.kernel.conftest import House


def package(**parts: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return raw.getvalue()


def saved(kind: str) -> bytes:
    raw = io.BytesIO()
    if kind == ".docx":
        docx.Document().save(raw)
    else:
        openpyxl.Workbook().save(raw)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".pdf", b"%PDF-1.7 ..."),
        (".doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"..."),
        (".jpg", b"\xff\xd8\xff\xe0"),
        (".png", b"\x89PNG\r\n\x1a\n..."),
        (".txt", "某日某事".encode("gb18030")),
        (".txt", "某日某事".encode("utf-16")),
        (".docx", saved(".docx")),
        (".xlsx", saved(".xlsx")),
        (".zip", package(**{"甲.txt": b"x" * 1000})),
    ],
)
def test_what_is_what_it_says_is_taken(ending: str, content: bytes) -> None:
    assert fault(ending, content) == ""


@pytest.mark.parametrize(
    ("ending", "content", "said"),
    [
        (".pdf", b"MZ program", "内容不是.pdf文件"),
        (".jpg", b"<html><script>", "内容不是.jpg文件"),
        (".txt", b"MZ\0\0", "内容不是.txt文件"),
        (".docx", b"PK\x03\x04 cut off", "已经损坏"),
        (".docx", saved(".xlsx"), "内容不是.docx文件"),
        (".docx", package(word__document_xml=b"", word__vbaProject_bin=b""), "内容不是"),
        (".docx", package(**{"word/document.xml": b"", "word/vbaProject.bin": b""}), "含有宏"),
        (".zip", package(**{"0": b"\0" * 60_000_000}), "解开后过大"),
        (".zip", package(**{str(number): b"" for number in range(5001)}), "解开后过大"),
    ],
)
def test_what_is_not_is_refused_with_what_to_do(ending: str, content: bytes, said: str) -> None:
    told = fault(ending, content)
    assert said in told
    assert "请" in told


def test_nothing_of_a_refused_file_is_kept(home: House) -> None:
    with pytest.raises(BadInput) as refused, home.session("officer") as s:
        files.keep(s, "证据.pdf", 3, io.BytesIO(b"abc"))
    assert "证据.pdf" in refused.value.fields["files"]
    assert not files.path_of("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad").exists()
