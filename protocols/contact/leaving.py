"""What I leave you: at the end of a duty, all that somebody has is offered to another in one list.

Each ticket stays with the giver until it is accepted, one by one or all at once; what is not
answered is told to the giver, and where they are off duty to the CS manager. Source: D39.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.contact.events import (
    ListShift,
    PocOfferSilent,
    ShiftListed,
    ShiftTaken,
    TakeShift,
)
from protocols.contact.state import Cover, HandOver
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import decides, dues_of, falls
from protocols.people.people import Staff
from protocols.people.quiet import quiet_until
from protocols.policy.policy import Policy
from protocols.rights.guards import need_on_ticket, need_ours
from protocols.rights.roads import manager_of
from protocols.scales import Severity, Tier
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@decides(ListShift)
def list_shift(ticket: Ticket, command: ListShift, ctx: Context) -> tuple[Event, ...]:
    """Decide that another gets the list; this ticket is one of it."""
    need_on_ticket(ticket, ctx)
    person = need_ours(command.person, ctx)
    return (ShiftListed(ctx.now, ctx.by, person, stamp(ctx.now), command.left),)


@decides(TakeShift)
def take_shift(ticket: Ticket, command: TakeShift, ctx: Context) -> tuple[Event, ...]:
    """Decide that a list was answered as a whole."""
    need_on_ticket(ticket, ctx)
    return (ShiftTaken(ctx.now, ctx.by, command.number),)


@dues_of
def offer_silent(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when whom it was offered to has not answered; for one who is away another is asked."""
    offer = ticket.of(HandOver).poc_offer
    if offer is None or offer.is_silent or ticket.of(Cover).away or not ticket.is_open:
        return
    if ticket.tier.has_bridge:
        at = offer.offered_at + policy.roles.accept_within
    elif ticket.tier is Tier.ELEVATED or ticket.severity is Severity.CRITICAL:
        at = offer.offered_at + policy.escalate.offer_within
    else:
        at = calendar.due(offer.offered_at, policy.escalate.offer_at_the_desk)
    key = f"offer:{offer.to.key}:{stamp(offer.offered_at)}"
    yield DuePoint(key, "poc_offer_silent", at)


@falls("poc_offer_silent")
def unanswered(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the giver hears that it stays with them; off duty, the CS manager does too."""
    offer = ticket.of(HandOver).poc_offer
    if offer is None:
        return ()
    holder, manager = ticket.poc or offer.offered_by, manager_of(ticket, ctx)
    told: dict[str, Staff] = {holder.key: holder}
    if manager is not None and quiet_until(holder.key, ctx.now, ctx) is not None:
        told.setdefault(manager.key, manager)
    return (PocOfferSilent(ctx.now, ctx.by, offer.to, tuple(told.values())),)
