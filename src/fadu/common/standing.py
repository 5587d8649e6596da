"""Steps that stand open in every case: service, receipt, publication, amendment, parties, officers, taking back."""

from __future__ import annotations

from fadu.rules.facts import Audience
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, SUPERVISOR, Does, Step

serve = Step(name="serve", label="登记送达", by=(CASE_OFFICER,), does=Does.SERVES)
receive = Step(name="receive", label="登记签收", by=(CASE_OFFICER,), does=Does.RECEIVES)
reverse = Step(
    name="reverse",
    label="撤回错误操作",
    by=(SUPERVISOR, BODY_HEAD),
    does=Does.REVERSES,
    audience=Audience.INTERNAL,
)
publish = Step(name="publish", label="向社会公开", by=(CASE_OFFICER,), does=Does.PUBLISHES, audience=Audience.PUBLIC)

retract = Step(
    name="retract", label="撤回公开的信息并说明理由", by=(CASE_OFFICER,), does=Does.RETRACTS, audience=Audience.PUBLIC
)
"""For procedures with a clock from `Overturned`, which it answers."""

amend = Step(name="amend_paper", label="更正文书", by=(BODY_HEAD, ORGAN_HEAD), does=Does.AMENDS)
change_party = Step(name="change_party", label="变更当事人", by=(CASE_OFFICER,), does=Does.CHANGES_PARTY)

name_agent = Step(name="name_agent", label="登记代理人、代表人", by=(CASE_OFFICER,), does=Does.NAMES_AGENT)
end_agent = Step(name="end_agent", label="解除代理、代表", by=(CASE_OFFICER,), does=Does.ENDS_AGENT)
AGENTS = (name_agent, end_agent)
"""For procedures that say who may act for the parties (Procedure.representation)."""

assign = Step(
    name="assign_officer",
    label="改派承办人",
    by=(BODY_HEAD, ORGAN_HEAD),
    does=Does.ASSIGNS,
    together=True,
    audience=Audience.INTERNAL,
)

STEPS = (serve, receive, amend, change_party, assign, reverse)
