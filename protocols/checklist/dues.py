"""When who has a ticket is reminded of what its signal asks for. Source: S25."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.checklist.events import ActionsReminded
from protocols.checklist.items import undone
from protocols.checklist.state import Checklist
from protocols.classification.state import Classification
from protocols.details.state import Details
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def left_undone(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when what is not done by then is recalled: once, and a file until it is there.

    An account that owes us an answer is reminded itself meanwhile. Source: D45.
    """
    owed, last_at = undone(ticket, policy), ticket.of(Checklist).reminded_at
    if not ticket.is_live or not owed:
        return
    if last_at is None:
        yield DuePoint("checklist", "checklist", _reminded_at(ticket, policy, calendar))
    elif any(rule.by.is_file for rule in owed) and not ticket.of(Details).waits:
        at = calendar.due(last_at, policy.escalate.look_every)
        yield DuePoint(f"checklist:{_turn(ticket)}", "checklist", at)


def _turn(ticket: Ticket) -> int:
    """Return which reminder is the next; one of an earlier release is the first."""
    checklist = ticket.of(Checklist)
    return max(checklist.turns, 1) + 1 if checklist.reminded_at is not None else 1


def _reminded_at(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> datetime:
    """Return the instant, which counts from the one at which a person chose the signal."""
    said = ticket.of(Classification)
    since_at = said.settled_at if said.as_tier is not None else None
    if ticket.tier.has_bridge:
        return (since_at or ticket.opened_at) + policy.checklist.within_critical
    return calendar.due(since_at or ticket.opened_at, policy.checklist.within)


@falls("checklist")
def remind(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that who has the ticket is reminded."""
    owed = tuple(rule.do for rule in undone(ticket, ctx.policy))
    turn = _turn(ticket)
    return (ActionsReminded(ctx.now, ctx.by, owed, have_it(ticket, ctx), turn),) if owed else ()
