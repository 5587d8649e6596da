"""How the report is made public: whole, in part, not at all; and where it can be read."""

from __future__ import annotations

from dataclasses import replace

from fadu.common import standing
from fadu.domains.annual_report import facts as f
from fadu.domains.annual_report import gates as g
from fadu.rules.facts import Audience
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Step

publish = replace(
    standing.publish,
    gates=(g.stamped, g.has_secrecy(f.Secrecy.NONE, "保密审查没有作出可以全文公开的结论")),
    article=f.ARTICLE,
)
publish_part = Step(
    name="publish_part",
    label="公开不涉密的部分",
    by=(CASE_OFFICER,),
    at=(f.SIGNED, f.SUBMITTED),
    takes=("public_content",),
    gates=(g.stamped, g.has_secrecy(f.Secrecy.PART, "保密审查没有作出部分内容涉密的结论")),
    article=f.ARTICLE,
    audience=Audience.PUBLIC,
)
keep_private = Step(
    name="keep_private",
    label="不公开",
    by=(BODY_HEAD,),
    at=(f.SIGNED, f.SUBMITTED),
    takes=("private_reason",),
    gates=(g.has_secrecy(f.Secrecy.ALL, "保密审查没有作出全文涉密的结论"),),
    reason="private_reason",
    article=f.ARTICLE,
    audience=Audience.INTERNAL,
)

note_address = Step(
    name="note_website",
    label="登记公开网址",
    by=(CASE_OFFICER,),
    at=(f.SIGNED, f.SUBMITTED),
    takes=("website_column", "website_address", "languages"),
    gates=(g.is_public, g.is_address),
    article=f.ARTICLE,
    audience=Audience.PUBLIC,
)
STEPS = (publish, publish_part, keep_private, note_address)
