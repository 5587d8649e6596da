"""What parties may ask for beside the trial under the text of 2023: to see the file (art. 47), a hearing (art. 50)."""

from __future__ import annotations

from typing import Annotated

from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration.committee_2023 import CommitteeFacts
from fadu.domains.review.reconsideration.facts import PARTIES
from fadu.rules.facts import Audience, ClosedList, Fact, Files, Text
from fadu.rules.gates import done, names_in
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Online, State, Step, Track

SEE = "《行政复议法》第四十七条"
HEARING = "《行政复议法》第五十条第二款"
HEARD_BY = "《行政复议法》第五十条第三款"


class SecretGround(ClosedList):
    """The only grounds on which the file is not shown."""

    STATE = "state", "涉及国家秘密", SEE
    BUSINESS = "business", "涉及商业秘密", SEE
    PRIVACY = "privacy", "涉及个人隐私", SEE
    SAFETY = "safety", "可能危及国家安全、公共安全、社会稳定", SEE


class RightsFacts(CommitteeFacts):
    """What these steps ask for."""

    reading_matter: Annotated[
        Text, Fact("申请查阅、复制的材料", PARTIES, long=True, hint="想看哪些材料，例如 被申请人的书面答复和全部证据")
    ]
    reading_record: Annotated[Text, Fact("查阅、复制情况", PARTIES, long=True)]
    secret_ground: Annotated[SecretGround, Fact("不同意查阅、复制的情形", PARTIES)]
    secret_reason: Annotated[Text, Fact("不同意查阅、复制的理由", PARTIES, long=True)]
    hearing_request: Annotated[
        Text,
        Fact(
            "请求听证的理由", PARTIES, long=True, hint="为什么要当面说清楚，例如 对现场检查的经过有争议，有证人可以到场"
        ),
    ]
    no_hearing_reason: Annotated[Text, Fact("不组织听证的理由", PARTIES, long=True)]
    hearing_host: Annotated[Text, Fact("听证主持人", PARTIES)]
    hearing_officers: Annotated[Text, Fact("听证员", PARTIES, hint="两名以上，以顿号分开")]
    hearing_clerk: Annotated[Text, Fact("听证记录员", PARTIES)]
    applicant_absent: Annotated[bool, Fact("申请人无正当理由拒不参加听证", PARTIES)]
    head_absence: Annotated[
        Text, Fact("被申请人负责人不能参加的理由和委托的工作人员", PARTIES, long=True, hint="负责人参加的不填")
    ]
    investigators: Annotated[Text, Fact("调查取证的人员", PARTIES, hint="两人以上，以顿号分开，应当出示证件")]
    investigation: Annotated[Text, Fact("调查取证的对象和内容", PARTIES, long=True)]
    investigation_files: Annotated[Files, Fact("调取的证据材料", PARTIES)]
    new_ground: Annotated[Text, Fact("申请人、第三人提出的新理由、新证据", PARTIES, long=True)]
    supplement: Annotated[Text, Fact("被申请人补充的证据", PARTIES, long=True)]


NOT_ASKED = State("none", "没有申请")
ASKED = State("asked", "已申请，待答复")
TOLD = State("told", "已答复")
READING = Track(name="reading", label="查阅、复制材料", initial=NOT_ASKED, audience=Audience.PARTIES)

ask_reading = Step(
    name="ask_reading",
    label="申请查阅、复制材料",
    track=READING,
    within=s.OPEN,
    at=(NOT_ASKED, TOLD),
    to=ASKED,
    by=(s.APPLICANT, s.THIRD),
    takes=("reading_matter",),
    article=SEE,
    online=Online(party=s.APPLICANT),
)
allow_reading = Step(
    name="allow_reading",
    label="同意并安排查阅、复制",
    track=READING,
    within=s.OPEN,
    at=(ASKED,),
    to=TOLD,
    by=(CASE_OFFICER,),
    takes=("reading_record",),
    article=SEE,
)
refuse_reading = Step(
    name="refuse_reading",
    label="不同意查阅、复制",
    track=READING,
    within=s.OPEN,
    at=(ASKED,),
    to=TOLD,
    by=(BODY_HEAD,),
    takes=("secret_ground", "secret_reason"),
    reason="secret_reason",
    article=SEE,
)
reading_answered = Gate(
    name="reading_answered",
    sentence="申请人、第三人查阅、复制材料的申请还没有答复",
    article=SEE,
    todo="请“同意并安排查阅、复制”；属于法定例外的，办理“不同意查阅、复制”并写明理由。",
    reads=("track:reading",),
    holds=lambda view: view.track("reading") != ASKED.name,
)

