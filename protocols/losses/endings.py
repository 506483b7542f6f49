"""What became of a question about a bridge that is lost, and of one who left it with a seat."""

from __future__ import annotations

from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.roles.state import Roles
from protocols.ticket import Ticket


@ends("bridge-lost")
def bridge(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the bridge is open to us again, or that there is another one."""
    if ticket.of(BridgeState).lost_at is None:
        return Became("there", "bridge")
    return over(ticket.status, "bridge", alive=NOT_CLOSED)


@ends("left")
def left(ticket: Ticket, key: Key, _events: Events, ctx: Context) -> Became | None:
    """Return that they are back, or that the seat is theirs no more."""
    person = key[0]
    if any(who.key == person for who in ticket.of(BridgeState).here):
        return Became("back_here", "person", person, ctx.who(person))
    holders = (seat.holder for seat in ticket.of(Roles).seats)
    if not any(who is not None and who.key == person for who in holders):
        return Became("void", "person", person)
    return over(ticket.status, "person", person)
