"""Taking back a wrong act or lapse (D4): a new act that names the old one; state and clocks come from folding again."""

from __future__ import annotations

from fadu.kernel import house_calendar, ledger, models, store
from fadu.kernel.engine import Act
from fadu.kernel.ledger import Read
from fadu.kernel.store import Loaded
from fadu.rules.casefile import Operation, hold, note, rests_on
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.procedure import Procedure


def target(loaded: Loaded, procedure: Procedure, act: Act) -> int:
    """Position of the act to take back, after all checks; the loaded case becomes the case without it.

    Refused: an act that is not there or was taken back already, the opening of the case, one's own act,
    a reversal, an act after which the case was moved on, and one on whose rows a later act rests (take back the
    later one first).
    """
    try:
        position = int(act.values["position"])
    except (KeyError, TypeError, ValueError) as fault:
        raise BadInput({"position": "请选择要撤回的操作"}) from fault
    event = models.Event.objects.filter(stream_id=loaded.stream, position=position).first()
    if event is None:
        raise BadInput({"position": "没有这一操作"})
    taken_back = set(
        models.Event.objects.filter(stream_id=loaded.stream, reverses__isnull=False).values_list("reverses", flat=True)
    )
    faults = list(_faults(loaded, procedure, event, taken_back, act))
    if faults:
        raise GatesUnmet(act.step.label, faults)
    loaded.case = store.refold(loaded, frozenset({position}))
    return position


def _faults(
    loaded: Loaded, procedure: Procedure, event: models.Event, taken_back: set[int | None], act: Act
) -> list[Unmet]:
    faults: list[Unmet] = []
    if event.position in taken_back:
        faults.append(Unmet("taken_back", "这一操作已经撤回过"))
    if event.position == 1 or event.reverses is not None:
        faults.append(Unmet("kind", "立卷和撤回本身不能撤回"))
    if event.step == house_calendar.STEP:
        faults.append(Unmet("kind", "按放假通知重算期限不能撤回", None, "通知有误的，请载入更正后的通知。"))
    if act.actor is not None and event.actor_id == act.actor:
        faults.append(Unmet("own", "不能撤回自己办理的操作", None, "请由另一名有权人员撤回。"))
    record = ledger.read(loaded.stream)
    mine = next(entry for entry in record if entry.position == event.position)
    counting = [
        later
        for later in record
        if later.position > event.position and later.position not in taken_back and later.reverses is None
    ]
    both = (later for later in counting if _moves(later) and _moves(mine))
    first = next(both, None) or next((later for later in counting if rests_on(later.operations, mine.operations)), None)
    if first:
        faults.append(Unmet("later", f"此后已办理“{first.label}”", None, f"请先撤回“{first.label}”。"))
    return faults


def _moves(read: Read) -> bool:
    return any(operation["op"] == "state" for operation in read.operations)


def operations(loaded: Loaded, act: Act) -> list[Operation]:
    """A period whose lapse was taken back waits for an officer: it does not run out again by itself."""
    position = int(act.values["position"])
    read = next(entry for entry in ledger.read(loaded.stream) if entry.position == position)
    lapsed = [
        operation["key"]
        for operation in read.operations
        if operation["op"] == "put" and operation["table"] == "clock" and operation["value"].get("lapsed")
    ]
    reason = {"position": position, "reason": act.values["reason"], "article": act.values["article"]}
    held = [hold(key) for key in lapsed if key in loaded.case.table("clock")]
    return [*held, note("reversal", reason)]
