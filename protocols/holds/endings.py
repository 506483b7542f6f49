"""What became of a stop of payments that nobody on the rota had confirmed. Source: D14, D17."""

from __future__ import annotations

from protocols.holds.state import Holds, HoldState
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("stop-rota-end")
def stopped(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the payments are stopped, or their hold is cleared."""
    hold = next((h for h in ticket.of(Holds).holds if h.number == key.number()), None)
    if hold is None or hold.state is HoldState.ASKED:
        return None
    return Became(hold.state.value, template="stop_settled", params={"hold": hold.number})


@ends("hold-still")
def looked_at(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that a hold is cleared, or asked about anew, so that nothing is to be pressed."""
    hold = next((h for h in ticket.of(Holds).holds if h.number == key.number()), None)
    if hold is None:
        return None
    if not hold.in_force:
        return Became("cleared", "hold", str(hold.number), by=hold.cleared_by, at=hold.cleared_at)
    return Became("replaced", "hold", str(hold.number)) if hold.looked > key.number(1) else None
