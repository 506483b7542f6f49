"""Who is reminded of what a signal asks for, and asked whether a sync has passed. S25, S33."""

from __future__ import annotations

from protocols.checklist.events import ActionsReminded, SyncCheckAsked
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.ticket import Ticket


@tells(ActionsReminded)
def reminded(ticket: Ticket, event: ActionsReminded, ctx: Context) -> Effects:
    """Remind who has the ticket; on Tier 1 and 2 it waits where they were just told something."""
    waits = not ticket.tier.has_bridge
    return tuple(
        dm(ticket, f"checklist/{who.key}", who, "checklist_undone", unasked=waits)
        for who in event.to
    )


@tells(SyncCheckAsked)
def asked(ticket: Ticket, event: SyncCheckAsked, ctx: Context) -> Effects:
    """Ask who has the ticket whether the sync has passed."""
    suffix, params = f"sync-check/{event.number}/{event.turn}", {"number": event.number}
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "sync_check", {**params, "turn": event.turn})
        for who in event.to
    )
