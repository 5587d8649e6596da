"""A chart in a .docx: a chart of Word's own (DrawingML) with its numbers inside, so nothing has to draw it here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from fadu.infra.official.docx_page import BODY
from fadu.infra.official.docx_xml import Element
from fadu.infra.official.model import Chart, Series

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WIDTH, _HEIGHT = 5_580_000, 2_124_000
"""155 by 59 mm in English metric units: over the width of the text, three to a page with their captions."""
_FILLS = ("BFBFBF", "404040")
"""The year to compare and the year in question, as they can still be told apart on a black and white copy."""


def drawing(file: DocxDocument, chart: Chart, number: int) -> Element:
    """The run's content that shows the chart, whose part is added to the file."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _TYPE, chart_xml(chart).encode(), file.part.package)
    key = file.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    said = escape(f"{chart.caption}：{'、'.join(one.name for one in chart.series)}")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return parse_xml(
        f'<w:drawing xmlns:w="{word}" xmlns:wp="{_PLACE}" xmlns:a="{_MAIN}" xmlns:c="{_CHART}" xmlns:r="{_RELATION}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/>'
        f'<wp:docPr id="{number}" name="chart{number}" descr="{said}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{key}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def chart_xml(chart: Chart) -> str:
    """The chart's part: columns side by side, their numbers above them, the axis ending at the chart's top."""
    fills = _FILLS[-len(chart.series) :]
    series = "".join(_series(place, one, chart, fills[place]) for place, one in enumerate(chart.series))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="50"/><c:axId val="1"/><c:axId val="2"/></c:barChart>{_axes(chart)}</c:plotArea>'
        '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(1050)}</c:chartSpace>"
    )


def _series(place: int, one: Series, chart: Chart, fill: str) -> str:
    places = _points(enumerate(chart.places))
    values = _points((at, value) for at, value in enumerate(one.values) if value is not None)
    number = f'<c:ptCount val="{len(chart.places)}"/>'
    labels = "".join(
        f'<c:{name} val="{int(name == "showVal")}"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{escape(one.name)}</c:v></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f"{_text(900)}{labels}</c:dLbls>"
        f"<c:cat><c:strLit>{number}{places}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>0</c:formatCode>{number}{values}</c:numLit></c:val></c:ser>"
    )


def _points(points: Iterable[tuple[int, object]]) -> str:
    return "".join(f'<c:pt idx="{at}"><c:v>{escape(str(value))}</c:v></c:pt>' for at, value in points)


def _axes(chart: Chart) -> str:
    common = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    rule = '<a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>{common}<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{chart.top}"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:majorGridlines><c:spPr>{rule}</c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/>'
        f'{common}<c:crossAx val="1"/>'
        f'<c:majorUnit val="{chart.top // 2}"/></c:valAx>'
    )


def _text(size: int) -> str:
    """Fonts by their standard names, in hundredths of a point."""
    fonts = f'<a:latin typeface="{BODY.latin}"/><a:ea typeface="{BODY.font}"/>'
    return (
        "<c:txPr><a:bodyPr/><a:lstStyle/>"
        f'<a:p><a:pPr><a:defRPr sz="{size}">{fonts}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
