"""Files of every kind with given lines, made by hand: what a test puts in is what stands in the file."""

import hashlib
import io
import re
import zipfile
import zlib
from html import escape

import pypdfium2

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"256 beginbfrange\n" + b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (n, n, n) for n in range(256)) + b"\nendbfrange "
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)
PORTRAIT = (595, 842)


def plain(lines: list[str]) -> bytes:
    """A text file."""
    return "\n".join(lines).encode()


def web(lines: list[str]) -> bytes:
    """A page as governments publish them: menu, content, foot; tabulators make a table, breaks are <br>."""
    body = "".join(_paragraph(line) for line in lines)
    body = re.sub(r"(?:<tr>.*?</tr>)+", lambda match: f"<table>{match[0]}</table>", body)
    filler = f"<p>{'各部门认真落实法治政府建设的各项要求，持续推进依法行政，取得了新的进展。' * 4}</p>"
    return (
        f'<html><head><meta charset="utf-8"></head><body><div class="nav"><a href="/">首页</a></div>'
        f'<div class="content">{body}{filler}</div><div class="footer">网站标识码 1508020001</div></body></html>'
    ).encode()


def _paragraph(line: str) -> str:
    if "\t" in line:
        return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line.split(chr(9)))}</tr>"
    return "<p>" + escape(line).replace("\xa0", "&nbsp;").replace("\n", "<br>") + "</p>"


def word(lines: list[str]) -> bytes:
    """A .docx file; lines with tabulators are a table."""
    body = "".join(_word_row(line) if "\t" in line else f"<w:p>{_word_run(line)}</w:p>" for line in lines)
    return zipped("word/document.xml", word_xml(re.sub(r"(?:<w:tr>.*?</w:tr>)+", r"<w:tbl>\g<0></w:tbl>", body)))


def word_xml(body: str) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def _word_run(text: str) -> str:
    return "<w:r><w:t>" + escape(text).replace("\n", "</w:t><w:br/><w:t>") + "</w:t></w:r>"


def _word_row(line: str) -> str:
    cells = "".join(f"<w:tc><w:p>{_word_run(cell)}</w:p></w:tc>" for cell in line.split("\t"))
    return f"<w:tr>{cells}</w:tr>"


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def pdf(*pages: list[str], password: str = "") -> bytes:
    """A PDF file with a text of its own for each page; with a password, encrypted as PDF 1.3 does."""
    contents = []
    for lines in pages:
        shown = "\n".join(lines).split("\n")
        text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -24 Td\n" for line in shown)
        contents.append(f"BT /F 14 Tf 40 780 Td\n{text}ET".encode())
    return assembled([stream(content) for content in contents], password=password)


def printed(lines: list[str]) -> bytes:
    """A PDF file of one page in a typeface of the machine: to be looked at."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -24 Td\n" for line in lines)
    font = (
        b"/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts"
        b" [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >> >>"
    )
    return assembled([stream(f"BT /F 14 Tf 40 780 Td\n{text}ET".encode())], font)


def scanned(data: bytes, dots: int = 200) -> bytes:
    """The pages of a PDF file as pictures, as a scanner leaves them."""
    source, made = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    for page in source:
        picture = pypdfium2.PdfImage.new(made)
        picture.set_bitmap(page.render(scale=dots / 72))
        width, height = page.get_size()
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        copy = made.new_page(width, height)
        copy.insert_obj(picture)
        copy.gen_content()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<< /Filter /FlateDecode %s /Length %d >>\nstream\n%s\nendstream" % (more, len(packed), packed)


def assembled(
    contents: list[bytes], resources: bytes = b"/Font << /F 3 0 R >>", password: str = "", count: int | None = None
) -> bytes:
    """A PDF file of pages with these content streams. count: of pages, where the file is to lie about it."""
    first = 7
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents) if count is None else count),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /FontDescriptor 5 0 R /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        stream(TO_UNICODE),
    ]
    for place, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << %s >> /Contents %d 0 R >>"
            % (*PORTRAIT, resources, first + 2 * place + 1)
        )
        objects.append(content)
    return _written(objects, password)


def _written(objects: list[bytes], password: str) -> bytes:
    trailer = b"/Root 1 0 R"
    if password:
        owner, user = _locked(password)
        trailer += b" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
            owner.hex().encode(),
            user.hex().encode(),
        )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _locked(password: str) -> tuple[bytes, bytes]:
    """The two entries by which a reader tests the password; the streams stay as they are, nobody gets to them."""
    padded = (password.encode() + PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]
    return owner, _rc4(key, PADDING)


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
