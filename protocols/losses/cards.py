"""The card of a bridge is deleted, or its pin taken off, by a person. Source: S184, D41."""

from __future__ import annotations

from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.losses.events import BridgeCardGone, NoteCardGone
from protocols.ticket import Ticket

PINNED_AGAIN = 3
"""So often a pin that people take off is set again; then it is theirs."""


@decides(NoteCardGone)
def note_gone(ticket: Ticket, command: NoteCardGone, ctx: Context) -> tuple[Event, ...]:
    """Record it, where the card is to stand."""
    bridge = ticket.of(BridgeState)
    shut = bridge.lost_at or bridge.archived_at or bridge.shared_at
    if not bridge.channel_id or shut is not None or not ticket.is_open:
        return ()
    if command.why == "pin" and bridge.pins_lost >= PINNED_AGAIN:
        return ()
    if command.before not in (None, so_often(bridge, command.why)):
        return ()  # seen twice: heard as it happened, and read back in the channel
    return (BridgeCardGone(ctx.now, ctx.by, command.why),)


def so_often(bridge: BridgeState, why: str) -> int:
    """Return how often it is on record that the card was deleted, or its pin taken off."""
    return bridge.pins_lost if why == "pin" else bridge.cards_lost
