"""What became of a step that somebody was told is late. Source: S177."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.ticket import Ticket

WITH_BUTTONS = ("manager",)
ENDED = {
    StepState.DONE: "done",
    StepState.WAIVED: "waived",
    StepState.SUPERSEDED: "superseded",
}


@ends("late")
def late(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who did a step that was late; of the first update the bridge is told as well."""
    if key[0].isdigit():
        return None
    kind, run = StepKind(key[0]), key.number(1)
    if kind is not StepKind.FIRST_UPDATE and key[2:] != WITH_BUTTONS:
        return None
    steps = (s for s in ticket.of(Ladder).steps if s.kind is kind and s.run == run)
    step = next(steps, None)
    if step is None or step.state is StepState.OWED:
        return None
    return Became(ENDED[step.state], "step", kind.value, step.settled_by, step.settled_at)
