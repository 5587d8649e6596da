"""规范性文件实施, the whole, with its periods: filing with the government and the people's congress, validity.

Law: 优化营商环境条例 art. 61, 地方组织法 art. 75, 法规规章备案审查条例 art. 25. Not covered: 暂停适用.
"""

from __future__ import annotations

from fadu.common import standing
from fadu.domains.lawmaking.in_force import facts as f
from fadu.domains.lawmaking.in_force import steps
from fadu.domains.lawmaking.making.shared import CHANGE_ARTICLE, DRAFTER, LAW, ROOT
from fadu.rules.procedure import (
    CASE_OFFICER,
    Choose,
    Clock,
    Done,
    Extension,
    FactDay,
    InPaper,
    Lapse,
    LapseEffect,
    Period,
    Procedure,
)

filing = Clock(
    name="filing",
    label="报上级政府备案期限",
    period=Choose(
        "filing_rule",
        {
            "reference": Period("法规规章备案条例", "备案", moved_to=Period("法规规章备案审查条例", "备案")),
            "luzhou": Period("泸州市规范性文件备案实施办法", "报送备案"),
        },
    ),
    after=Done((steps.enter_promulgated,)),
    until=(steps.file_upward,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报上级政府备案", article=steps.FILING_ARTICLE),
)
congress_filing = Clock(
    name="congress_filing",
    label="报人大备案期限",
    period=InPaper("congress_days", ROOT),
    after=FactDay("congress_from"),
    until=(steps.file_congress,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报人大常委会备案", article=ROOT),
)
validity = Clock(
    name="validity",
    label="有效期",
    period=InPaper("validity_amount", CHANGE_ARTICLE, unit="validity_unit", rolls=False),
    after=FactDay("effective_on"),
    until=(steps.repeal, steps.declare_expired),
    bearer=CASE_OFFICER,
    extensions=(Extension(by=steps.prolong, set_by=InPaper("prolong_amount", CHANGE_ARTICLE, unit="prolong_unit")),),
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="有效期届满，文件自动失效", article=CHANGE_ARTICLE),
)

TEXT = Procedure(
    system="document_in_force",
    version="国务院令722",
    label="规范性文件实施",
    statute=LAW,
    facts=f.InForceFacts,
    states=(f.IN_FORCE, f.REPEALED, f.EXPIRED),
    steps=(*steps.STEPS, standing.publish, *standing.STEPS),
    parties=(DRAFTER,),
    clocks=(filing, congress_filing, validity),
    series="规存",
    title="{subject}",
)
