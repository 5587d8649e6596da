"""机构名录: departments with their 三定, teams of townships, powers that one team exercises, public institutions.

Law: 机构编制管理条例, art. 22; 行政处罚法 (2021), arts 18 and 24.
"""

from __future__ import annotations

from typing import Annotated

from fadu.domains.powers import lists
from fadu.domains.powers.reform import ARTICLE, LAW
from fadu.domains.powers.registers import BY, PENALTY_LAW, PUBLIC
from fadu.rules.facts import Count, Fact, Facts, Text
from fadu.rules.registers import ChangeKind, Register


class InstitutionFacts(Facts):
    """One department as its 三定 has it."""

    department: Annotated[Text, Fact("部门名称", PUBLIC)]
    institution_kind: Annotated[lists.Institution, Fact("机构类别", PUBLIC, indexed=True)]
    functions: Annotated[Text, Fact("主要职责", PUBLIC, long=True)]
    inner_bodies: Annotated[Text, Fact("内设机构", PUBLIC, long=True)]
    posts: Annotated[Count, Fact("核定编制数")]
    head_posts: Annotated[Count, Fact("领导职数")]
    decision_number: Annotated[Text, Fact("“三定”规定文号", PUBLIC)]


class TeamFacts(Facts):
    """The body of a township that enforces for several departments."""

    township: Annotated[Text, Fact("乡镇（街道）", PUBLIC)]
    subject: Annotated[Text, Fact("机构名称", PUBLIC)]
    team_kind: Annotated[lists.Team, Fact("机构形式", PUBLIC, indexed=True)]
    merged: Annotated[Text, Fact("整合的审批、服务、执法力量", PUBLIC, long=True)]
    staff: Annotated[Count | None, Fact("人员数")] = None


class CentralisedFacts(Facts):
    """One power that a team exercises in place of its former holder."""

    code: Annotated[Text, Fact("事项编码", PUBLIC)]
    subject: Annotated[Text, Fact("事项名称", PUBLIC)]
    category: Annotated[lists.Category, Fact("权力类型", PUBLIC, indexed=True)]
    department: Annotated[Text, Fact("原实施部门", PUBLIC)]
    team: Annotated[Text, Fact("集中行使的机关", PUBLIC)]
    decision_number: Annotated[Text, Fact("批准文号", PUBLIC)]


class PublicInstitutionFacts(Facts):
    """One public institution."""

    subject: Annotated[Text, Fact("事业单位名称", PUBLIC)]
    public_class: Annotated[lists.PublicClass, Fact("分类", PUBLIC, indexed=True)]
    department: Annotated[Text, Fact("举办单位", PUBLIC)]
    functions: Annotated[Text, Fact("职责", PUBLIC, long=True)]


def _register(
    name: str, label: str, model: type[Facts], key: str, changes: type[ChangeKind], law: tuple[str, str]
) -> Register:
    statute, article = law
    return Register(
        name=name, label=label, model=model, key=key, changes=changes, by=BY, statute=statute, article=article
    )


STAFFING = (LAW, ARTICLE)
INSTITUTIONS = _register(
    "institutions", "机构和“三定”名录", InstitutionFacts, "department", lists.InstitutionChange, STAFFING
)
TEAMS = _register(
    "township_teams",
    "乡镇（街道）综合执法机构名录",
    TeamFacts,
    "township",
    lists.TeamChange,
    (PENALTY_LAW, lists.TAKEN_OVER),
)
CENTRALISED = _register(
    "centralised_powers",
    "相对集中行使的行政权力名录",
    CentralisedFacts,
    "code",
    lists.CentralisedChange,
    (PENALTY_LAW, lists.CENTRALISED),
)
PUBLIC_INSTITUTIONS = _register(
    "public_institutions", "事业单位名录", PublicInstitutionFacts, "subject", lists.PublicChange, STAFFING
)
ALL = (INSTITUTIONS, TEAMS, CENTRALISED, PUBLIC_INSTITUTIONS)
