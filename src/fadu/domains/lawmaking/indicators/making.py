"""What is counted about the making of normative documents: each figure with its definition."""

from __future__ import annotations

from fadu.domains.lawmaking.making import clocks, steps_competition, steps_decision, steps_drafting, steps_review
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Kept, Median, Rate, Sum, Unit

MAKING = "document_making"
PROMULGATED = DayOf((steps_decision.promulgate,))
REVIEWED = DayOf((steps_review.give_opinion,))

planned = Count(
    name="documents_planned",
    label="规范性文件年度制定计划项目数",
    system=MAKING,
    day=DayOf((steps_drafting.plan,)),
    definition="本期内列入年度制定计划的规范性文件件数，按列入之日计入；计划外立项的不计。",
)
made = Count(
    name="documents_made",
    label="制定规范性文件数",
    system=MAKING,
    day=PROMULGATED,
    definition="本期内公布的规范性文件件数，按公布之日计入；已编号印发而尚未公布的不计，修改决定不另计。",
)
made_by_government = Count(
    name="documents_made_by_government",
    label="以政府名义制发规范性文件数",
    system=MAKING,
    day=PROMULGATED,
    where=(FactIs("issued_by", ("government",)),),
    definition="本期内公布的、以政府或者政府办公室名义制发的规范性文件件数，按公布之日计入。",
)
made_by_department = Count(
    name="documents_made_by_department",
    label="以部门名义制发规范性文件数",
    system=MAKING,
    day=PROMULGATED,
    where=(FactIs("issued_by", ("department",)),),
    definition="本期内公布的、以部门名义制发的规范性文件件数，按公布之日计入。",
)
made_reviewed = Count(
    name="documents_made_reviewed",
    label="经合法性审核后公布的规范性文件数",
    system=MAKING,
    day=PROMULGATED,
    where=(Did((steps_review.give_opinion,)),),
    definition="本期内公布的规范性文件中出具过合法性审核意见的件数，按公布之日计入。",
)
review_rate = Rate(
    name="documents_review_rate",
    label="规范性文件合法性审核率",
    numerator=made_reviewed,
    denominator=made,
    definition="分子为本期公布且经合法性审核的规范性文件件数，分母为本期公布的规范性文件件数，均按公布之日计入。",
)
asked = Count(
    name="documents_asked",
    label="公开征求意见的规范性文件数",
    system=MAKING,
    day=PROMULGATED,
    where=(Did((steps_drafting.end_asking,)),),
    definition="本期内公布的规范性文件中完成公开征求意见的件数，按公布之日计入；依法保密而不公开征求的不计。",
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
reviewed = Count(
    name="documents_reviewed",
    label="合法性审核规范性文件数",
    system=MAKING,
    day=REVIEWED,
    definition="本期内出具合法性审核意见的规范性文件草案件数，按第一次出具之日计入；一件多次送审的只计一件。",
)
reviewed_in_time = Count(
    name="documents_reviewed_in_time",
    label="按期出具合法性审核意见数",
    system=MAKING,
    day=REVIEWED,
    where=(Kept(clocks.legality),),
    definition="本期内出具合法性审核意见且没有超过规定期限的件数，按第一次出具之日计入。",
)
review_in_time_rate = Rate(
    name="documents_review_in_time_rate",
    label="合法性审核按期率",
    numerator=reviewed_in_time,
    denominator=reviewed,
    definition="分子为本期按期出具合法性审核意见的件数，分母为本期出具合法性审核意见的件数，均按第一次出具之日计入。",
)
review_days = Median(
    name="documents_review_days",
    label="合法性审核天数中位数",
    system=MAKING,
    day=REVIEWED,
    since=DayOf((steps_review.accept_files,)),
    until=REVIEWED,
    definition="本期内出具合法性审核意见的文件，从确认送审材料完备到出具意见的自然日天数的中位数，按第一次出具之日计入。",
)
not_passed = Count(
    name="documents_not_passed",
    label="合法性审核认为应当修改或者不合法的规范性文件数",
    system=MAKING,
    day=REVIEWED,
    where=(FactIs("review_conclusion", ("modify", "unlawful")),),
    definition="本期内出具审核意见且最近一次结论为应当予以修改或者不合法的件数，按第一次出具之日计入。",
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
