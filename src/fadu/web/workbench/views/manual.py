"""帮助: the short manual, and every part of a page for those who build and run the program."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from fadu.infra.official.chart_svg import svg
from fadu.infra.official.model import Chart, Series
from fadu.rules.clocks.lights import Light

CHART = Chart("受理件数", ("1月", "2月", "3月"), (Series("2022年", (12, 8, 15)), Series("2023年", (16, 11, 9))))
LIGHTS = {Light.RED: "已经逾期2日", Light.YELLOW: "还有3日", Light.GREEN: "还有40日", Light.GREY: "没有计算"}


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/manual.html", {"section": "help"})


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Each part once, in the colours and the type that this browser has."""
    chart = mark_safe(svg(CHART))  # noqa: S308 - svg escapes all text
    told = {"section": "help", "lights": LIGHTS.items(), "chart": chart}
    return render(request, "workbench/components.html", told)
