"""Every fault of a declaration is found when it loads, and told with the word that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated

import pytest

from fadu.common import approval
from fadu.domains.example import suggestion as s
from fadu.domains.review.reconsideration import shared as r
from fadu.domains.review.reconsideration.text_2023 import TEXT as REVIEW
from fadu.rules.errors import DeclarationError
from fadu.rules.facts import ClosedList, Count, Fact, Facts, Text
from fadu.rules.gates import listed
from fadu.rules.judge import judge
from fadu.rules.law import Unit, load_library
from fadu.rules.procedure import (
    CASE_OFFICER,
    SYSTEM,
    Choose,
    Clock,
    Done,
    EndOf,
    Extension,
    FactDay,
    Gate,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Lead,
    Opens,
    Overturned,
    PartyRole,
    Pause,
    PauseKind,
    Period,
    Procedure,
    Served,
    State,
    Step,
    Track,
    UntilDay,
)
from fadu.rules.registry import Registry, Room, digest, registry

TEXT = s.TEXT_2025
LIBRARY = load_library()
DOCUMENTS = registry().room_of("suggestion").documents
NOWHERE = State("nowhere", "别处")
STRANGER = PartyRole("stranger", "路人")


def with_step(name: str, /, **changes: object) -> Procedure:
    steps = tuple(replace(step, **changes) if step.name == name else step for step in TEXT.steps)  # type: ignore[arg-type]
    return replace(TEXT, steps=steps)


def more_steps(*steps: Step) -> Procedure:
    return replace(TEXT, steps=(*TEXT.steps, *steps))


def with_clock(**changes: object) -> Procedure:
    return replace(TEXT, clocks=(replace(s.answer_in_time, **changes),))  # type: ignore[arg-type]


def gate(reads: str) -> Gate:
    return Gate(name="odd", sentence="奇怪", reads=(reads,), holds=lambda view: True)


class Unlabelled(Facts):
    subject: Text


class MoreFacts(s.SuggestionFacts):
    days: Annotated[Count, Fact("天数")]
    hearing_day: Annotated[date, Fact("日期")]


class SameLabel(s.SuggestionFacts):
    again: Annotated[Text, Fact("建议标题")]


class Part(Facts):
    text: Annotated[Text, Fact("内容")]


PARTS = Items(name="part", label="分项", model=Part, outcome=s.Difficulty, weight=("plain",))
NEW = Step(name="new", label="新步骤", by=(CASE_OFFICER,), at=(s.ASSIGNED,), article=s.ARTICLE)
DEEMED = Lapse(effect=LapseEffect.DEEMS, sentence="视为", article=s.ARTICLE)
LOST = Pause(begin=s.assign, end=(), kind=PauseKind.EXCLUDED, article="第一条", lasted=("subject", "content"))
LEAD = Lead(
    name="lead",
    label="提前通知",
    period=Period("行政复议法", "听证通知"),
    before="hearing_day",
    notice=s.answer_letter,
    on=(s.DEPUTY,),
)

FAULTS: dict[str, tuple[Callable[[], Procedure], str]] = {
    # names and labels
    "fact without a word": (lambda: replace(TEXT, facts=Unlabelled), "Unlabelled.subject 没有用 Fact"),
    "two states": (lambda: replace(TEXT, states=(*TEXT.states, s.ASSIGNED)), "状态 assigned 出现了不止一次"),
    "two steps": (lambda: more_steps(s.contact), "步骤 contact 出现了不止一次"),
    "two clocks": (lambda: replace(TEXT, clocks=TEXT.clocks * 2), "期限 answer 出现了不止一次"),
    "two parties": (lambda: replace(TEXT, parties=TEXT.parties * 2), "当事人 deputy 出现了不止一次"),
    "one label for two steps": (lambda: more_steps(replace(NEW, label="交办")), "步骤“交办”这一名称用了不止一次"),
    "one label for two facts": (lambda: replace(TEXT, facts=SameLabel), "事实“建议标题”这一名称用了不止一次"),
    # states
    "no way in": (lambda: with_step("receive_suggestion", at=(s.RECEIVED,)), "没有能够立案的步骤"),
    "unreachable": (lambda: replace(TEXT, states=(*TEXT.states, NOWHERE)), "状态“别处”无法到达"),
    "no way out": (lambda: with_step("answer", to=None), "状态“办理中”不能离开"),
    "complete and final": (
        lambda: replace(TEXT, states=(replace(s.CLOSED, complete=True),)),
        "终结状态“已办结”不必再写 complete",
    ),
    "steps after the end": (lambda: more_steps(replace(NEW, at=(s.CLOSED,))), "终结状态“已办结”之后还有步骤"),
    # steps
    "unknown state": (lambda: more_steps(replace(NEW, at=(NOWHERE,))), "步骤“新步骤”的状态“别处”没有声明"),
    "unknown fact": (lambda: more_steps(replace(NEW, takes=("title",))), "步骤“新步骤”的事实 title 没有声明"),
    "unknown reason": (lambda: more_steps(replace(NEW, reason="why")), "步骤“新步骤”的事实 why 没有声明"),
    "unknown track": (
        lambda: more_steps(replace(NEW, track=Track(name="side", label="旁", initial=NOWHERE), at=(NOWHERE,))),
        "步骤“新步骤”的环节“旁”没有声明",
    ),
    "title of unknown words": (lambda: replace(TEXT, title="{deputy}的{topic}"), "案件标题用到的 topic"),
    "agreement without its steps": (
        lambda: replace(more_steps(replace(NEW, agreed=True)), tracks=(approval.APPROVAL,)),
        "没有拟稿、审核、用印的步骤",
    ),
    "agreement without its track": (lambda: more_steps(replace(NEW, agreed=True)), "但程序没有呈批环节"),
    "unknown party entered": (
        lambda: more_steps(replace(NEW, parties=(STRANGER,))),
        "步骤“新步骤”的当事人“路人”没有声明",
    ),
    "unknown party acting": (lambda: more_steps(replace(NEW, by=(STRANGER,))), "步骤“新步骤”的当事人“路人”没有声明"),
    "nobody acts": (lambda: more_steps(replace(NEW, by=())), "步骤“新步骤”没有写由谁办理"),
    "items not declared": (lambda: more_steps(replace(NEW, items=True)), "步骤“新步骤”涉及分项"),
    "outcomes of items that have none": (
        lambda: replace(more_steps(replace(NEW, outcomes=True)), items=replace(PARTS, outcome=ClosedList, weight=())),
        "分项没有结果的名单",
    ),
    "a last day that is no day": (
        lambda: with_clock(period=UntilDay("subject", s.ARTICLE)),
        "最后一日 subject 不是日期",
    ),
    "a last day that nobody states": (
        lambda: replace(with_clock(period=UntilDay("hearing_day", s.ARTICLE)), facts=MoreFacts),
        "使它起算，却没有要求写明",
    ),
    "a last day that items do not have": (
        lambda: replace(with_clock(period=UntilDay("text", s.ARTICLE), per=PARTS), items=PARTS),
        "最后一日 text 不是日期",
    ),
    "outcomes not weighed": (lambda: replace(TEXT, items=PARTS), "分项的结果没有排出轻重：hard"),
    "paper without template": (
        lambda: more_steps(replace(NEW, issues=(replace(s.answer_letter, name="other", label="另一份"),))),
        "文书“另一份”没有模板 documents/other.md",
    ),
    **{
        f"gate reads {word}": (
            lambda word=word: more_steps(replace(NEW, gates=(gate(word),))),  # type: ignore[misc]
            f"步骤“新步骤”的条件 odd 读取了未知的内容 {word}",
        )
        for word in ("fact:x", "party:x", "track:x", "clock:x", "step:x", "paper:x", "lead:x", "amount:x·y", "anything")
    },
    # clocks
    "unknown bearer": (lambda: with_clock(bearer=STRANGER), "期限“答复期限”的承担者没有声明"),
    "no lapse": (lambda: with_clock(lapse=None), "期限“答复期限”没有写明届满的后果"),
    "nothing answers": (lambda: with_clock(until=()), "期限“答复期限”没有写明由哪一步完成"),
    "answered elsewhere": (lambda: with_clock(until=(NEW,)), "期限“答复期限”所指的步骤“新步骤”不在本程序中"),
    "started elsewhere": (lambda: with_clock(after=Done((NEW,))), "期限“答复期限”所指的步骤“新步骤”不在本程序中"),
    "posted is no day": (lambda: with_clock(posted="subject"), "期限“答复期限”的交邮之日 subject 不是日期"),
    "extension is no number": (
        lambda: with_clock(extensions=(Extension(by=s.contact, amount="subject"),)),
        "期限“答复期限”的延长天数 subject 不是数字",
    ),
    "starts on no day": (lambda: with_clock(after=FactDay("subject")), "期限“答复期限”的起算日 subject 不是日期"),
    "starts on no such service": (
        lambda: with_clock(after=Served(r.decision, s.DEPUTY)),
        "期限“答复期限”从送达起算：《行政复议决定书》送达提出建议的代表，但没有这样的送达",
    ),
    "retracted by nobody": (
        lambda: with_clock(after=Overturned(s.answer_letter, (s.close,)), per=s.answer_letter),
        "期限“答复期限”从公开以后被撤销等起算，应当由撤回公开的步骤答复",
    ),
    "retracted, not paper by paper": (
        lambda: with_clock(after=Overturned(s.answer_letter, (s.close,))),
        "期限“答复期限”从公开以后被撤销等起算，应当按可以公开的文书各自计算（per）",
    ),
    "falls by a step that is not there": (
        lambda: with_clock(after=Overturned(s.answer_letter, (NEW,)), per=s.answer_letter),
        "期限“答复期限”所指的步骤“新步骤”不在本程序中",
    ),
    "starts at no such end": (lambda: with_clock(after=EndOf("other")), "期限“答复期限”所接续的期限 other 没有声明"),
    "choice not complete": (
        lambda: with_clock(period=Choose("difficulty", {"plain": Period("代表法", "代表建议答复")})),
        "期限“答复期限”没有为“难易程度”的每一种情形写明长度（缺少或者多出：hard）",
    ),
    "choice by no list": (
        lambda: with_clock(period=Choose("subject", {"plain": Period("代表法", "代表建议答复")})),
        "期限“答复期限”没有为“建议标题”的每一种情形写明长度",
    ),
    "paper sets no number": (
        lambda: with_clock(period=InPaper("subject", s.ARTICLE)),
        "期限“答复期限”的文书所定长度 subject 不是数字",
    ),
    "paper sets what is not asked for": (
        lambda: replace(with_clock(period=InPaper("days", s.ARTICLE)), facts=MoreFacts),
        "步骤“交办”使它起算，却没有要求写明长度",
    ),
    "paper sets a number of nothing": (
        lambda: replace(with_clock(period=InPaper("days", s.ARTICLE, unit="difficulty")), facts=MoreFacts),
        "期限“答复期限”的单位 difficulty 不是由日、工作日、月、年组成的名单",
    ),
    "paper sets hours": (
        lambda: replace(with_clock(period=InPaper("days", s.ARTICLE, unit=Unit.HOUR)), facts=MoreFacts),
        "期限“答复期限”由文书确定，不能按小时计算",
    ),
    "paper without its law": (
        lambda: replace(
            with_clock(period=InPaper("days", s.ARTICLE, default=Period("代表法", "无此期限"))), facts=MoreFacts
        ),
        "期限“答复期限”：《代表法》中没有名为“无此期限”的期限",
    ),
    "paper under no ceiling": (
        lambda: replace(
            with_clock(period=InPaper("days", s.ARTICLE, at_most=Period("行政复议法", "抄告"))),
            facts=MoreFacts,
        ),
        "所依据的《行政复议法》抄告没有写明长度",
    ),
    "a paper's extension under a ceiling": (
        lambda: replace(
            with_clock(
                extensions=(
                    Extension(
                        by=s.contact, set_by=InPaper("days", s.ARTICLE, at_most=Period("代表法", "代表建议答复"))
                    ),
                )
            ),
            facts=MoreFacts,
        ),
        "期限“答复期限”由文书确定的延长不能另有法定长度",
    ),
    "deems nothing": (lambda: with_clock(lapse=DEEMED), "期限“答复期限”届满后的步骤没有声明"),
    "deemed on a condition": (
        lambda: with_clock(lapse=replace(DEEMED, step=replace(s.answer, by=(SYSTEM,), takes=("subject",)))),
        "不能有条件，也不能有必填的内容",
    ),
    "deemed by a person": (
        lambda: with_clock(lapse=replace(DEEMED, step=s.answer)),
        "期限“答复期限”届满视为的步骤“答复代表”必须由法定期限触发",
    ),
    "an exception of a breach": (
        lambda: with_clock(lapse=replace(s.answer_in_time.lapse, unless=gate("fact:subject"))),  # type: ignore[type-var]
        "期限“答复期限”只有须由人认定的后果才可以有除外情形",
    ),
    "an exception reads what is not there": (
        lambda: replace(
            more_steps(NEW),
            clocks=(
                replace(
                    s.answer_in_time,
                    lapse=Lapse(
                        effect=LapseEffect.FORFEITS,
                        step=NEW,
                        sentence="视为放弃",
                        article=s.ARTICLE,
                        unless=gate("fact:x"),
                    ),
                ),
            ),
        ),
        "步骤“新步骤”的条件 odd 读取了未知的内容 fact:x",
    ),
    "opens no clock": (
        lambda: with_clock(lapse=replace(s.answer_in_time.lapse, opens=("other",))),  # type: ignore[type-var]
        "期限“答复期限”届满后打开的期限 other 没有从它的届满起算",
    ),
    # law
    "unknown statute": (lambda: replace(TEXT, statute="无此法"), "法律库中没有“无此法”"),
    "unknown version": (lambda: replace(TEXT, version="1999"), "法律库中没有《代表法》1999版"),
    "unknown period": (
        lambda: with_clock(period=Period("代表法", "无此期限")),
        "期限“答复期限”：《代表法》中没有名为“无此期限”的期限",
    ),
    "lead as a clock": (
        lambda: with_clock(period=Period("行政复议法", "听证通知")),
        "期限“答复期限”在法律中是提前期，应当声明为 Lead",
    ),
    "period that has ended": (
        lambda: with_clock(period=Period("行政复议法实施条例", "中止转终止")),
        "期限“答复期限”：《行政复议法实施条例》的期限“中止转终止”最后适用至2023年12月31日",
    ),
    "said by the step and asked": (
        lambda: with_step("assign", says={"difficulty": "A"}),
        "步骤“交办”自己写明的 difficulty",
    ),
    "time lost without days": (
        lambda: replace(TEXT, clocks=(replace(s.answer_in_time, pauses=(LOST,)),)),
        "被耽误的时间 subject 不是步骤“交办”必须填写的日期",
    ),
    # notices in advance
    "lead before no day": (lambda: replace(TEXT, leads=(LEAD,)), "提前期“提前通知”所对的日期 hearing_day 不是日期"),
    "lead by no paper": (
        lambda: replace(TEXT, facts=MoreFacts, leads=(replace(LEAD, notice=r.hearing_notice),)),
        "提前期“提前通知”的《行政复议听证通知书》没有步骤制作",
    ),
    "lead on nobody": (
        lambda: replace(TEXT, facts=MoreFacts, leads=(replace(LEAD, on=(STRANGER,)),)),
        "提前期“提前通知”要求通知路人，但《代表建议答复函》不送达路人",
    ),
    "lead told to nobody": (
        lambda: replace(
            TEXT, facts=MoreFacts, leads=(replace(LEAD, notice=replace(s.answer_letter, publish=False), on=()),)
        ),
        "提前期“提前通知”没有写明通知谁，《代表建议答复函》也不向社会公开",
    ),
    "lead without law": (
        lambda: replace(TEXT, facts=MoreFacts, leads=(replace(LEAD, period=Period("代表法", "无此期限")),)),
        "提前期“提前通知”：《代表法》中没有名为“无此期限”的期限",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(name: str) -> None:
    make, told = FAULTS[name]
    with pytest.raises(DeclarationError) as refusal:
        judge(make(), LIBRARY, DOCUMENTS)
    assert told in refusal.value.message
    assert "suggestion" in (refusal.value.todo or "")


def faults(procedure: Procedure) -> str:
    """What the judge says; nothing when the declaration holds."""
    try:
        judge(procedure, LIBRARY, DOCUMENTS)
    except DeclarationError as refusal:
        return refusal.message
    return ""


def test_what_is_right_passes() -> None:
    assert faults(TEXT) == ""
    assert faults(replace(TEXT, facts=MoreFacts, leads=(LEAD,))) == ""
    asked = with_step("assign", takes=("difficulty", "handler", "days"))
    own = replace(s.answer_in_time, period=InPaper("days", s.ARTICLE), after=Done((asked.steps[1],)))
    assert asked.steps[1].name == "assign"
    assert faults(replace(asked, facts=MoreFacts, clocks=(own,))) == ""
    of_law = InPaper("days", s.ARTICLE, default=Period("代表法", "代表建议答复"))
    assert faults(replace(with_clock(period=of_law), facts=MoreFacts)) == ""


def test_a_rule_moves_to_where_it_is_in_force() -> None:
    """A rule that leaves a regulation must stand in the other statute on that very day."""
    text = registry().procedure("reconsideration", "2017")
    documents = registry().room_of("reconsideration").documents
    suspension = next(clock for clock in text.clocks if clock.name == "long_suspension")
    moved = Period("行政复议法实施条例", "中止转终止", moved_to=Period("代表法", "代表建议答复·难件"))
    clocks = tuple(replace(suspension, period=moved) if clock is suspension else clock for clock in text.clocks)
    with pytest.raises(DeclarationError, match=r"期限“中止满期”：.*2024年1月1日"):
        judge(replace(text, clocks=clocks), LIBRARY, documents)


def test_all_faults_are_told_at_once() -> None:
    broken = replace(with_clock(lapse=None), states=(*TEXT.states, NOWHERE))
    with pytest.raises(DeclarationError) as refusal:
        judge(broken, LIBRARY, DOCUMENTS)
    assert "无法到达" in refusal.value.message
    assert "没有写明届满的后果" in refusal.value.message


def test_a_deemed_step_belongs_to_time() -> None:
    deemed = replace(NEW, name="deemed", label="视为答复", by=(SYSTEM,), to=s.ANSWERED)
    text = more_steps(deemed)
    clock = replace(s.answer_in_time, lapse=replace(DEEMED, step=deemed))
    assert faults(replace(text, clocks=(clock,))) == ""


# ---------------------------------------------------------------- the catalogue


def room(*procedures: Procedure, name: str = "one") -> Room:
    return Room(name=name, label=name, folder=DOCUMENTS.parent, procedures=procedures)


def catalogue(*procedures: Procedure) -> Registry:
    return Registry([room(*procedures)], LIBRARY)


def opening(**changes: object) -> Procedure:
    opens = replace(Opens(system="suggestion", step="receive_suggestion"), **changes)  # type: ignore[arg-type]
    return replace(more_steps(replace(NEW, opens=opens)), system="other")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"system": "nothing"}, "步骤“新步骤”要打开的程序 nothing 没有声明"),
        ({"step": "answer"}, "没有立案步骤 answer"),
        ({"hands": {"nothing": "subject"}}, "移交的 nothing 没有声明"),
        ({"hands": {"subject": "nothing"}}, "移交的 nothing 没有声明"),
        ({"parties": {"deputy": "nobody"}}, "移交的 nobody 没有声明"),
        ({"returns": {"nothing": "subject"}}, "移交的 nothing 没有声明"),
        ({"returns": {"subject": "subject"}}, "但本程序不等待另案"),
    ],
)
def test_what_is_opened_must_be_there(changes: dict[str, object], told: str) -> None:
    with pytest.raises(DeclarationError, match=told):
        catalogue(TEXT, opening(**changes))


def test_what_is_opened_and_handed_over() -> None:
    text = opening(hands={"subject": "subject", "content": "content"}, parties={"deputy": "deputy"})
    assert catalogue(TEXT, text).systems == ("suggestion", "other")


def test_a_list_that_a_gate_reads_is_declared() -> None:
    gate = listed("nothing", "subject", "不在名录中", "《代表法》第一条")
    with pytest.raises(DeclarationError, match="的条件所读的名录 nothing 没有声明"):
        catalogue(replace(TEXT, steps=(*TEXT.steps, replace(NEW, gates=(gate,)))))


def test_a_text_is_declared_once() -> None:
    with pytest.raises(DeclarationError, match="程序 suggestion 2025 声明了不止一次"):
        catalogue(TEXT, TEXT)
    with pytest.raises(DeclarationError, match="程序 suggestion 2025 声明了不止一次"):
        Registry([room(TEXT), room(TEXT, name="two")], LIBRARY)


def test_which_text_is_in_force() -> None:
    known = registry()
    assert known.in_force("reconsideration", date(2023, 12, 31)).version == "2017"
    assert known.in_force("reconsideration", date(2024, 1, 1)) is known.newest("reconsideration")
    with pytest.raises(DeclarationError, match="2025-03-10 没有可以适用的“suggestion”程序"):
        known.in_force("suggestion", date(2025, 3, 10))


def test_a_digest_covers_what_is_declared() -> None:
    """Whatever the law or a person would notice changes the digest; what is only code does not."""
    changed = [
        replace(REVIEW, label="复议"),
        replace(REVIEW, clocks=REVIEW.clocks[1:]),
        replace(REVIEW, steps=tuple(replace(step, article=None) for step in REVIEW.steps)),
        replace(REVIEW, steps=tuple(replace(step, gates=()) for step in REVIEW.steps)),
        replace(REVIEW, facts=s.SuggestionFacts),
        replace(REVIEW, items=replace(REVIEW.items, outcome=s.Difficulty)),  # type: ignore[type-var]
    ]
    digests = {digest(text) for text in [REVIEW, *changed]}
    assert len(digests) == len(changed) + 1
    assert digest(replace(REVIEW)) == digest(REVIEW)


def test_a_field_that_a_text_leaves_out_is_not_in_its_digest() -> None:
    assert digest(replace(TEXT, revision=1, scope="")) == digest(TEXT)
    assert digest(replace(TEXT, scope="略")) != digest(TEXT)


def test_words_of_one_shape_have_different_digests() -> None:
    long = next(clock for clock in REVIEW.clocks if clock.waits)
    words = {name: getattr(long, name) for name in Clock.__dataclass_fields__}
    clocks = tuple(Clock(**words) if clock is long else clock for clock in REVIEW.clocks)
    assert digest(replace(REVIEW, clocks=clocks)) != digest(REVIEW)
