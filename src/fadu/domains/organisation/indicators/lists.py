"""What is counted in the lists of the room: seats, the year's study of each official, honours, indicators met."""

from __future__ import annotations

from fadu.domains.organisation import registers
from fadu.domains.organisation.registers import EntryChange, StudyRecordChange
from fadu.rules.indicators import Changes, FactIs, Rate, Stock, Unit


def _persons(name: str, label: str, kind: str) -> Changes:
    """Each has one record a year, so a record that is begun is a person."""
    return Changes(
        name=name,
        label=label,
        register=registers.STUDY_RECORDS.name,
        kinds=(StudyRecordChange.OPEN,),
        where=(FactIs("official_kind", (kind,)),),
        unit=Unit.PERSONS,
        definition=f"本期内建立年度学法用法档案的{label.removeprefix('接受法治培训的').removesuffix('人数')}人数，"
        "同一人一年只建一份档案、只计一人，按建档之日计入。",
    )


members = Stock(
    name="leading_group_departments",
    label="法治议事协调机构成员单位数",
    register=registers.SEATS.name,
    where=(FactIs("position", ("member",)),),
    unit=Unit.PLACES,
    definition="本期最后一日法治议事协调机构成员名录中职责为成员的席位数，一个成员单位在一个机构中列一席。",
)
leaders = _persons("study_record_leaders", "接受法治培训的领导干部人数", "leaders")
servants = _persons("study_record_servants", "接受法治培训的行政机关工作人员人数", "servants")
honours = Changes(
    name="law_honours_won",
    label="法治建设获奖和创新项目数",
    register=registers.HONOURS.name,
    kinds=(EntryChange.ADD,),
    definition="本期内登记的法治建设获奖、创新项目和示范称号项数，按登记之日计入。",
)
indicators = Stock(
    name="demonstration_indicators_stock",
    label="示范指标数",
    register=registers.INDICATORS.name,
    definition="本期最后一日示范指标责任分工表中的指标项数。",
)
met = Stock(
    name="demonstration_indicators_met",
    label="已达标的示范指标数",
    register=registers.INDICATORS.name,
    where=(FactIs("met", ("met",)),),
    definition="本期最后一日示范指标责任分工表中已达标的指标项数。",
)
met_rate = Rate(
    name="demonstration_indicators_met_rate",
    label="示范指标达标率",
    numerator=met,
    denominator=indicators,
    definition="分子为本期最后一日已达标的示范指标数，分母为本期最后一日示范指标数。",
)
ALL = (members, leaders, servants, honours, indicators, met, met_rate)
