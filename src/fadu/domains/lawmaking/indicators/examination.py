"""What is counted about the filings of organs below: received, examined, found wrong, corrected; expert comments."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.domains.lawmaking.examination import steps
from fadu.domains.lawmaking.examination import text as examination
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Kept, Sum, Unit

SYSTEM = "filing_review"
RECEIVED = DayOf((steps.receive_filing, steps.file_late))
came = Figures(system=SYSTEM, day=RECEIVED, said="按第一次收到之日计入")
EXAMINED = DayOf(examination.EXAMINED)
completed = Figures(system=SYSTEM, day=EXAMINED, said="按完成之日计入")

received = came.count(
    "filings_received",
    "收到报送备案规范性文件数",
    "收到下级机关和部门报送备案的规范性文件件数",
    left_out="经催报后补报的也计",
)
received_in_time = came.count(
    "filings_received_in_time",
    "按期报送备案的规范性文件数",
    "收到且没有超过报送备案期限的规范性文件件数",
    Did((steps.receive_filing,)),
    Kept(examination.filing),
    left_out="经催报后补报的不计",
)
in_time_rate = came.rate(
    "filings_in_time_rate", "下级报送备案及时率", received_in_time, received, "尚未补报的不在分母中"
)
unfiled = Count(
    name="filings_missing",
    label="发现应报未报规范性文件数",
    system=SYSTEM,
    day=DayOf((steps.note_unfiled,)),
    definition="本期内发现应当报送而没有报送备案的规范性文件件数，按发现之日计入，后来补报的仍计。",
)
examined = completed.count(
    "filings_examined",
    "备案审查规范性文件数",
    "完成实质审查（审查通过或者制发审查意见）的规范性文件件数",
    left_out="不予备案登记的不计",
)
examined_in_time = completed.count(
    "filings_examined_in_time",
    "按期完成备案审查数",
    "完成实质审查且没有超过（含延长后的）审查期限的件数",
    Kept(examination.examination),
)
examined_in_time_rate = completed.rate("filings_examined_in_time_rate", "备案审查按期率", examined_in_time, examined)
faulty = completed.count(
    "filings_faulty",
    "发现不规范文件数",
    "完成审查的规范性文件中制发备案审查意见的件数",
    Did((steps.give_opinion,)),
    left_out="一件有多个问题的只计一件",
)
handled = completed.count(
    "filings_handled",
    "备案审查后已经纠正的文件数",
    "制发备案审查意见、后来制定机关修改、废止或者停止执行的件数",
    Did((steps.give_opinion,)),
    FactIs("handling_result", ("modified", "repealed", "stopped")),
)
overturned = Count(
    name="filings_overturned",
    label="决定改变或者撤销的文件数",
    system=SYSTEM,
    day=DayOf((examination.overturn,)),
    definition="本期内本级政府决定改变或者撤销的下级机关和部门的规范性文件件数，按决定之日计入。",
)
comments = Sum(
    name="filings_expert_comments",
    label="反馈专家点评意见数",
    system=SYSTEM,
    day=DayOf((steps.feed_back,)),
    fact="expert_comment_count",
    unit=Unit.ENTRIES,
    definition="本期内向制定机关反馈的专家点评意见条数之和，按第一次反馈之日计入。",
)
ALL = (
    received,
    received_in_time,
    in_time_rate,
    unfiled,
    examined,
    examined_in_time,
    examined_in_time_rate,
    faulty,
    handled,
    overturned,
    comments,
)
