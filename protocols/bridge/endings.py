"""What became of a question about somebody who is one too many, and of a share. D9, T13."""

from __future__ import annotations

from protocols.bridge.events import BridgeUnshared, NinthKept
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.endings import AT_WORK, NOT_CLOSED, Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("crowded")
def crowded(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return whether they were kept, or have left."""
    person, bridge = key[0], ticket.of(BridgeState)
    kept = next((e for e in events if isinstance(e, NinthKept) and e.person.key == person), None)
    if kept is not None:
        return Became("kept_here", "person", person, kept.by, kept.at)
    if person in bridge.kept:
        return Became("kept_here", "person", person)
    if all(who.key != person for who in bridge.here):
        return Became("left", "person", person, ctx.who(person))
    return over(ticket.status, "person", person, AT_WORK)


@ends("opened")
def opened(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that a ticket has ended, for the answer that its opener has as a message."""
    return over(ticket.status, "ticket", alive=NOT_CLOSED)


@ends("shared", "still-shared")
def shared(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who says that the bridge is not shared any more, or that it is archived."""
    bridge = ticket.of(BridgeState)
    if bridge.shared_at is None:
        ended = next((event for event in events if isinstance(event, BridgeUnshared)), None)
        if ended is None:
            return Became("unshared", "bridge")
        return Became("unshared", "bridge", by=ended.by, at=ended.at)
    return (
        over(ticket.status, "bridge", alive=NOT_CLOSED) if bridge.archived_at is not None else None
    )
