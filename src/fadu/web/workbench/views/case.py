"""案件页: everything of one case on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access, models, offers
from fadu.rules import clocks
from fadu.rules.errors import NotFound
from fadu.rules.procedure import Does
from fadu.web.shared import case_clocks, case_seen, flow
from fadu.web.shared.case_seen import Seen
from fadu.web.shared.officer import me
from fadu.web.workbench import case_file, case_record, listing, record_lines


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """Header, next steps, periods, facts, parties, papers, record, flow."""
    with access.session(me(request)) as s:
        seen = case_seen.see(s, number)
        return render(request, "workbench/case.html", _context(seen, request.GET.get("done", "")))


@require_safe
def clock(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """One period of the case as JSON: rule, inputs, result and the explanation that the page shows in words."""
    with access.session(me(request)) as s:
        found = access.case(s, number)
        sheet = next((one for one in offers.clock_sheets(s, found) if one.row.key == key), None)
        if sheet is None:
            raise NotFound("期限")
        told = {"case": found.pk, "number": found.number, "clock": key, "label": sheet.row.data["label"]}
        told |= {word: sheet.row.data.get(word) for word in ("stopped", "lapsed", "overtaken", "void", "promised")}
        told |= clocks.as_json(sheet.reckoned, sheet.entries)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _context(seen: Seen, done: str) -> dict[str, Any]:
    steps = case_file.next_steps(seen)
    periods = case_clocks.clock_lines(seen)
    standing = {offer.step.does: offer.step.name for offer in steps.standing}
    timeline = case_record.timeline(seen)
    files = access.files_named(seen.s, case_seen.visible_files(seen))
    return {
        "section": "cases",
        "case": seen.case,
        "procedure": seen.procedure,
        "inside": seen.inside,
        "line": listing.line(seen.s, listing.row(seen.case)),
        "done": _done(seen, done),
        "ready": steps.ready,
        "standing": steps.standing,
        "waiting": steps.waiting,
        "serve": standing.get(Does.SERVES),
        "receive": standing.get(Does.RECEIVES),
        "relieve": standing.get(Does.ENDS_AGENT),
        "clocks": [line for line in periods if line.running],
        "clocks_over": [line for line in periods if not line.running],
        "groups": case_seen.fact_groups(seen, files),
        "parties": case_file.party_cards(seen, files),
        "items": case_file.item_table(seen),
        "papers": case_file.paper_lines(seen),
        "publications": seen.rows(models.Publication),
        "links": case_file.links(seen),
        "tracks": case_file.track_lines(seen),
        "record": record_lines.html(timeline.lines, inside=seen.inside),
        "checked": timeline.checked,
        "picture": flow.of_procedure(seen.procedure, seen.case.state, case_record.way(seen)),
    }


def _done(seen: Seen, done: str) -> dict[str, Any] | None:
    """The act just recorded, and the papers it left."""
    event = next((event for event in seen.events if str(event.position) == done), None)
    if event is None:
        return None
    papers = [paper for paper in seen.papers if paper.data["step"] == event.step and paper.day == event.happened]
    return {"event": event, "papers": papers}
