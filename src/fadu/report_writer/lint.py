"""What a paragraph template of the yearly report may say: every figure is a placeholder, no numeral is typed.

Not allowed: Arabic and Chinese numerals outside 《》, 〔〕, quotation marks and declared names; anything but
`fig("…")`, `change("…")` and the names given by the house where text is put out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from fadu.report_writer.outline import outline
from fadu.rules.errors import DeclarationError
from fadu.rules.registry import Registry, Room

NAMES = frozenset({"organ", "whole", "own", "year", "over", "end"})
"""What the house itself says in the text, besides figures: 全区, 区政府本级; over 全年, or 1—10月; end 年末."""

_NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]+")
_QUOTED = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|“[^“”]*”|‘[^‘’]*’")
_WORDS = Path(__file__).with_name("words.txt")


@cache
def declared_words() -> tuple[str, ...]:
    """Words in which a numeral is no number, the longest first."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    words = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return tuple(sorted(words, key=len, reverse=True))


def numerals(text: str, names: Iterable[str] = ()) -> list[str]:
    """The numerals in a text that stand neither in quotation marks nor in a declared name."""
    for name in (*sorted(names, key=len, reverse=True), *declared_words()):
        text = text.replace(name, "□")
    return _NUMERAL.findall(_QUOTED.sub("□", text))


def parse(source: str, where: str) -> nodes.Template:
    """The template's tree. Raises DeclarationError when it does not read."""
    try:
        return SandboxedEnvironment().parse(source)
    except TemplateSyntaxError as fault:
        raise DeclarationError(f"{where} 第{fault.lineno}行无法识别：{fault.message}") from fault


def faults(source: str, where: str, names: Iterable[str] = ()) -> list[str]:
    """What is wrong with a template, each with its line. names: labels of the room's own things."""
    known = tuple(names)
    return [
        f"{where} 第{line}行：{sentence}"
        for output in parse(source, where).find_all(nodes.Output)
        for child in output.nodes
        for line, sentence in _faults_of(child, known)
    ]


def _faults_of(child: nodes.Node, names: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    match child:
        case nodes.TemplateData():
            for offset, line in enumerate(child.data.split("\n")):
                for numeral in numerals(line, names):
                    yield child.lineno + offset, f"“{numeral}”是直接写下的数字，应当用 fig(…) 引用指标"
        case nodes.Name() if child.name in NAMES:
            return
        case _ if indicator_of(child, "fig", "change"):
            return
        case _:
            yield child.lineno, '文字中只能输出 fig("指标")、change("指标")、organ、whole、own、year、over、end'


def indicator_of(node: nodes.Node, *functions: str) -> str | None:
    """The indicator's name, when the node is a call of one of these functions with nothing but a name."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    simple = len(node.args) == 1 and not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None
    if not simple or node.node.name not in functions or not isinstance(node.args[0], nodes.Const):
        return None
    name = node.args[0].value
    return name if isinstance(name, str) else None


def indicators_in(source: str, where: str) -> list[str]:
    """The indicators a template asks for, each once. Raises DeclarationError for a call without a plain name."""
    found: dict[str, None] = {}
    for call in parse(source, where).find_all(nodes.Call):
        name = indicator_of(call, "fig", "change", "value")
        if name is None:
            raise DeclarationError(f'{where} 第{call.lineno}行：只能写 fig("指标")、change("指标") 或者 value("指标")')
        found[name] = None
    return list(found)


def template_of(room: Room) -> tuple[str, str] | None:
    """Text and place of the room's paragraphs; nothing when it has none."""
    path = room.folder / "report.md"
    return (path.read_text(encoding="utf-8"), f"{room.name}/report.md") if path.is_file() else None


def check_room(registry: Registry, room: Room) -> None:
    """Raises DeclarationError with every fault of the room's paragraphs."""
    template = template_of(room)
    if template is None:
        return
    check_text(registry, *template, (room.label, *(procedure.label for procedure in room.procedures)))


def check_text(registry: Registry, source: str, where: str, names: Iterable[str] = ()) -> None:
    """Raises DeclarationError with every fault of a template."""
    found = faults(source, where, names)
    found += [f"{where}：没有指标 {name}" for name in indicators_in(source, where) if not registry.declared(name)]
    if found:
        raise DeclarationError("年度报告的段落有误：" + "；".join(found))


def check(registry: Registry) -> None:
    """The paragraphs of every room, and those before what people write."""
    for room in registry.rooms:
        check_room(registry, room)
    written = outline().written
    for part in written.parts if written else ():
        check_text(registry, part.says, f"outline.yaml {part.heading}")
