"""占位: what a template takes from the case, in the words of the declaration, as people read and write it in 【】.

A template says `{{ names("applicant") }}`, its file for an office program 【申请人】; both ways without loss.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from fadu.infra.official.text import BOLD, unescaped
from fadu.rules.facts import fact_fields
from fadu.rules.procedure import Paper, Procedure

TOKEN = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
"""No brace inside of it: what is not one of these may have no brace at all, so nothing is read otherwise by Jinja."""
MARK = re.compile(r"【([^【】]*)】")
_SPACE = re.compile(r"\s+")
_CONTROLS = r"(?:\{%[^{}]*%\})+"
_ROW_OF_CONTROLS = re.compile(rf"\|\s*({_CONTROLS})[\s|]*\|")
_CLOSE = re.compile(rf"\|.*|{_CONTROLS}")
"""A row of a table, or what prints nothing: no empty line stands after it."""
_LEVEL = re.compile(r"^(#+) ", re.MULTILINE)
_QUOTES = str.maketrans("“”„‟＂‘’", '"""""\'\'')
_BAR = re.compile(r"\s*\|\s*")
_BARE = "，不带句号"
RAW = "原式 "
"""What has no name in words stands as it is: 【原式 p.address】."""
NUMBER = "{{ number }}"
SIMPLE = {
    NUMBER: "文号", "{{ day }}": "成文日期", "{{ organ }}": "机关", "{{ body }}": "机构",
    "{{ case_number }}": "案号", "{{ loop.index }}": "序号", "{{ item.outcome }}": "这一项的结果",
    "{% else %}": "否则", "{% endif %}": "如果到此为止", "{% for item in items %}": "逐项开始",
    "{% endfor %}": "逐项到此为止",
    "{% if not loop.last %}": "如果：不是最后一项",
    "{{ p.name }}": "这个人的姓名（名称）", "{{ p.address }}": "这个人的地址",
    "{% if p.address %}": "如果：有这个人的地址",
    "{% for a in p.agents %}": "逐个代理人开始", "{{ a.name }}": "代理人的姓名", "{{ a.as }}": "代理人的身份",
    "{{ paper.label }}": "这份文书的名称", "{{ paper.number }}": "这份文书的文号", "{{ paper.day }}": "这份文书的日期",
    "{{ paper.served }}": "这份文书的送达次数", "{% if paper.number %}": "如果：这份文书有文号",
    "{% if paper.served %}": "如果：这份文书已经送达",
    "{% for paper in papers if paper.internal %}": "逐份内部文书开始",
    "{% for paper in papers if not paper.internal %}": "逐份对外文书开始",
}  # fmt: skip


def normal(token: str) -> str:
    """One spelling of a token."""
    said = _BAR.sub("|", _SPACE.sub(" ", token[2:-2].strip()))
    return f"{{{{ {said} }}}}" if token.startswith("{{") else f"{{% {said} %}}"


def normalised(text: str) -> str:
    """A template without the differences that mean nothing: blank lines, and how its tokens are spelled."""
    lines = (line.strip() for line in TOKEN.sub(lambda found: normal(found[0]), text).splitlines())
    return "\n".join(line for line in lines if line)


def plainly(shown: str) -> str:
    """A text with the signs of its form as words, for people to compare."""
    named = _LEVEL.sub(lambda found: "文书名称：" if found[1] == "#" else "小标题：", shown)
    said = BOLD.sub(r"〔加粗：\1〕", named)
    return "\n".join(unescaped(line) for line in said.splitlines() if line.strip("|- :"))


class _Named(NamedTuple):
    """What a token is called. name: told as well where two would be called the same; inner: not for this paper."""

    token: str
    label: str
    name: str = ""
    inner: bool = False


