"""What opening a ticket again brings with it: the notice, and the promise in it.

Source: S100, D7.
"""

from __future__ import annotations

from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.closure.events import TicketReopened
from protocols.closure.state import Closure, analysis_turn
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.promises.events import PromiseLapsed, PromiseMade
from protocols.promises.rules import next_number
from protocols.promises.state import Promises
from protocols.ticket import Ticket


def opened_again(
    ticket: Ticket,
    reason: str,
    back_at: datetime,
    ctx: Context,
    *,
    by_silence: bool = False,
    by_account: bool = False,
) -> tuple[Event, ...]:
    """Return that a ticket is open again, and what the notice of it promises. Source: S100, D7.

    The notice says by when the contact comes back: that is a promise, and it is kept or told late.
    """
    turn = _analysis_turn(ticket)
    again = TicketReopened(ctx.now, ctx.by, reason, by_silence, by_silence, turn, by_account)
    if not ticket.tier.has_bridge or ticket.of(Road).route.kind is RouteKind.NONE:
        return (again,)
    promise = ticket.of(Promises).promise
    if promise is not None and promise.at > ctx.now:
        return (again,)
    passed: tuple[Event, ...] = ()
    if promise is not None:
        passed = (PromiseLapsed(ctx.now, ctx.by, promise.number, told=True),)
    return (again, *passed, PromiseMade(ctx.now, ctx.by, next_number(ticket), back_at))


def _analysis_turn(ticket: Ticket) -> int | None:
    """Return the turn in which the analysis that is owed began, None when none is owed. D33."""
    closure = ticket.of(Closure)
    resolution = closure.resolution
    if resolution is None or not resolution.owes_analysis:
        return None
    return analysis_turn(closure, is_open_again=False)
