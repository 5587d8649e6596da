"""名录 of the room: who reports every year, in whose name, to whom."""

from __future__ import annotations

from typing import Annotated

from fadu.domains.annual_report import facts as f
from fadu.rules.facts import Audience, Fact, Facts, Text
from fadu.rules.indicators import Stock, Unit
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER
from fadu.rules.registers import ChangeKind, Effect, Register

PUBLIC = Audience.PUBLIC


class ReporterFacts(Facts):
    """One report that the organ of the entry makes every year; its body enters it, and handles the case."""

    reporter: Annotated[f.Reporter, Fact("报告主体", PUBLIC, indexed=True)]
    superior: Annotated[Text, Fact("上一级报送对象", PUBLIC, hint="几个的用顿号分开，例：市委、市人民政府")]
    local: Annotated[Text | None, Fact("本级报送对象", PUBLIC, hint="几个的用顿号分开；乡镇、街道不填")] = None
    informed: Annotated[Text | None, Fact("抄送对象", PUBLIC, hint="几个的用顿号分开")] = None


class ReporterChange(ChangeKind):
    ADD = "add", "列入", Effect.ENTERS, f.ARTICLE
    ADJUST = "adjust", "调整", Effect.CHANGES, f.ARTICLE, True
    CANCEL = "cancel", "撤销", Effect.ENDS, f.ARTICLE, True


REPORTERS = Register(
    name="yearly_reporter",
    label="年度报告报告主体名录",
    model=ReporterFacts,
    key="reporter",
    changes=ReporterChange,
    by=(CASE_OFFICER, BODY_HEAD),
    statute=f.LAW,
    article=f.ARTICLE,
)

reporters = Stock(
    name="yearly_reporters",
    label="应当报告的年度报告数",
    register=REPORTERS.name,
    unit=Unit.PAPERS,
    definition="本期最后一日列入报告主体名录的年度报告份数，每一报告主体每年一份。",
)