# ---------------------------------------------------------------- hearing

ask_hearing = Step(
    name="ask_hearing",
    label="请求听证",
    by=(s.APPLICANT,),
    at=(s.ACCEPTED,),
    takes=("hearing_request",),
    article=HEARING,
    online=Online(party=s.APPLICANT),
)
refuse_hearing = Step(
    name="refuse_hearing",
    label="不组织听证",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("no_hearing_reason",),
    gates=(done(ask_hearing, "申请人没有请求听证", HEARING),),
    reason="no_hearing_reason",
    article=HEARING,
)
hearing_answered = Gate(
    name="hearing_answered",
    sentence="申请人请求听证，还没有答复",
    article=HEARING,
    todo="请组织听证；不组织的，办理“不组织听证”并写明理由。",
    reads=("step:ask_hearing", "step:refuse_hearing", "track:hearing"),
    holds=lambda view: (
        not view.did("ask_hearing") or view.did("refuse_hearing") or view.track("hearing") == s.HELD.name
    ),
)
HELD_BY = ("hearing_host", "hearing_officers", "hearing_clerk", "applicant_absent")


def _apart(host: str, officers: set[str], clerk: str) -> bool:
    """One presides, several hear, one writes; nobody is two of them."""
    return len(names_in(host)) == 1 and len(officers) > 1 and len(names_in(clerk)) == 1 and not officers & {host, clerk}


panel = Gate(
    name="hearing_panel",
    sentence="听证由一名主持人、两名以上听证员、一名记录员进行，不能由同一人兼任",
    article=HEARD_BY,
    todo="请核对“听证主持人”“听证员”“听证记录员”。",
    reads=("fact:hearing_host", "fact:hearing_officers", "fact:hearing_clerk"),
    holds=lambda view: (
        _apart(view.fact("hearing_host"), names_in(view.fact("hearing_officers")), view.fact("hearing_clerk"))
        and view.fact("hearing_host") != view.fact("hearing_clerk")
    ),
)

# ---------------------------------------------------------------- evidence

several = Gate(
    name="several_investigators",
    sentence="调查取证时，行政复议人员不得少于两人",
    article="《行政复议法》第四十五条第二款",
    todo="请写明两名以上调查人员。",
    reads=("fact:investigators",),
    holds=lambda view: len(names_in(view.fact("investigators"))) > 1,
)
investigate = Step(
    name="investigate",
    label="调查取证",
    by=(CASE_OFFICER,),
    at=s.OPEN,
    takes=("investigators", "investigation"),
    may_take=("investigation_files",),
    gates=(several,),
    article="《行政复议法》第四十五条",
)
allow_supplement = Step(
    name="allow_supplement",
    label="同意被申请人补充证据",
    by=(BODY_HEAD,),
    at=s.OPEN,
    takes=("new_ground",),
    reason="new_ground",
    article="《行政复议法》第四十六条第二款",
)
supplement = Step(
    name="supplement_evidence",
    label="被申请人补充证据",
    by=(s.RESPONDENT,),
    at=s.OPEN,
    takes=("supplement",),
    gates=(done(allow_supplement, "补充证据没有经过行政复议机构同意", "《行政复议法》第四十六条第二款"),),
    article="《行政复议法》第四十六条第二款",
)

STEPS = (
    *(ask_reading, allow_reading, refuse_reading, ask_hearing, refuse_hearing),
    *(investigate, allow_supplement, supplement),
)
