"""Steps that stand open in every case: service and receipt of papers, publication, taking back a wrong act."""

from __future__ import annotations

from fadu.rules.facts import Audience
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, SUPERVISOR, Does, Step

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

STEPS = (serve, receive, reverse)
