"""From the opening of a year's report to its archive."""

from __future__ import annotations

from fadu.domains.annual_report import facts as f
from fadu.domains.annual_report import gates as g
from fadu.domains.annual_report import making_public
from fadu.rules.facts import Audience
from fadu.rules.gates import another_person, done, has_party, served
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, REVIEWER, PartyRole, Step

INTERNAL = Audience.INTERNAL
CONTENTS = ("progress", "shortfall", "first_duty", "plan")
PROGRESS = ("progress_organisation", "progress_powers", "progress_lawmaking", "progress_review", "progress_report")

# ---------------------------------------------------------------- within the house

open_report = Step(
    name="open_report",
    label="启动年度报告",
    by=(CASE_OFFICER,),
    to=f.COMPILING,
    takes=("reporter", "year", "year_end"),
    parties=(f.SUPERIOR, f.LOCAL, f.INFORMED),
    article=f.ARTICLE,
)
compile_report = Step(
    name="compile_report",
    label="编制报告",
    by=(CASE_OFFICER,),
    at=(f.COMPILING,),
    to=f.COMPILED,
    takes=(*CONTENTS, "compiled_text"),
    may_take=("other_matters", "difference_reason", "reporter", "year", "year_end"),
    gates=(g.year_ends, has_party(f.SUPERIOR, f.ARTICLE), g.local_named, g.figures_stand, g.as_compiled),
    article=f.ARTICLE,
    audience=INTERNAL,
)
collect = Step(
    name="collect_data",
    label="收集材料和数据",
    by=(CASE_OFFICER,),
    at=(f.COMPILING,),
    takes=("data_summary",),
    may_take=("data_files",),
    article=f.ARTICLE,
    audience=INTERNAL,
)
write_text = Step(
    name="write_text",
    label="撰写文字",
    by=(CASE_OFFICER,),
    at=(f.COMPILING,),
    may_take=(*PROGRESS, "shortfall", "first_duty", "plan", "other_matters"),
    article=f.ARTICLE,
    audience=INTERNAL,
)
note_kept = Step(
    name="note_kept_report",
    label="登记留存快照",
    by=(CASE_OFFICER,),
    at=(f.COMPILING, f.COMPILED),
    takes=("kept_report", "kept_digest"),
    gates=(g.kept_well,),
    article=f.ARTICLE,
    audience=INTERNAL,
)
check_report = Step(
    name="check_report",
    label="核对数据和内容",
    by=(REVIEWER,),
    at=(f.COMPILED,),
    to=f.CHECKED,
    takes=("check_opinion",),
    gates=(another_person(compile_report, "编制人不能核对自己编制的报告"),),
    article=f.ARTICLE,
    audience=INTERNAL,
)
review_report = Step(
    name="review_report",
    label="司法行政部门审核",
    by=(BODY_HEAD,),
    at=(f.CHECKED,),
    to=f.REVIEWED,
    takes=("justice_opinion", "secrecy"),
    issues=(f.review_letter,),
    reason="justice_opinion",
    article=f.ARTICLE,
    audience=INTERNAL,
)
send_back = Step(
    name="return_compiled",
    label="退回重新编制",
    by=(BODY_HEAD, ORGAN_HEAD),
    at=(f.CHECKED, f.REVIEWED),
    to=f.COMPILING,
    takes=("return_reason",),
    reason="return_reason",
    article=f.ARTICLE,
    audience=INTERNAL,
)
sign_report = Step(
    name="sign_report",
    label="主要负责人签发",
    by=(ORGAN_HEAD,),
    at=(f.REVIEWED,),
    to=f.SIGNED,
    issues=(f.report, f.letter),
    agreed=True,
    article=f.ARTICLE,
)

# ---------------------------------------------------------------- to those who receive it


def _submit(role: PartyRole, label: str) -> Step:
    return Step(
        name=f"submit_{role.name}",
        label=label,
        by=(CASE_OFFICER,),
        at=(f.SIGNED, f.SUBMITTED),
        to=f.SUBMITTED,
        gates=(has_party(role, f.ARTICLE), g.stamped),
        article=f.ARTICLE,
    )


def _returned(role: PartyRole, label: str, submit: Step) -> Step:
    return Step(
        name=f"return_{role.name}",
        label=label,
        by=(role,),
        at=(f.SUBMITTED,),
        to=f.COMPILING,
        takes=(f"{role.name}_opinion", f"{role.name}_term"),
        reason=f"{role.name}_opinion",
        gates=(done(submit, f"还没有向{role.label}报送", f.ARTICLE),),
        article=f.ARTICLE,
    )


submit_superior = _submit(f.SUPERIOR, "报送上一级")
submit_local = _submit(f.LOCAL, "报送本级")
return_superior = _returned(f.SUPERIOR, "上一级退回补充报送", submit_superior)
return_local = _returned(f.LOCAL, "本级退回补充报送", submit_local)

cancel = Step(
    name="cancel_report",
    label="取消",
    by=(BODY_HEAD,),
    at=(f.COMPILING,),
    to=f.CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    audience=INTERNAL,
)
archive = Step(
    name="archive",
    label="归档",
    by=(ARCHIVIST,),
    at=(f.SUBMITTED,),
    to=f.ARCHIVED,
    gates=(g.all_submitted, g.opinion_answered, served(f.letter, f.ARTICLE), g.dealt_with),
)

STEPS = (
    *(open_report, collect, write_text, compile_report, note_kept, check_report, review_report, send_back, sign_report),
    *(submit_superior, submit_local, return_superior, return_local),
    *(*making_public.STEPS, cancel, archive),
)
