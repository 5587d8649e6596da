"""法治政府建设年度报告, the whole: by which day of the calendar it is submitted and published.

Law: 法治政府建设与责任落实督察工作规定 (2019). Not covered: the reports under the outline of 2015, the one of a Party
committee alone.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.annual_report import congress, making_public, steps
from fadu.domains.annual_report import facts as f
from fadu.domains.annual_report.registers import REPORTERS
from fadu.rules.procedure import (
    CASE_OFFICER,
    Choose,
    Clock,
    Done,
    Every,
    FactDay,
    InPaper,
    Lapse,
    LapseEffect,
    PartyRole,
    Period,
    Procedure,
    Step,
)

DEPARTMENT = Period(f.LAW, "年度报告·部门报送")
SUPERIOR = Period(f.LAW, "年度报告·党委政府报上级")
LOCAL = Period(f.LAW, "年度报告·政府报同级")
CENTRE = Period(f.LAW, "年度报告·省报中央")
YEAR_END = FactDay("year_end")
"""The calendar day is the first of its name after the reported year ended, so it lies in the next year."""


def _late(sentence: str) -> Lapse:
    return Lapse(effect=LapseEffect.BREACHES, sentence=sentence, article=f.ARTICLE)


report_superior = Clock(
    name="report_superior",
    label="报送上一级期限",
    period=Choose(
        "reporter", {"province": CENTRE, "government": SUPERIOR, "department": DEPARTMENT, "township": SUPERIOR}
    ),
    after=YEAR_END,
    per=f.SUPERIOR,
    until=(steps.submit_superior,),
    bearer=CASE_OFFICER,
    lapse=_late("逾期未向上一级报告上一年度法治政府建设情况"),
)
report_local = Clock(
    name="report_local",
    label="报送本级期限",
    # a township names no receiver of its own level, so nothing runs there
    period=Choose("reporter", {"province": LOCAL, "government": LOCAL, "department": DEPARTMENT, "township": SUPERIOR}),
    after=YEAR_END,
    per=f.LOCAL,
    until=(steps.submit_local,),
    bearer=CASE_OFFICER,
    lapse=_late("逾期未向本级报告上一年度法治政府建设情况"),
)
publication = Clock(
    name="publication",
    label="向社会公开期限",
    period=Period(f.LAW, "年度报告·公开"),
    after=YEAR_END,
    until=(making_public.publish, making_public.publish_part, making_public.keep_private),
    bearer=CASE_OFFICER,
    lapse=_late("逾期未向社会公开年度报告"),
)


def _again(role: PartyRole, label: str, returned: Step, submit: Step) -> Clock:
    """The law sets no period for a returned report: whoever returns it does."""
    return Clock(
        name=f"{role.name}_returned",
        label=label,
        period=InPaper(f"{role.name}_term", f.ARTICLE),
        after=Done((returned,)),
        until=(submit,),
        bearer=CASE_OFFICER,
        lapse=_late("逾期未重新报送"),
    )


congress_answer = Clock(
    name="answer_congress",
    label="审议意见研究处理期限",
    period=InPaper("congress_term", f.ARTICLE),
    after=Done((congress.hear_congress,)),
    until=(congress.answer_congress,),
    bearer=CASE_OFFICER,
    lapse=_late("逾期未报告审议意见的研究处理情况"),
)
superior_again = _again(f.SUPERIOR, "重新报送上一级期限", steps.return_superior, steps.submit_superior)
local_again = _again(f.LOCAL, "重新报送本级期限", steps.return_local, steps.submit_local)

TEXT_2019 = Procedure(
    system="yearly_report",
    version="2019",
    label="年度报告编报公开",
    statute=f.LAW,
    facts=f.ReportFacts,
    states=f.STATES,
    steps=(*steps.STEPS, *congress.STEPS, *approval.STEPS, *standing.STEPS),
    parties=(f.SUPERIOR, f.LOCAL, f.INFORMED),
    clocks=(report_superior, report_local, publication, superior_again, local_again, congress_answer),
    tracks=(approval.APPROVAL,),
    every=Every(
        register=REPORTERS.name,
        step=steps.open_report.name,
        year="year",
        year_end="year_end",
        hands={"reporter": "reporter"},
        parties={role.name: role.name for role in (f.SUPERIOR, f.LOCAL, f.INFORMED)},
        without=(f.CANCELLED,),
    ),
    series="年报",
    title="{year}法治政府建设年度报告",
)
