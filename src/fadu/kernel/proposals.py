"""送审稿: the papers of a proposal as they were when it was sent up, kept with it until it is signed or sent anew.

What is signed must be what was reviewed (decision 0006). When the case has changed since, so that the papers would say
something else, the proposal is neither agreed to nor signed: it is returned and drafted anew from the present facts.
Each text that was sent up stays in the record of its act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import engine
from fadu.kernel.access import Session
from fadu.kernel.engine import Act, Decision
from fadu.kernel.issuing import drafts_of
from fadu.rules.casefile import CaseFile, put
from fadu.rules.errors import GatesUnmet, Refusal, Unmet
from fadu.rules.procedure import Procedure, Step

TODO = "请退回修改，由承办人按现在的事实重新拟稿呈批；前后两稿都留在全过程记录中。"


@dataclass(frozen=True, slots=True)
class Changed:
    """A paper that would say something else now than when it was sent up."""

    label: str
    before: str
    now: str

    @property
    def sentence(self) -> str:
        return f"送审以后事实已变，《{self.label}》须重新生成"


def settle(s: Session, case: CaseFile, procedure: Procedure, act: Act, decision: Decision) -> None:
    """拟稿 keeps the papers with the proposal; whoever agrees or signs is refused when they have changed since."""
    track = procedure.agreement
    if track is None or act.actor is None:
        return
    if act.step.carries and (target := procedure.step(act.key)):
        papers = drafts_of(s, case, procedure, Act(target, act.day, None, act.values))
        key, _ = engine.track_row(case, track, act.key)
        drafts = {"day": act.day.isoformat(), "papers": [[paper.label, text] for paper, text in papers]}
        decision.operations.append(put("track", key, drafts=drafts))
    elif act.step.agreed or act.step.to is track.agreed:
        subject = act.step if act.step.agreed else procedure.step(act.key)
        found = changed(s, case, procedure, subject, act.day) if subject else []
        if found:
            raise GatesUnmet(act.step.label, [Unmet("drafts", one.sentence, None, TODO) for one in found])


def changed(s: Session, case: CaseFile, procedure: Procedure, step: Step, day: date) -> list[Changed]:
    """Papers of a step's proposal that would say something else on a day than when it was sent up.

    They are made anew with the day that they bore: that it is another now is no change. What cannot be done now at all
    is told by its own gates.
    """
    track = procedure.agreement
    row = engine.track_row(case, track, step.name)[1] if track else {}
    if not row.get("drafts"):
        return []
    sent: Mapping[str, Any] = row["drafts"]
    try:
        dated = date.fromisoformat(sent["day"])
        papers = drafts_of(s, case, procedure, Act(step, day, None, row["carries"]), dated)
    except Refusal:
        return []
    now = {paper.label: text for paper, text in papers}
    return [Changed(label, text, now.get(label, "")) for label, text in sent["papers"] if text != now.get(label)]
