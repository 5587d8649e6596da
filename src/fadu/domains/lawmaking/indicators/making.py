"""What is counted about the making of normative documents: each figure with its definition."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.domains.lawmaking.making import clocks, steps_competition, steps_decision, steps_drafting, steps_review
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Kept, Median, Sum, Unit

MAKING = "document_making"
PROMULGATED = DayOf((steps_decision.promulgate,))
promulgated = Figures(system=MAKING, day=PROMULGATED, said="按公布之日计入")
REVIEWED = DayOf((steps_review.give_opinion,))
opined = Figures(system=MAKING, day=REVIEWED, said="按第一次出具之日计入")

planned = Count(
    name="documents_planned",
    label="规范性文件年度制定计划项目数",
    system=MAKING,
    day=DayOf((steps_drafting.plan,)),
    definition="本期内列入年度制定计划的规范性文件件数，按列入之日计入；计划外立项的不计。",
)
made = promulgated.count(
    "documents_made", "制定规范性文件数", "公布的规范性文件件数", left_out="已编号印发而尚未公布的不计，修改决定不另计"
)
made_by_government = promulgated.count(
    "documents_made_by_government",
    "以政府名义制发规范性文件数",
    "公布的、以政府或者政府办公室名义制发的规范性文件件数",
    FactIs("issued_by", ("government",)),
)
made_by_department = promulgated.count(
    "documents_made_by_department",
    "以部门名义制发规范性文件数",
    "公布的、以部门名义制发的规范性文件件数",
    FactIs("issued_by", ("department",)),
)
made_reviewed = promulgated.count(
    "documents_made_reviewed",
    "经合法性审核后公布的规范性文件数",
    "公布的规范性文件中出具过合法性审核意见的件数",
    Did((steps_review.give_opinion,)),
)
review_rate = promulgated.rate("documents_review_rate", "规范性文件合法性审核率", made_reviewed, made)
asked = promulgated.count(
    "documents_asked",
    "公开征求意见的规范性文件数",
    "公布的规范性文件中完成公开征求意见的件数",
    Did((steps_drafting.end_asking,)),
    left_out="依法保密而不公开征求的不计",
)
comments = Sum(
    name="documents_comments",
    label="公开征求意见收到意见数",
    system=MAKING,
    day=DayOf((steps_drafting.end_asking,)),
    fact="comment_count",
    unit=Unit.ENTRIES,
    definition="本期内结束公开征求意见的规范性文件收到的意见条数之和，按第一次结束之日计入，再次征求的以最后一次的条数为准。",
)
competition = Count(
    name="documents_competition",
    label="公平竞争审查通过的规范性文件数",
    system=MAKING,
    day=DayOf((steps_competition.pass_competition,)),
    where=(FactIs("competition_conclusion", ("compliant", "exception")),),
    definition="本期内公平竞争审查结论为符合标准或者适用例外规定的规范性文件件数，按作出结论之日计入；不适用的不计。",
)
violating = Count(
    name="documents_violating",
    label="公平竞争审查发现违反标准的规范性文件数",
    system=MAKING,
    day=DayOf((steps_competition.find_violation,)),
    definition="本期内公平竞争审查认定违反审查标准的规范性文件草案件数，按第一次认定之日计入，后来修改通过的仍计。",
)
reviewed = opined.count(
    "documents_reviewed",
    "合法性审核规范性文件数",
    "出具合法性审核意见的规范性文件草案件数",
    left_out="一件多次送审的只计一件",
)
reviewed_in_time = opined.count(
    "documents_reviewed_in_time",
    "按期出具合法性审核意见数",
    "出具合法性审核意见且没有超过规定期限的件数",
    Kept(clocks.legality),
)
review_in_time_rate = opined.rate("documents_review_in_time_rate", "合法性审核按期率", reviewed_in_time, reviewed)
review_days = Median(
    name="documents_review_days",
    label="合法性审核天数中位数",
    system=MAKING,
    day=REVIEWED,
    since=DayOf((steps_review.accept_files,)),
    until=REVIEWED,
    definition="本期内出具合法性审核意见的文件，从确认送审材料完备到出具意见的自然日天数的中位数，按第一次出具之日计入。",
)
not_passed = opined.count(
    "documents_not_passed",
    "合法性审核认为应当修改或者不合法的规范性文件数",
    "出具审核意见且最近一次结论为应当予以修改或者不合法的件数",
    FactIs("review_conclusion", ("modify", "unlawful")),
)

ALL = (
    planned,
    made,
    made_by_government,
    made_by_department,
    made_reviewed,
    review_rate,
    asked,
    comments,
    competition,
    violating,
    reviewed,
    reviewed_in_time,
    review_in_time_rate,
    review_days,
    not_passed,
)
