"""What events of a lower tier change. Source: D12."""

from __future__ import annotations

from dataclasses import replace

from protocols import events as ev
from protocols.evolving.registry import on
from protocols.lowering import Lowering, LoweringState
from protocols.ticket import Ticket


@on(ev.LoweringAsked)
def _asked(ticket: Ticket, event: ev.LoweringAsked) -> Ticket:
    lowering = Lowering(
        number=event.number,
        before=event.before,
        after=event.after,
        asked_by=event.by,
        asked_at=event.at,
        reason=event.reason,
        asked=event.asked,
    )
    return replace(ticket, lowerings=(*ticket.lowerings, lowering))


def _settled(ticket: Ticket, event: ev.Event, number: int, state: LoweringState) -> Ticket:
    settled = tuple(
        replace(one, state=state, settled_by=event.by, settled_at=event.at)
        if one.number == number
        else one
        for one in ticket.lowerings
    )
    return replace(ticket, lowerings=settled)


@on(ev.LoweringAgreed)
def _agreed(ticket: Ticket, event: ev.LoweringAgreed) -> Ticket:
    return _settled(ticket, event, event.number, LoweringState.AGREED)


@on(ev.LoweringDeclined)
def _declined(ticket: Ticket, event: ev.LoweringDeclined) -> Ticket:
    return _settled(ticket, event, event.number, LoweringState.DECLINED)


@on(ev.LoweringLapsed)
def _lapsed(ticket: Ticket, event: ev.LoweringLapsed) -> Ticket:
    return _settled(ticket, event, event.number, LoweringState.LAPSED)


@on(ev.LoweringWithdrawn)
def _withdrawn(ticket: Ticket, event: ev.LoweringWithdrawn) -> Ticket:
    settled = _settled(ticket, event, event.number, LoweringState.WITHDRAWN)
    lowerings = tuple(
        replace(one, why=event.why) if one.number == event.number else one
        for one in settled.lowerings
    )
    return replace(settled, lowerings=lowerings)
