"""From .docx to PDF by LibreOffice, each conversion with a profile of its own and the house's font names."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from fadu.infra.official.docx import to_docx
from fadu.infra.official.model import Document
from fadu.infra.trouble import Trouble

FONTS = Path(__file__).with_name("fonts.conf")
INSTALL = "sudo apt-get install libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-ukai"
_SECONDS = 120


def office() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_chinese_font() -> bool:
    """Whether the machine has a font with Chinese characters; where nothing can tell, it is taken to have one."""
    program = shutil.which("fc-list")
    if program is None:
        return True
    listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, timeout=_SECONDS, check=False)
    return bool(listed.stdout.strip())


def printed(document: Document) -> bytes:
    """The paper as PDF. Its 版记 stands at the foot of the last page, which is even (GB/T 9704): a paper that ends on
    an odd page has one more; where it does so for want of room for the 版记 alone, the signature's page is the odd one.
    Raises what `to_pdfs` raises."""
    forms = [to_docx(document)]
    if document.footer:
        forms += [to_docx(document, foot_apart=True, end_apart=end_apart) for end_apart in (False, True)]
    pdfs = to_pdfs(forms)
    return next((pdf for pdf in pdfs if len(pypdfium2.PdfDocument(pdf)) % 2 == 0), pdfs[-1])


def to_pdfs(papers: Sequence[bytes]) -> list[bytes]:
    """These .docx as PDF, each for each; starting LibreOffice takes longer than ten papers.

    Raises Trouble when LibreOffice or a Chinese font is missing, or one is not given.
    """
    program = office()
    missing = "LibreOffice" if program is None else "" if has_chinese_font() else "中文字体"
    if program is None or missing:
        raise Trouble(f"没有找到{missing}，不能生成 PDF：请运行 {INSTALL}，或者改用 .docx。")
    with tempfile.TemporaryDirectory(prefix="fadu-") as name:
        folder = Path(name)
        files = [folder / f"{number}.docx" for number in range(len(papers))]
        for file, paper in zip(files, papers, strict=True):
            file.write_bytes(paper)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        try:
            subprocess.run(
                command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Trouble(f"LibreOffice 超过 {_SECONDS} 秒没有完成转换，请稍后再试。") from error
        results = [file.with_suffix(".pdf") for file in files]
        if not all(result.is_file() for result in results):
            raise Trouble("LibreOffice 没有生成 PDF，请检查它能否正常启动。")
        return [result.read_bytes() for result in results]
