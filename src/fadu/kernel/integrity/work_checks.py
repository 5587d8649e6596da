"""Checks of the work: cases nobody has to do anything about, people who left, silence, agreement, linked cases."""

from __future__ import annotations

from collections.abc import Iterator

from fadu.kernel import timekeeping
from fadu.kernel.integrity.paper_checks import missing_services
from fadu.kernel.integrity.words import House, Look, Row
from fadu.rules.procedure import OPENING, PARTY_OFFICER, PartyRole, Procedure, Relation, Step, Track

# ---------------------------------------------------------------- whose work it is


def idle(look: Look, house: House) -> Iterator[str]:
    """In an open case a period runs, a proposal is on its way, a paper waits to be served, or nothing has to follow."""
    state = look.told.state(look.head["state"])
    if (
        look.closed
        or (state and state.complete)
        or look.only_imported
        or any(_runs(row, look, house) for row in look.rows["clock"])
    ):
        return
    if any(True for _ in missing_services(look)) or any(True for _ in _proposals(look)):
        return
    label = state.label if state else look.head["state"]
    yield f"处于“{label}”，没有任何期限在计算，也没有待办的呈批和送达"


def _runs(row: Row, look: Look, house: House) -> bool:
    """A minimum wait that is over makes nobody do anything; a duty that is late still stands."""
    clock = look.told.clock(row["name"])
    over = row["lapses_after"] and row["lapses_after"] < house.s.today.isoformat()
    waited = bool(clock and clock.waits and over)
    return row["stopped"] is None and row["lapsed"] in (None, "breaches") and not waited


def officer_left(look: Look, house: House) -> Iterator[str]:
    """The officer of an open case has an account that is open, and some post."""
    officer = house.officers.get(look.head["officer_id"])
    if look.over or officer is None:
        return
    if not officer["is_active"]:
        yield f"承办人{officer['name']}的账号已经停用"
    elif not any(holder == officer["id"] for holder, _, _ in house.posts):
        yield f"承办人{officer['name']}现在没有任何职务"


def officer_elsewhere(look: Look, house: House) -> Iterator[str]:
    """The officer of an open case holds a post today at the body that handles it, or at the organ it acts for."""
    if look.over or look.head["mirrored"]:
        return
    officer, organs = look.head["officer_id"], {look.head["body_id"], look.head["organ_id"]}
    if officer is None:
        yield "没有承办人"
        return
    held = {organ for holder, role, organ in house.posts if holder == officer and role != PARTY_OFFICER.name}
    somewhere = any(holder == officer for holder, _, _ in house.posts)
    if somewhere and not held & organs:
        yield f"承办人{house.officers[officer]['name']}在承办机构已经没有职务"


def certificate_expired(look: Look, house: House) -> Iterator[str]:
    """The officer of an open case still holds a valid certificate of each kind that they held."""
    if look.over or look.head["mirrored"]:
        return
    for one in house.expired.get(look.head["officer_id"], ()):
        name = house.officers[one.officer]["name"]
        yield f"承办人{name}的{one.kind}（{one.number}）自{one.before}起失效，没有换发"


# ---------------------------------------------------------------- time


def silence(look: Look, house: House) -> Iterator[str]:
    """Every period that ran out before today has taken its effect."""
    s = house.s
    for due in timekeeping.due_lapses(look.file, look.told, s.today, s.env):
        yield f"期限“{due.clock.label}”已于{due.day.isoformat()}届满，没有产生法律效果"


def provisional(look: Look, house: House) -> Iterator[str]:
    """Running periods do not rest on a year whose holiday notice is not known yet."""
    for row in look.rows["clock"]:
        if row["stopped"] is None and row["lapsed"] is None and row["provisional"]:
            yield f"期限“{row['data']['label']}”暂算到{row['due'] or '（未定）'}，所涉年度的放假通知还没有载入"


# ---------------------------------------------------------------- agreement


def nobody_signs(look: Look, house: House) -> Iterator[str]:
    """A proposal on its way waits for a role that somebody holds; after the end of the case only the stamp does."""
    for track, state, subject in _proposals(look):
        if look.closed and not (track.signed and state == track.signed.name):
            continue
        roles = _awaited(look.told, track, state, subject, house)
        if not any(house.held(role, look.head["body_id"], look.head["organ_id"]) for role in roles):
            labels = {one.name: one.label for one in look.told.track_states(track)}
            yield f"“{subject.label}”的{track.label}处于“{labels.get(state, state)}”，现在没有人担任能够办理的职务"


def _proposals(look: Look) -> Iterator[tuple[Track, str, Step]]:
    """Agreement tracks beyond their start: the track, its state, the step that is proposed."""
    for row in look.rows["track"]:
        track, subject = look.told.track(row["name"]), look.told.step(row["key"].partition(":")[2])
        if track and subject and track.per_step and row["state"] != track.initial.name:
            yield track, row["state"], subject


def _awaited(procedure: Procedure, track: Track, state: str, subject: Step, house: House) -> set[str]:
    """Roles that can take the proposal on from this state; sending it back is no progress."""
    if track.agreed and state == track.agreed.name:
        moved = house.signing.get(f"{procedure.system}.{subject.name}")
        return {moved} if moved else _roles(subject)
    return {role for step in procedure.onward(track, state, subject) for role in _roles(step)}


def _roles(step: Step) -> set[str]:
    """What a party does is recorded by the case officer."""
    return {"case_officer" if isinstance(actor, PartyRole) else actor.name for actor in step.by}


# ---------------------------------------------------------------- linked cases


def links(look: Look, house: House) -> Iterator[str]:
    """A link leads to a case that is there, and a case that was opened by another is still linked with it."""
    acts = {event["act"] for event in look.events}
    for link in look.links:
        if not link["exists"]:
            yield f"所关联的案件（编号{link['other']}）不存在"
        elif link["relation"] in OPENING and link["act"] not in acts:
            yield f"记为由本案打开的案件（编号{link['other']}）不是由本案的操作打开的"
        elif link["relation"] == Relation.EFFECT and not link["back"]:
            yield f"记为影响了本案的案件（编号{link['other']}）没有关联本案"
    if look.kin and not any(kin["linked"] for kin in look.kin):
        others = "、".join(str(kin["case"]) for kin in look.kin)
        yield f"本案是由另一案件（编号{others}）打开的，两案之间已经没有关联"
