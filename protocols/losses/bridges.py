"""The bridge's channel is archived, deleted, renamed, or without the bot. S38, D18, D41."""

from __future__ import annotations

from protocols.account.outbound import words_of
from protocols.bridge.state import BridgeState
from protocols.deliveries.events import DeliveryBuried
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides, follows
from protocols.losses.events import (
    BridgeBack,
    BridgeLost,
    BridgeMadeAnew,
    BridgeRenamed,
    MakeBridgeAnew,
    NoteBridgeBack,
    NoteBridgeLost,
    NoteBridgeRenamed,
)
from protocols.rights.guards import need_on_ticket, need_status
from protocols.ticket import Ticket

LOST = {
    "channel_not_found": "deleted",
    "is_archived": "archived",
    "not_in_channel": "left",
}
"""Slack's words for a bridge that takes nothing, and what is so."""


@decides(NoteBridgeLost)
def note_lost(ticket: Ticket, command: NoteBridgeLost, ctx: Context) -> tuple[Event, ...]:
    """Record that the bridge is closed to us, unless we closed it ourselves."""
    if ticket.of(BridgeState).channel_id != command.channel_id:
        return ()
    return _lost(ticket, command.why, ctx)


def _lost(ticket: Ticket, why: str, ctx: Context) -> tuple[Event, ...]:
    bridge = ticket.of(BridgeState)
    known = bridge.lost_at is not None or bridge.archived_at is not None
    if known or not bridge.channel_id or not ticket.is_open:
        return ()
    return (BridgeLost(ctx.now, ctx.by, bridge.channel_id, why),)


@follows
def refused(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the bridge is lost, when Slack refuses a post there for it."""
    for event in events:
        inside = isinstance(event, DeliveryBuried) and not event.person and not event.behind
        if not isinstance(event, DeliveryBuried) or not inside:
            continue
        why = LOST.get(event.error.partition(":")[0])
        if why is not None and words_of(ticket.reference, event.key) is None:
            return _lost(ticket, why, ctx)
    return ()


@decides(NoteBridgeBack)
def note_back(ticket: Ticket, command: NoteBridgeBack, ctx: Context) -> tuple[Event, ...]:
    """Record that the bridge is open to us again; an archive that it missed is owed. D18."""
    bridge = ticket.of(BridgeState)
    if bridge.lost_at is None or bridge.channel_id != command.channel_id:
        return ()
    return (BridgeBack(ctx.now, ctx.by, bridge.archived_at is not None),)


@decides(NoteBridgeRenamed)
def note_renamed(ticket: Ticket, command: NoteBridgeRenamed, ctx: Context) -> tuple[Event, ...]:
    """Record what the bridge is called now."""
    bridge = ticket.of(BridgeState)
    if bridge.channel_id != command.channel_id or command.name in ("", bridge.channel_name):
        return ()
    return (BridgeRenamed(ctx.now, ctx.by, command.name),)


@decides(MakeBridgeAnew)
def make_anew(ticket: Ticket, _command: MakeBridgeAnew, ctx: Context) -> tuple[Event, ...]:
    """Decide **New bridge**, for as long as the ticket speaks in its bridge. Source: S38.

    Raises:
        AlreadyDone: The bridge is open to us, again or anew.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, *NOT_CLOSED)
    bridge = ticket.of(BridgeState)
    if bridge.lost_at is None:
        raise AlreadyDone(reference=ticket.reference)
    return (BridgeMadeAnew(ctx.now, ctx.by, bridge.here),)