@dataclass(frozen=True)
class Words:
    """The placeholders of a paper. own: tokens of the built-in template, whatever they are."""

    procedure: Procedure
    paper: Paper
    own: frozenset[str]

    @cached_property
    def _named(self) -> Sequence[_Named]:
        """Of labels that two would share, each has the name behind it."""
        named = list(_named(self.procedure, self.paper))
        often = Counter(one.label for one in named)
        return [one._replace(label=f"{one.label}（{one.name}）") if often[one.label] > 1 else one for one in named]

    @cached_property
    def by_token(self) -> Mapping[str, str]:
        """Token → label."""
        found = {one.token: one.label for one in self._named if not one.inner or one.token in self.own}
        return found | {token: RAW + token[2:-2].strip() for token in self.own if token not in found}

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        return {_folded(label): token for token, label in self.by_token.items()}

    @cached_property
    def _inner(self) -> frozenset[str]:
        return frozenset(_folded(one.label) for one in self._named if one.token not in self.by_token)

    def shown(self, text: str) -> str:
        """A text with its tokens as people read them; those that are not known are left."""
        return TOKEN.sub(lambda found: self._shown(found[0]), text)

    def _shown(self, token: str) -> str:
        label = self.by_token.get(normal(token))
        return f"【{label}】" if label else token

    def text_of(self, lines: Sequence[str]) -> str:
        """The template that lines with placeholders stand for; those that are not known are left."""
        text = ""
        for line in lines:
            said = MARK.sub(lambda found: self._by_label.get(_folded(found[1]), found[0]), line)
            if row := _ROW_OF_CONTROLS.fullmatch(said):
                said = row[1]
            text += said + ("\n" if _CLOSE.fullmatch(said) else "\n\n")
        return text.rstrip("\n") + "\n"

    def unknown(self, label: str) -> str:
        """Why a label is none, and what may have been meant."""
        if _folded(label) in self._inner:
            return f"【{label}】是内部（副卷）的内容，这份文书要交给当事人或者公开，不能写进去，请删除"
        like = "、".join(f"【{one}】" for one in get_close_matches(label, self.by_token.values(), n=2))
        return f"不认识的占位【{label}】，" + (f"是不是{like}" if like else "可以使用的占位列在下载的文件后面")


def _folded(label: str) -> str:
    """Without the differences that an office program or a keyboard makes: spaces, widths, the form of quotes."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", label.translate(_QUOTES)))


def words_of(procedure: Procedure, paper: Paper, built_in: str) -> Words:
    """The placeholders that a template of a paper may use."""
    return Words(procedure, paper, frozenset(normal(found) for found in TOKEN.findall(built_in)))


def _named(procedure: Procedure, paper: Paper) -> Iterator[_Named]:
    """Everything that the declaration gives a name in words."""
    yield from (_Named(token, label) for token, label in SIMPLE.items())
    items = fact_fields(procedure.items.model) if procedure.items else {}
    for of, whose, fields in (("", "", fact_fields(procedure.facts)), ("item.", "这一项的", items)):
        for name, one in fields.items():
            label, inner = whose + one.fact.label, not one.fact.audience.includes(paper.audience)
            yield _Named(f"{{{{ {of}facts.{name} }}}}", label, name, inner)
            yield _Named(f"{{{{ {of}facts.{name}|bare }}}}", label + _BARE, name, inner)
            yield _Named(f"{{% if {of}raw.{name} %}}", f"如果：填写了{label}", name, inner)
            if one.widget == "number":
                yield _Named(f"{{{{ {of}raw.{name} }}}}", f"{label}的数字", name, inner)
    for role in procedure.parties:
        yield _Named(f'{{{{ names("{role.name}") }}}}', role.label, role.name)
        yield _Named(f'{{% for p in party("{role.name}") %}}', f"逐个{role.label}开始", role.name)
        yield _Named(f'{{% if party("{role.name}") %}}', f"如果：有{role.label}", role.name)
        yield _Named(f'{{% if names("{role.name}") %}}', f"如果：写明了{role.label}", role.name)
    for clock in procedure.clocks:
        yield _Named(f'{{{{ period("{clock.name}") }}}}', f"{clock.label}的期限", clock.name)
        yield _Named(f'{{{{ extension("{clock.name}") }}}}', f"{clock.label}最多延长的时间", clock.name)
    for step in procedure.steps:
        yield _Named(f'{{{{ step_day("{step.name}") }}}}', f"“{step.label}”的日期", step.name)
        yield _Named(f'{{% if step_day("{step.name}") %}}', f"如果：已经“{step.label}”", step.name)
        yield _Named(f'{{% elif step_day("{step.name}") %}}', f"否则如果：已经“{step.label}”", step.name)
