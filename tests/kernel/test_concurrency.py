"""Many at once: one wins each position, numbers have no gap, nobody waits for ever, nothing happens twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection

from fadu.kernel import (
    access,
    acts,
    bulk,
    clockwork,
    desk,
    house,
    issuing,
    ledger,
    models,
    offers,
    paper_templates,
    store,
)
from fadu.kernel.acts import Receipt, Request
from fadu.rules.errors import BadInput, KeyReused, StaleForm
from tests.fixtures.database import OwnDatabase
from tests.kernel import conftest, reaching, small
from tests.kernel.conftest import House, application

WRITERS = 8
Answer = Receipt | Exception


@pytest.fixture
def town(own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The small house in a database of its own, in which everybody commits."""
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return conftest.build()


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Does all of them at the same moment, each on a connection of its own; answers or what was raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            with connection.cursor():  # connected before the start, so that they meet
                start.wait(20)
            return deed()
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def whole(home: House, case: int) -> int:
    """The number of the case's events, after its chain and rows were judged."""
    with home.session(None):
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case
        assert ledger.verify(loaded.stream) == loaded.case.position
        return loaded.case.position


def accepted(home: House) -> int:
    case = home.open().case
    home.do("officer", case, "accept")
    return case


def numbers(home: House, series: str) -> list[int]:
    with home.session(None):
        given = models.NumberGiven.objects.filter(series=series).order_by("number")
        return list(given.values_list("number", flat=True))


def test_one_of_eight_wins_each_position(town: House) -> None:
    case = accepted(town)

    def deliberate(position: int) -> Callable[[], Receipt]:
        return lambda: town.do("officer", case, "deliberate", {"secret": "x"}, position=position)

    for position in range(2, 7):
        answers = at_once([deliberate(position)] * WRITERS)
        assert Counter(map(type, answers)) == {Receipt: 1, StaleForm: WRITERS - 1}
        told = next(answer for answer in answers if isinstance(answer, StaleForm))
        assert told.position == position + 1
    assert whole(town, case) == 7


def test_eight_without_a_position_all_go_on_one_after_the_other(town: House) -> None:
    case = accepted(town)
    answers = at_once([lambda: town.do("officer", case, "deliberate", {"secret": "x"})] * WRITERS)
    assert sorted(answer.position for answer in answers) == list(range(3, 3 + WRITERS))
    assert whole(town, case) == 2 + WRITERS


def test_eight_openers_get_the_numbers_from_one_without_a_gap(town: House) -> None:
    opened: list[Answer] = []
    for _ in range(5):
        opened += at_once([town.open] * WRITERS)
    assert [answer for answer in opened if not isinstance(answer, Receipt)] == []
    assert numbers(town, "申") == list(range(1, 5 * WRITERS + 1))
    with town.session(None) as s:
        assert [missing for _, missing in house.gaps(s)] == [[]]


