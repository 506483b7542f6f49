"""When a stop that was asked for is unanswered. Source: D14, D17."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.holds import rules as holds
from protocols.holds.events import HoldKind, HoldStands
from protocols.holds.state import Holds, HoldState
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def stops_asked(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when a stop that is asked for is unanswered, whatever became of the ticket. D17."""
    if ticket.status is Status.OPENED_IN_ERROR:
        return
    for hold in ticket.of(Holds).holds_in_force(HoldKind.TRANSACTION):
        if hold.state is not HoldState.ASKED or hold.stopper_asked_at is None:
            continue
        key = f"stop:{hold.number}:{stamp(hold.stopper_asked_at)}"
        at = hold.stopper_asked_at + policy.holds.answer_within
        yield NumberedPoint(key, "stop_unanswered", at, hold.number)


@dues_of
def looks(ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when those who may clear a hold are asked about it, as long as it is in force. D41."""
    for hold in ticket.of(Holds).holds:
        if hold.in_force and hold.until_at is not None:
            key = f"hold_look:{hold.number}:{hold.looked}"
            yield NumberedPoint(key, "hold_look", hold.until_at, hold.number)


@falls("hold_look")
def look(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that they are asked, and when again."""
    hold = next(each for each in ticket.of(Holds).holds if each.number == point.number)
    return (HoldStands(ctx.now, ctx.by, hold.number, holds.next_look(hold.kind, ctx)),)


@falls("stop_unanswered")
def stop_unanswered(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next on the rota is asked to stop payments."""
    return holds.stop_lapse(ticket, point.number, ctx)
