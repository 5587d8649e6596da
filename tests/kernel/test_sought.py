"""搜索: parts of words find a case, only for whom the text is, and no longer once it is destroyed or taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from fadu.kernel import finding, models, sought
from fadu.rules.errors import BadInput
from fadu.web.workbench import listing
from tests.kernel.conftest import House
from tests.kernel.test_stamp import signed
from tests.kernel.test_time import serve


def found(home: House, who: str | None, *words: str) -> list[int]:
    with home.session(who) as s:
        return finding.find(s, sought.words_of(" ".join(words)), 50)


@pytest.mark.parametrize(
    "typed",
    ["张三", "某日", "日某", "日某事", "某政受[2024]1号", "某政受〔２０２４〕1", "撤销", "张三 某日某事 通知书"],
)
def test_any_part_of_number_name_fact_item_and_paper_finds_the_case(home: House, typed: str) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    assert found(home, "officer", typed) == [case]
    with home.session("officer") as s:
        assert [finding.search(s, typed, very_many).get().pk for very_many in (0, 50)] == [case, case]


def test_every_word_must_occur_though_in_different_texts(home: House) -> None:
    first, second = home.open().case, home.open(story="河边旧事").case
    assert found(home, "officer", "张三") == [second, first]
    assert found(home, "officer", "张三", "河边") == [second]
    assert found(home, "officer", "张三", "江边") == []


@pytest.mark.parametrize(("most", "answered"), [(1, 1), (2, 2), (50, 2)])
def test_words_of_very_many_cases_are_looked_for_one_by_one(home: House, most: int, answered: int) -> None:
    cases = [home.open(story=story).case for story in ("河边旧事", "山上新事", "河边新事")]
    with home.session("officer"), connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find('{河边,张三}', %s, 0)", [most])
        assert [case for (case,) in cursor.fetchall()] == [cases[2], cases[0]][:answered]
    with home.session("clerk"), connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find('{张三}', 50, 0)")
        assert len(cursor.fetchall()) == 3
    with home.session("stranger"), connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find('{张三}', 50, 0)")
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("12号", [0, 1, 2]), ("路12号", [0]), ("幸福路112号", [1]), ("幸福路1", [0, 1]), ("幸福路11", [1]),
        ("##12", [2]), ("#12号", [2]), ("路2号", []), ("2号", [0, 1, 2]), ("第123", [0]), ("第12", [0]),
        ("第123号", []), ("3456789012345678901", [0]), ("第12345678901234567890123号", [0]),
        ("第1234567890123456789012号", []),
    ],
)  # fmt: skip
def test_a_number_finds_what_it_stands_in_whole_or_in_part(home: House, typed: str, finds: list[int]) -> None:
    stories = ("幸福路12号，第12345678901234567890123号", "幸福路112号", "##12号")
    cases = [home.open(story=story).case for story in stories]
    assert found(home, "officer", typed) == [cases[place] for place in reversed(finds)]


@pytest.mark.parametrize("typed", ["王", "张三 王"])
def test_one_sign_alone_is_told(typed: str) -> None:
    with pytest.raises(BadInput, match="至少输入两个字"):
        sought.words_of(typed)


def test_signs_of_a_pattern_are_only_signs(home: House) -> None:
    case = home.open(story="占比100%以上_甲").case
    assert found(home, "officer", "0%以") == [case]
    assert found(home, "officer", "%%") == []
    assert found(home, "officer", "上_甲") == [case]
    assert found(home, "officer", "上'甲") == []


def test_the_other_side_never_finds_what_is_for_the_inside(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "deliberate", {"secret": "内部议论纷纷"})
    for who, inside, outside in (("officer", [case], [case]), ("clerk", [], [case]), ("stranger", [], [])):
        assert found(home, who, "议论") == inside
        assert found(home, who, "某日某事") == outside
        assert found(home, who, "议论", "某日某事") == inside
        with home.session(who) as s:
            for very_many in (0, 50):
                assert list(finding.search(s, "议论", very_many).values_list("pk", flat=True)) == inside
                assert list(finding.search(s, "某日某事", very_many).values_list("pk", flat=True)) == outside
            texts = finding.texts(s, [case], ["议论", "某日某事"])
            assert len(texts) == len(inside) + len(outside)


def test_a_paper_is_found_by_the_other_side_once_it_is_sealed(home: House) -> None:
    case = signed(home)
    assert (found(home, "officer", "决定书"), found(home, "clerk", "决定书")) == ([case], [])
    home.do("keeper", case, "stamp_paper", track_key="decide")
    assert found(home, "clerk", "决定书") == [case]


def test_outside_a_session_nothing_is_read(home: House) -> None:
    home.open()
    for look in (lambda: list(models.Sought.objects.all()), lambda: _call("SELECT fadu_find('{张三}', 1)")):
        with pytest.raises(ProgrammingError, match="没有打开会话"), transaction.atomic():
            _read(look)


def _read(look: Callable[[], object]) -> None:
    look()


def _call(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_taking_back_takes_the_texts_back(home: House) -> None:
    case = home.open().case
    accepted = home.do("officer", case, "accept").position
    assert found(home, "officer", "受理通知书") == [case]
    home.do("head", case, "reverse", {"position": accepted, "reason": "误点", "article": "工作制度"})
    assert found(home, "officer", "受理通知书") == []
    assert found(home, "officer", "某日某事") == [case]


def test_text_is_compared_in_one_width_and_case() -> None:
    assert sought.plain(" ＡＢ１２［2024］\n第 3 号 ") == "ab12〔2024〕 第 3 号"


def test_serving_changes_no_text(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    with home.session(None):
        before = list(models.Sought.objects.filter(case_id=case).values_list("place", "text").order_by("place"))
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    with home.session(None):
        assert list(models.Sought.objects.filter(case_id=case).values_list("place", "text").order_by("place")) == before


@pytest.mark.parametrize("read_for_one", [1, 10])
@pytest.mark.parametrize("sort", listing.SORTS)
def test_texts_are_read_in_the_order_of_the_list(
    home: House, sort: str, read_for_one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "READ_FOR_ONE", read_for_one)
    cases = [home.open().case for _ in range(6)]
    for case in cases[::2]:
        home.do("officer", case, "accept")
    with home.session("officer") as s:
        found = finding.search(s, "某日某事 通知书", 0).order_by(*listing.SORTS[sort])
        ordered = list(found.values_list("pk", flat=True))
        assert set(ordered) == set(cases[::2])
        assert [finding.in_order(found, first, 2) for first in (0, 2, 4)] == [ordered[:2], ordered[2:], []]
