"""主动公开目录、清单: what was made or changed is checked for secrecy and made public within the period of the law.

Law: 政府信息公开条例 arts 17 (checked before it is made public), 20, 26 (the period). The case is about one list,
as of one day; the list itself is printed or taken as a table from its register. A room brings the kinds of lists and
the template `list_announcement.md`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.common.figures import Figures
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import done
from fadu.rules.indicators import Count as Counted
from fadu.rules.indicators import DayOf, Kept
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Lapse,
    LapseEffect,
    Paper,
    Period,
    Procedure,
    State,
    Step,
)

PUBLIC = Audience.PUBLIC
LAW = "政府信息公开条例"
OUGHT = f"《{LAW}》第二十条、第二十六条"
CHECKED = f"《{LAW}》第十七条"


class DisclosureFacts(Facts):
    """Which list, as it stood on which day, what changed; inherited by a procedure's facts."""

    subject: Annotated[Text, Fact("目录或者清单的名称", PUBLIC, indexed=True)]
    as_of: Annotated[date, Fact("截至日期", PUBLIC)]
    entries: Annotated[Count, Fact("项数（件数）", PUBLIC, indexed=True)]
    changes: Annotated[Text, Fact("本次变动", PUBLIC, long=True, hint="新增、调整、取消、废止、失效等各有哪些")]
    list_files: Annotated[Files, Fact("目录或者清单全文", PUBLIC)]
    secrecy: Annotated[Text, Fact("公开审查意见", long=True)]
    withhold_reason: Annotated[Text, Fact("不予公开的理由", long=True)]


FORMED = State("formed", "待公开审查")
CLEARED = State("cleared", "待公布")
PUBLISHED = State("published", "已公布", final=True)
WITHHELD = State("withheld", "不予公开", final=True)
announcement = Paper(name="list_announcement", label="清单公告", series="清公", audience=PUBLIC, publish=True)

form = Step(
    name="form_list",
    label="登记形成或者变更",
    by=(CASE_OFFICER,),
    to=FORMED,
    takes=("list_kind", "subject", "as_of", "entries", "changes"),
    may_take=("list_files",),
    article=OUGHT,
)
clear = Step(
    name="clear_list",
    label="公开审查通过",
    by=(BODY_HEAD,),
    at=(FORMED,),
    to=CLEARED,
    takes=("secrecy",),
    reason="secrecy",
    issues=(announcement,),
    article=CHECKED,
)
withhold = Step(
    name="withhold_list",
    label="决定不予公开",
    by=(BODY_HEAD,),
    at=(FORMED,),
    to=WITHHELD,
    takes=("withhold_reason",),
    reason="withhold_reason",
    article=CHECKED,
)
close = Step(
    name="close",
    label="办结公布",
    by=(CASE_OFFICER,),
    at=(CLEARED,),
    to=PUBLISHED,
    gates=(done(standing.publish, "公告还没有向社会公开", OUGHT, "请先“向社会公开”，写明网址或者栏目。"),),
    article=OUGHT,
)
term = Clock(
    name="disclosure",
    label="主动公开期限",
    period=Period(LAW, "主动公开"),
    after=Done((form,)),
    until=(standing.publish,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未公布目录或者清单", article=OUGHT),
)


def disclosure(system: str, label: str, facts: type[DisclosureFacts], series: str) -> Procedure:
    """The publication of a room's lists; `facts` adds `list_kind`, a closed list."""
    return Procedure(
        system=system,
        version="2019",
        label=label,
        statute=LAW,
        facts=facts,
        states=(FORMED, CLEARED, PUBLISHED, WITHHELD),
        steps=(form, clear, withhold, close, standing.publish, *standing.STEPS),
        parties=(),
        clocks=(term,),
        series=series,
        title="{subject}",
    )


def figures(system: str, what: str) -> tuple[Counted, Counted]:
    """How many lists were made public, how many of them in time."""
    published = Figures(system=system, day=DayOf((standing.publish,)), said="按公布之日计入")
    return (
        published.count(f"{system}_published", f"公布{what}次数", f"向社会公布{what}的件数"),
        published.count(
            f"{system}_in_time",
            f"按期公布{what}次数",
            f"自形成或者变更之日起在法定期限内向社会公布{what}的件数",
            Kept(term),
        ),
    )
