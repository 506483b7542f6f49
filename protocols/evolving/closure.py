"""What events of resolution and closure change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from protocols import events as ev
from protocols.evolving.registry import on
from protocols.ticket import BridgeState, Resolution, Status, Ticket


@on(ev.TicketResolved)
def _resolved(ticket: Ticket, event: ev.TicketResolved) -> Ticket:
    resolution = Resolution(event.by, event.at, rca_due_at=event.rca_due_at)
    return replace(ticket, status=Status.RESOLVED, resolution=resolution)


def _resolution(ticket: Ticket, **changes: Any) -> Ticket:
    if ticket.resolution is None:
        return ticket
    return replace(ticket, resolution=replace(ticket.resolution, **changes))


@on(ev.ResolutionTold)
def _resolution_told(ticket: Ticket, event: ev.ResolutionTold) -> Ticket:
    return _resolution(ticket, told_at=event.at)


@on(ev.ConfirmationReminded)
def _reminded(ticket: Ticket, event: ev.ConfirmationReminded) -> Ticket:
    return _resolution(ticket, reminded_at=event.at)


@on(ev.AccountConfirmed)
def _confirmed(ticket: Ticket, event: ev.AccountConfirmed) -> Ticket:
    confirmed = _resolution(
        ticket, confirmed_at=event.at, confirmed_by=event.speaker, by_phone=event.by_phone
    )
    return replace(confirmed, status=Status.CONFIRMED)


@on(ev.TicketReopened)
def _reopened(ticket: Ticket, event: ev.TicketReopened) -> Ticket:
    bridge = ticket.bridge
    if bridge.archived_at is not None:
        bridge = BridgeState(generation=bridge.generation + 1)
    return replace(ticket, status=Status.OPEN, reopened=ticket.reopened + 1, bridge=bridge)


@on(ev.TicketClosed)
def _closed(ticket: Ticket, event: ev.TicketClosed) -> Ticket:
    return replace(ticket, status=Status.CLOSED)


@on(ev.OpenedInError)
def _in_error(ticket: Ticket, event: ev.OpenedInError) -> Ticket:
    return replace(
        ticket, status=Status.OPENED_IN_ERROR, error_reason=event.reason, error_at=event.at
    )


@on(ev.RcaDelivered)
def _rca_delivered(ticket: Ticket, event: ev.RcaDelivered) -> Ticket:
    return _resolution(ticket, rca_delivered_at=event.at)


@on(ev.NumberMasked)
def _number_masked(ticket: Ticket, event: ev.NumberMasked) -> Ticket:
    return replace(ticket, masked=(*ticket.masked, f"{event.kind} ending {event.ending}"))


@on(ev.ClosedUnconfirmed)
def _closed_unconfirmed(ticket: Ticket, event: ev.ClosedUnconfirmed) -> Ticket:
    return replace(ticket, status=Status.CLOSED, closed_at=event.at)


@on(ev.AccountCalled)
def _called(ticket: Ticket, event: ev.AccountCalled) -> Ticket:
    return replace(
        ticket,
        calls=(*ticket.calls, event.at),
        called_by=event.by,
        dead_when_called=len(ticket.dead),
    )
