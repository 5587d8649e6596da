"""From .docx to PDF by LibreOffice, each conversion with a profile of its own and the house's font names."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
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
    Raises what `to_pdf` raises."""
    pdf = to_pdf(to_docx(document))
    for end_apart in (False, True):
        if not document.footer or len(pypdfium2.PdfDocument(pdf)) % 2 == 0:
            break
        pdf = to_pdf(to_docx(document, foot_apart=True, end_apart=end_apart))
    return pdf


def to_pdf(docx: bytes) -> bytes:
    """The same paper as PDF. Raises Trouble when LibreOffice or a Chinese font is missing, or gives nothing."""
    program = office()
    missing = "LibreOffice" if program is None else "" if has_chinese_font() else "中文字体"
    if program is None or missing:
        raise Trouble(f"没有找到{missing}，不能生成 PDF：请运行 {INSTALL}，或者改用 .docx。")
    with tempfile.TemporaryDirectory(prefix="fadu-") as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(docx)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")]
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        try:
            subprocess.run(
                command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Trouble(f"LibreOffice 超过 {_SECONDS} 秒没有完成转换，请稍后再试。") from error
        result = folder / "paper.pdf"
        if not result.is_file():
            raise Trouble("LibreOffice 没有生成 PDF，请检查它能否正常启动。")
        return result.read_bytes()
