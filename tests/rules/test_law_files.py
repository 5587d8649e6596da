"""What the reader of law files refuses, each with a sentence that names the file and the period."""

from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from fadu.rules.law import BadLawFile, Library, NotInForce, load_library

HEAD = """\
statute: 试行法
title: 中华人民共和国试行法
transition: by_trigger
transition_basis: 本系统理解
roll: next
roll_basis: 第九条
versions:
- label: 2020
  title: 试行法（2020）
periods:
- period: 答复
  values:
"""
VALUE = """\
since: 2020-01-01
kind: max
amount: 10
unit: day
version: 2020
article: 第一条
actor: 机关
trigger: 收到
act: 答复
"""


def values(*texts: str) -> str:
    """A file with one period and these values."""
    return HEAD + "".join("  -\n" + indent(text, "    ") for text in texts)


def read(folder: Path, text: str, name: str = "trial_law") -> Library:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_library(folder)


def changed(**words: str | None) -> str:
    """The one good value with some words changed, added or (None) left out."""
    lines = dict(line.split(": ", 1) for line in VALUE.splitlines())
    for word, said in words.items():
        if said is None:
            del lines[word]
        else:
            lines[word] = said
    return "".join(f"{word}: {said}\n" for word, said in lines.items())


def test_the_good_file_is_read(tmp_path: Path) -> None:
    rule = read(tmp_path, values(VALUE)).period("试行法", "答复", date(2020, 1, 1))
    assert (rule.amount, rule.before, rule.cite) == (10, None, "《试行法》（2020）第一条")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"article": None}, "有数值而无条文"),
        ({"unit": "week"}, "的unit不认识“week”"),
        ({"kind": "deadline"}, "的kind不认识“deadline”"),
        ({"kind": None}, "的kind不认识“None”"),
        ({"before": "2020-01-01"}, "的since（2020-01-01）不早于before（2020-01-01）"),
        ({"before": "2019-01-01"}, "不早于before"),
        ({"since": "最早"}, "的since必须是日期"),
        ({"kind": "range"}, "必须写明两端amount_min和amount"),
        ({"kind": "range", "amount_min": "10"}, "前者小于后者"),
        ({"amount_min": "5"}, "写了amount_min，但不是区间"),
        ({"kind": "lead", "unit": None}, "是提前（lead），必须写明单位unit"),
        ({"unit": None}, "必须写明amount和unit"),
        ({"amount": "十"}, "的amount必须是非负整数"),
        ({"amount": "1.5"}, "的amount必须是非负整数"),
        ({"kind": "by_paper"}, "的kind为by_paper，不应有amount或unit"),
        ({"kind": "date", "amount": None, "unit": None}, "必须写明month_day"),
        ({"month_day": "01-31"}, "写了month_day，但不是日历日"),
        ({"version": "2019"}, "的版本“2019”未在versions中列出"),
        ({"verified": "false"}, "的数值未经核实"),
        ({"actor": None}, "缺少actor"),
        ({"days": "10"}, "有不认识的词：days"),
        ({"roll": "later"}, "的roll不认识“later”"),
        ({"extension": "{amount: 5}"}, "的amount和unit必须同时写"),
        ({"extension": "{by: 5}"}, "有不认识的词：by"),
    ],
)
def test_a_bad_value_is_refused(tmp_path: Path, words: dict[str, str | None], why: str) -> None:
    with pytest.raises(BadLawFile) as refusal:
        read(tmp_path, values(changed(**words)))
    assert refusal.value.message.startswith("法律文件trial_law.yaml的“答复")
    assert why in refusal.value.message


def test_a_gap_is_refused_unless_explained(tmp_path: Path) -> None:
    earlier, later = changed(before="2021-01-01"), changed(since="2022-01-01")
    with pytest.raises(BadLawFile, match="“答复”在2021-01-01至2021-12-31之间没有数值，也没有写明原因"):
        read(tmp_path, values(earlier, later))
    explained = read(tmp_path, values(earlier, later + "gap: 停止执行一年\n"))
    with pytest.raises(NotInForce, match="最后适用至2020年12月31日"):
        explained.period("试行法", "答复", date(2021, 6, 1))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (changed(before="2021-01-01"), changed(since="2020-12-31")),
        (changed(), changed(since="2021-01-01")),
        (changed(since=None), changed(since=None)),
    ],
)
def test_an_overlap_at_one_place_is_refused(tmp_path: Path, first: str, second: str) -> None:
    with pytest.raises(BadLawFile, match=r"trial_law\.yaml的“答复”自.*重叠"):
        read(tmp_path, values(first, second))


def test_values_of_other_places_and_sectors_do_not_overlap(tmp_path: Path) -> None:
    library = read(
        tmp_path,
        values(
            changed(),
            changed(amount="9", sector="市监"),
            changed(amount="8", place="山东"),
            changed(amount="7", place="山东济南"),
            changed(amount="6", place="山东济南", sector="市监"),
        ),
    )

    def amount(place: str | None = None, sector: str | None = None) -> int | None:
        return library.period("试行法", "答复", date(2024, 1, 1), place=place, sector=sector).amount

    assert amount() == 10
    assert amount(sector="市监") == 9
    assert amount(place="山东青岛") == 8
    assert amount(place="山东济南历下") == 7
    assert amount(place="山东济南", sector="市监") == 6
    assert amount(place="山东青岛", sector="市监") == 8, "the tightest place comes before the sector"
    assert amount(place="河南") == 10


def test_a_missing_first_day_means_as_far_back_as_seen(tmp_path: Path) -> None:
    library = read(tmp_path, values(changed(since=None, before="2021-01-01"), changed(since="2021-01-01")))
    assert library.period("试行法", "答复", date(1949, 10, 1)).since is None


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("roll: next", "roll: maybe", "“文件开头”的roll不认识“maybe”"),
        ("transition: by_trigger", "transition: never", "的transition不认识"),
        ("roll_basis: 第九条\n", "", "“文件开头”缺少roll_basis"),
        ("title: 中华人民共和国试行法\n", "", "“文件开头”缺少title"),
        ("periods:", "terms:", "“文件开头”有不认识的词：terms"),
    ],
)
def test_a_bad_head_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(BadLawFile) as refusal:
        read(tmp_path, values(VALUE).replace(old, new))
    assert why in refusal.value.message


def test_a_period_written_twice_is_refused(tmp_path: Path) -> None:
    twice = values(VALUE) + values(VALUE).partition("periods:\n")[2]
    with pytest.raises(BadLawFile, match=r"trial_law\.yaml的“答复”写了两次"):
        read(tmp_path, twice)


def test_two_statutes_of_one_name_are_refused(tmp_path: Path) -> None:
    read(tmp_path, values(VALUE))
    with pytest.raises(BadLawFile, match="使用了同一个名称“试行法”"):
        read(tmp_path, values(VALUE), name="another")


def test_an_unknown_successor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLawFile, match="所写的后继“新法”不在法律库中"):
        read(tmp_path, values(VALUE).replace("roll: next", "successor: 新法\nroll: next"))


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLawFile, match=r"trial_law\.yaml不是有效的YAML"):
        read(tmp_path, "statute: [")


def test_the_digest_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    first = read(tmp_path, values(VALUE)).digest()
    assert read(tmp_path, "# 说明\n" + values(VALUE)).digest() == first
    assert read(tmp_path, values(changed(amount="11"))).digest() != first
