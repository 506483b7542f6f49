"""What became of a question about somebody who is one too many. Source: D9."""

from __future__ import annotations

from protocols.bridge.events import NinthKept
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.endings import AT_WORK, NOT_CLOSED, Became, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("crowded")
def crowded(ticket: Ticket, parts: tuple[str, ...], events: Events, ctx: Context) -> Became | None:
    """Return whether they were kept, or have left."""
    person, bridge = parts[0], ticket.of(BridgeState)
    kept = next((e for e in events if isinstance(e, NinthKept) and e.person.key == person), None)
    if kept is not None:
        return Became("kept_here", "person", person, kept.by, kept.at)
    if person in bridge.kept:
        return Became("kept_here", "person", person)
    if all(who.key != person for who in bridge.here):
        return Became("left", "person", person, ctx.who(person))
    return over(ticket.status, "person", person, AT_WORK)


@ends("opened")
def opened(
    ticket: Ticket, _parts: tuple[str, ...], _events: Events, _ctx: Context
) -> Became | None:
    """Return that a ticket has ended, for the answer that its opener has as a message."""
    return over(ticket.status, "ticket", alive=NOT_CLOSED)
