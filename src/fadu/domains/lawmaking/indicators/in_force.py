"""What is counted about documents in force: filing, evaluation, end."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.domains.lawmaking.in_force import steps as in_force
from fadu.domains.lawmaking.in_force import text as in_force_text
from fadu.domains.lawmaking.registers import DOCUMENTS
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Kept, Stock, Unit

IN_FORCE = "document_in_force"
ENTERED = DayOf((in_force.enter_promulgated,))
begun = Figures(system=IN_FORCE, day=ENTERED, said="按公布之日计入")

entered = begun.count(
    "documents_entered",
    "新公布并登记的规范性文件数",
    "公布并登记进入实施的规范性文件件数",
    left_out="补登的原有文件不计",
)
filed = begun.count(
    "documents_filed",
    "报送备案规范性文件数",
    "公布并且已经报上级政府备案的规范性文件件数",
    Did((in_force.file_upward,)),
    left_out="报送在期后的也计",
)
filed_in_time = begun.count(
    "documents_filed_in_time",
    "按期报送备案规范性文件数",
    "公布并且在备案期限内报上级政府备案的规范性文件件数",
    Did((in_force.file_upward,)),
    Kept(in_force_text.filing),
)
filing_rate = begun.rate("documents_filing_rate", "规范性文件报备率", filed, entered)
filing_in_time_rate = begun.rate(
    "documents_filing_in_time_rate", "规范性文件报备及时率", filed_in_time, entered, "期限未满的也在分母中"
)
evaluated = Count(
    name="documents_evaluated",
    label="实施后评估规范性文件数",
    system=IN_FORCE,
    day=DayOf((in_force.evaluate_effect,)),
    definition="本期内完成实施后评估的规范性文件件数，按第一次完成之日计入。",
)
prolonged = Count(
    name="documents_prolonged",
    label="延长有效期的规范性文件数",
    system=IN_FORCE,
    day=DayOf((in_force.prolong,)),
    definition="本期内决定延长有效期的规范性文件件数，按第一次延长之日计入。",
)
repealed = Count(
    name="documents_repealed",
    label="废止规范性文件数",
    system=IN_FORCE,
    day=DayOf((in_force.repeal,)),
    definition="本期内废止的本机关规范性文件件数，按废止之日计入；清理的结论另按清理统计。",
)
expired = Count(
    name="documents_expired",
    label="失效规范性文件数",
    system=IN_FORCE,
    day=DayOf((in_force.declare_expired, in_force.record_expiry)),
    definition="本期内登记有效期届满失效或者宣布失效的本机关规范性文件件数，按登记或者宣布之日计入。",
)

stock = Stock(
    name="documents_stock",
    label="现行有效规范性文件数",
    register=DOCUMENTS.name,
    unit=Unit.CASES,
    definition="本期最后一日现行有效规范性文件目录中的文件件数，已经公布尚未施行的计入，已经废止、失效的不计。",
)
stock_by_government = Stock(
    name="documents_stock_by_government",
    label="现行有效的以政府名义制发规范性文件数",
    register=DOCUMENTS.name,
    where=(FactIs("issued_by", ("government",)),),
    unit=Unit.CASES,
    definition="本期最后一日现行有效规范性文件目录中以政府或者政府办公室名义制发的文件件数。",
)
stock_by_department = Stock(
    name="documents_stock_by_department",
    label="现行有效的以部门名义制发规范性文件数",
    register=DOCUMENTS.name,
    where=(FactIs("issued_by", ("department",)),),
    unit=Unit.CASES,
    definition="本期最后一日现行有效规范性文件目录中以部门名义制发的文件件数。",
)

ALL = (
    entered,
    filed,
    filed_in_time,
    filing_rate,
    filing_in_time_rate,
    evaluated,
    prolonged,
    repealed,
    expired,
    stock,
    stock_by_government,
    stock_by_department,
)
