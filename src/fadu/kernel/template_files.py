"""A template of a paper as the .docx that an office edits, and the .docx that comes back as a template."""

from __future__ import annotations

import re

from fadu.infra.official.template_docx import END, written
from fadu.infra.official.template_reading import Fault, read
from fadu.kernel import file_content
from fadu.kernel.template_words import Words
from fadu.rules.errors import BadInput

LARGEST = 2 << 20
UNPACKED = 20 << 20
HOW = (
    "一、【】中的是占位，作出文书时由案件中的内容代替，请照原样保留，可以整个移动、复制或者删除；其余文字可以改。",
    "二、【如果：……】到【如果到此为止】之间的文字，符合条件时才出现；【逐项开始】到【逐项到此为止】之间的，每一项出现一次。",
    "三、第一段是文书的名称；各级小标题用样式“标题1”至“标题4”，不用自动编号、图片、文本框、脚注、修订和合并的单元格。",
    "四、署名、页眉页脚和版式由系统按公文格式排印，字体、字号、行距不用调。",
    "五、可以使用的占位列在下面。【某事项】还可以写成【某事项，不带句号】；要填写了才出现的文字，放在【如果：填写了某事项】和【如果到此为止】之间。",
)
_DERIVED = re.compile(r"\{\{.*\|bare \}\}|\{% if (item\.)?raw\..*|\{% elif .*")
"""What the last of these sentences tells, without a list."""


def to_file(words: Words, text: str, title: str) -> bytes:
    """The file, with how to edit it and every placeholder that may be used below the text."""
    marks = "".join(f"【{label}】" for token, label in words.by_token.items() if not _DERIVED.fullmatch(token))
    return written(words.shown(text), title, (*HOW, marks))


def from_file(words: Words, name: str, content: bytes) -> tuple[str, list[Fault]]:
    """The template's text, and what of the file could not be read. Raises BadInput for what is no .docx to be taken."""
    if fault := file_content.fault(".docx", content, most=UNPACKED):
        raise BadInput({"file": f"“{name}”{fault}"})
    try:
        lines, faults = read(content, (END, HOW[0]))
    except ValueError as error:
        raise BadInput({"file": f"“{name}”{error}，请用办公软件另存为 .docx 再上传"}) from error
    return words.text_of(lines), faults
