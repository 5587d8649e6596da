"""What is counted about yearly reports: those submitted and published in the period, and how many in time."""

from __future__ import annotations

from fadu.common import task_figures
from fadu.domains.annual_report import making_public, problems, steps, text
from fadu.rules.indicators import Count, DayOf, Kept, Rate, Unit

SUPERIOR, LOCAL = DayOf((steps.submit_superior,)), DayOf((steps.submit_local,))
PUBLISHED = DayOf((making_public.publish, making_public.publish_part))
SYSTEM = "yearly_report"

superior = Count(
    name="yearly_report_superior",
    label="报送上一级的年度报告数",
    system=SYSTEM,
    day=SUPERIOR,
    unit=Unit.PAPERS,
    definition="本期内报送上一级的法治政府建设年度报告份数，按首次报送之日计入；退回后重新报送的不另计。",
)
superior_in_time = Count(
    name="yearly_report_superior_in_time",
    label="按期报送上一级的年度报告数",
    system=SYSTEM,
    day=SUPERIOR,
    where=(Kept(text.report_superior),),
    unit=Unit.PAPERS,
    definition="本期内报送上一级且没有超过规定日期的年度报告份数，按首次报送之日计入。",
)
superior_rate = Rate(
    name="yearly_report_superior_rate",
    label="年度报告按期报送上一级率",
    numerator=superior_in_time,
    denominator=superior,
    definition="分子为本期按期报送上一级的年度报告份数，分母为本期报送上一级的年度报告份数；没有报送的不在其内。",
)
local = Count(
    name="yearly_report_local",
    label="报送本级的年度报告数",
    system=SYSTEM,
    day=LOCAL,
    unit=Unit.PAPERS,
    definition="本期内报送本级党委、人大常委会、政府的法治政府建设年度报告份数，按首次报送之日计入；一份报送几个机关只计一份。",
)
local_in_time = Count(
    name="yearly_report_local_in_time",
    label="按期报送本级的年度报告数",
    system=SYSTEM,
    day=LOCAL,
    where=(Kept(text.report_local),),
    unit=Unit.PAPERS,
    definition="本期内报送本级且对每个报送对象都没有超过规定日期的年度报告份数，按首次报送之日计入。",
)
local_rate = Rate(
    name="yearly_report_local_rate",
    label="年度报告按期报送本级率",
    numerator=local_in_time,
    denominator=local,
    definition="分子为本期按期报送本级的年度报告份数，分母为本期报送本级的年度报告份数；没有报送的不在其内。",
)
published = Count(
    name="yearly_report_published",
    label="向社会公开的年度报告数",
    system=SYSTEM,
    day=PUBLISHED,
    unit=Unit.PAPERS,
    definition="本期内向社会公开的法治政府建设年度报告份数，只公开不涉密部分的也计入，按首次公开之日计入。",
)
published_in_time = Count(
    name="yearly_report_published_in_time",
    label="按期公开的年度报告数",
    system=SYSTEM,
    day=PUBLISHED,
    where=(Kept(text.publication),),
    unit=Unit.PAPERS,
    definition="本期内向社会公开且没有超过规定日期的年度报告份数，按首次公开之日计入。",
)
published_rate = Rate(
    name="yearly_report_published_rate",
    label="年度报告按期公开率",
    numerator=published_in_time,
    denominator=published,
    definition="分子为本期按期公开的年度报告份数，分母为本期公开的年度报告份数；没有公开的不在其内。",
)
ALL = (
    *(superior, superior_in_time, superior_rate, local, local_in_time, local_rate),
    *(published, published_in_time, published_rate),
    *task_figures.figures(problems.SYSTEM, problems.pieces, "年度报告指出的问题", "已整改"),
)
