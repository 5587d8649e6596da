"""Who takes part in making a normative document, where it stands, what runs beside the drafting, its papers."""

from __future__ import annotations

from fadu.rules.facts import Audience
from fadu.rules.procedure import Paper, PartyRole, State, Track

LAW = "优化营商环境条例"
"""Its text dates ours: the youngest of the national texts whose periods are used here."""
ROOT = "《地方组织法》第七十五条"
COMMENTS_ARTICLE = "《优化营商环境条例》第六十二条第二款"
COMPETITION_ARTICLE = "《优化营商环境条例》第六十三条第一款"
LEGALITY_ARTICLE = "《优化营商环境条例》第六十三条第二款"
PUBLICATION_ARTICLE = "《优化营商环境条例》第六十四条第二款"
CHANGE_ARTICLE = "《优化营商环境条例》第六十一条"

DRAFTER = PartyRole("drafter", "起草单位", organ=True)

PLANNED = State("planned", "已立项")
DRAFTING = State("drafting", "起草中")
SUBMITTED = State("submitted", "已送审")
REVIEWING = State("reviewing", "合法性审核中")
REVIEWED = State("reviewed", "已出具审核意见")
DECIDED = State("decided", "集体讨论通过")
NUMBERED = State("numbered", "已编号印发")
PROMULGATED = State("promulgated", "已公布", final=True)
ENDED = State("ended", "已终止制定", final=True)
STATES = (PLANNED, DRAFTING, SUBMITTED, REVIEWING, REVIEWED, DECIDED, NUMBERED, PROMULGATED, ENDED)

# ---------------------------------------------------------------- beside the drafting

NOT_ASKED = State("not_asked", "未征求意见")
ASKING = State("asking", "征求意见中")
ASKED = State("asked", "征求意见已结束")
KEPT_SECRET = State("kept_secret", "依法不公开征求意见")
COMMENTS = Track(name="comments", label="公开征求意见", initial=NOT_ASKED, audience=Audience.PUBLIC)

NOT_EVALUATED = State("not_evaluated", "未评估论证")
EVALUATED = State("evaluated", "已评估论证")
EVALUATION = Track(name="evaluation", label="评估论证", initial=NOT_EVALUATED, audience=Audience.PARTIES)

NOT_EXAMINED = State("not_examined", "未进行公平竞争审查")
PASSED = State("passed", "公平竞争审查通过")
VIOLATING = State("violating", "违反标准，需要修改")
COMPETITION = Track(name="competition", label="公平竞争审查", initial=NOT_EXAMINED, audience=Audience.PARTIES)

# ---------------------------------------------------------------- papers

comment_notice = Paper(
    name="comment_notice", label="公开征求意见公告", series="征", audience=Audience.PUBLIC, publish=True
)
legality_opinion = Paper(name="legality_opinion", label="合法性审核意见书", series="规审")
document = Paper(name="normative_document", label="行政规范性文件", series="规", audience=Audience.PUBLIC, publish=True)