def test_an_act_that_fails_gives_its_number_back(town: House, monkeypatch: pytest.MonkeyPatch) -> None:
    town.open()
    with monkeypatch.context() as broken:
        broken.setattr(store, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            town.open()
    town.open()
    assert numbers(town, "申") == [1, 2]


def test_the_same_form_sent_eight_times_at_once_opens_one_case(town: House) -> None:
    def send() -> Receipt:
        with town.session("officer") as s:
            return acts.open_case(s, "small", town.organs["bureau"], Request("apply", application(town), key="once"))

    answers = at_once([send] * WRITERS)
    assert answers == [answers[0]] * WRITERS
    assert numbers(town, "申") == [1]


def test_the_same_step_sent_eight_times_at_once_is_done_once(town: House) -> None:
    case = accepted(town)
    answers = at_once([lambda: town.do("officer", case, "deliberate", {"secret": "x"}, key="once")] * WRITERS)
    assert answers == [answers[0]] * WRITERS
    assert whole(town, case) == 3


def test_one_key_for_two_cases_at_once_is_refused_for_one(town: House) -> None:
    pair = [accepted(town), accepted(town)]
    answers = at_once(
        [lambda case=case: town.do("officer", case, "deliberate", {"secret": "x"}, key="k") for case in pair]
    )
    assert Counter(map(type, answers)) == {Receipt: 1, KeyReused: 1}


def test_what_an_administrator_sends_twice_at_once_is_registered_once(town: House) -> None:
    def organ() -> object:
        with town.session("admin") as s:
            return house.register_organ(s, "某区他局", "他", since=town.day)

    def officer() -> object:
        with town.session("admin") as s:
            return house.register_officer(s, "wang", "王某", "x")

    def post() -> object:
        with town.session("admin") as s:
            people, organs = town.people, town.organs
            return house.assign_post(s, people["stranger"], organs["bureau"], "case_officer", since=town.day)

    for deed in (organ, officer, post):
        answers = [type(answer) for answer in at_once([deed] * 2)]
        assert sorted(answers, key=lambda kind: kind is BadInput)[1:] == [BadInput]
    with town.session(None):
        assert ledger.verify(models.Stream.objects.get(kind="house", name="house").pk) > 0


def test_of_two_who_change_one_template_at_once_the_second_is_told(town: House) -> None:
    key = "small.2023.decision"

    def accept(word: str) -> Callable[[], None]:
        def deed() -> None:
            with town.session("admin") as s:
                text = paper_templates.kind(s, key).built_in.replace("理由：", word)
                paper_templates.accept(s, key, text, town.day, seen="")

        return deed

    answers = at_once([accept("本机关认为："), accept("本院认为：")])
    assert Counter(map(type, answers)) == {type(None): 1, BadInput: 1}
    assert "刚刚由别人改过" in str(next(filter(None, answers)))
    with town.session(None) as s:
        assert len(paper_templates.history(s, key)) == 1


def test_boxes_of_one_draft_that_are_kept_at_once_are_all_kept(town: House) -> None:
    case = accepted(town)
    boxes = [f"box{number}" for number in range(WRITERS)]

    def keep(box: str) -> Callable[[], None]:
        def kept() -> None:
            with town.session("officer") as s:
                desk.keep_box(s, access.case(s, case), "deliberate", "f-", box, "x")

        return kept

    assert at_once([keep(box) for box in boxes]) == [None] * WRITERS
    with town.session("officer") as s:
        draft = desk.draft(s, case, "small", "deliberate")
        assert draft is not None
        assert sorted(draft.typed) == [f"f-{box}" for box in boxes]


def test_numbers_of_several_series_taken_in_opposite_order_do_not_block(town: House) -> None:
    """An act may bring a lapse's paper, its own and a linked case's number, in any order of their series."""
    cases = [town.open().case, town.open().case]

    def take(case: int, series: str) -> Callable[[], list[str]]:
        def run() -> list[str]:
            with town.session(None) as s:
                loaded = store.load(case, None, None)
                assert loaded is not None
                organ = models.Organ.objects.get(pk=town.organs["government"])
                found = []
                for name in series:
                    found.append(issuing.take_number(loaded, organ, name, s.today.year))
                    time.sleep(0.3)
                return found

        return run

    answers = at_once([take(cases[0], "甲乙"), take(cases[1], "乙甲")])
    assert sorted(text for answer in answers for text in answer) == [
        f"某政{series}〔2024〕{number}号" for series in ("乙", "甲") for number in (1, 2)
    ]


def bring(town: House, path: Path, met: Event | None = None, wait: Event | None = None) -> Callable[[], Any]:
    """Imports a case under the number that the counter comes to next. met: set before its numbers are committed."""

    def run() -> Any:
        if wait:
            assert wait.wait(20)
        with town.session("admin") as s:
            outcome = bulk.run(s, bulk.Mirrored(s, "small", town.organs["bureau"]), path)
            if met:
                met.set()
                time.sleep(0.5)
            return outcome

    return run


def numbered(path: Path, number: int) -> Path:
    path.write_text(f"案号,收件日期,状态\n某政申〔2024〕{number}号,2024-01-05,审理中\n", encoding="utf-8")
    return path


def test_no_number_is_given_that_is_just_being_imported(town: House, tmp_path: Path) -> None:
    met = Event()

    def apply() -> Receipt:
        assert met.wait(20)
        return town.open()

    answers = at_once([bring(town, numbered(tmp_path / "a.csv", 1), met=met), apply, apply])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert borne() == ["某政申〔2024〕1号", "某政申〔2024〕2号", "某政申〔2024〕3号"]


def test_no_number_is_imported_that_is_just_being_given(town: House, tmp_path: Path) -> None:
    met = Event()

    def apply() -> Receipt:
        with town.session("officer") as s:
            opened = acts.open_case(s, "small", town.organs["bureau"], Request("apply", application(town)))
            met.set()
            time.sleep(0.5)
            return opened

    answers = at_once([apply, bring(town, numbered(tmp_path / "a.csv", 1), wait=met)])
    assert [type(answer) for answer in answers] == [Receipt, bulk.Faulty]
    assert borne() == ["某政申〔2024〕1号"]


def test_openers_and_imports_share_one_series_without_a_number_twice(town: House, tmp_path: Path) -> None:
    imports = [bring(town, numbered(tmp_path / f"{number}.csv", number)) for number in (2, 5, 7)]
    answers = at_once([*imports, *[town.open] * WRITERS])
    assert {type(answer) for answer in answers} <= {bulk.Outcome, bulk.Faulty, Receipt}, answers
    found = borne()
    assert len(found) == len(set(found)) == sum(not isinstance(answer, bulk.Faulty) for answer in answers)
    with town.session(None) as s:
        assert [missing for _, missing in house.gaps(s)] == [[]]


def borne() -> list[str]:
    """The numbers that cases bear."""
    with access.session(None):
        return sorted(str(number) for number in models.Case.objects.values_list("number", flat=True))


def test_linked_cases_worked_on_from_both_sides_do_not_block(town: House) -> None:
    first = accepted(town)
    town.do("clerk", first, "reply")
    town.decide(first)
    second = town.do("officer", first, "follow").opened[0]
    third = town.do("officer", first, "follow").opened[0]

    def work(order: tuple[tuple[str, int, str], ...]) -> Callable[[], list[Receipt]]:
        return lambda: [town.do(*deed) for deed in order]

    forth = (("officer", first, "follow"), ("clerk", second, "report"), ("officer", first, "follow"))
    back = (("clerk", third, "report"), ("officer", first, "follow"))
    answers = at_once([work(forth), work(back)] + [work((("officer", first, "follow"),))] * 4)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    with town.session(None):
        links = list(models.Link.objects.filter(case_id=first).values_list("other_id", flat=True))
    assert len(links) == len(set(links)) == 9
    assert [whole(town, case) for case in (second, third)] == [2, 2]
    assert whole(town, first) == 7 + 9


def test_cases_that_reach_one_case_at_once_take_turns(town: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One suit is older than the case it names, the others are younger; the case itself is worked on meanwhile."""
    catalogue = reaching.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)

    def suit() -> int:
        with town.session("officer") as s:
            return acts.open_case(s, "suit", town.organs["bureau"], Request("sue", {})).case

    suits = [suit()]
    case = accepted(town)
    town.do("clerk", case, "reply")
    town.decide(case)
    suits += [suit() for _ in range(3)]
    with town.session(None) as s:
        number = access.case(s, case).number
    for one in suits:
        town.do("officer", one, "name_case", {"about": number})
    before = whole(town, case)
    rule = [lambda one=one: town.do("officer", one, "enter_ruling", {"ruling": "redo"}) for one in suits]
    answers = at_once([*rule, *[lambda: town.do("officer", case, "follow")] * 2])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert whole(town, case) == before + 6
    with town.session(None):
        links = models.Link.objects.filter(case_id=case)
        assert Counter(links.values_list("relation", flat=True)) == {"effect": 4, "redo": 4, "opens": 2}


def test_two_timers_at_once_record_each_lapse_once(town: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [town.open().case for _ in range(6)]
    town.day = date(2024, 3, 12)
    monkeypatch.setattr(access.clock, "now", lambda: town.now)
    counts = at_once([clockwork.run_due] * 3)
    assert sum(counts) == len(cases)
    with town.session(None):
        steps = Counter(models.Event.objects.filter(step="deemed").values_list("stream__case", flat=True))
    assert steps == dict.fromkeys(cases, 1)
    assert [whole(town, case) for case in cases] == [2] * len(cases)


def test_looking_at_a_case_does_not_wait_for_an_act(town: House) -> None:
    case = town.open().case

    def look() -> tuple[list[str], bool, list[str]]:
        with town.session("second") as s:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
            found = access.case(s, case)
            labels = [offer.label for offer in offers.offers(s, found)]
            papers = offers.preview(s, case, Request("accept", {}))
            return labels, offers.offer(s, offers.look(case), "accept").ready, [label for label, _ in papers]

    with town.session("officer"):
        assert store.load(case, None, None) is not None  # an act that is under way
        assert at_once([look]) == [(["受理", "登记代理人、代表人", "变更当事人"], True, ["受理通知书", "副本"])]
