"""A contact who is away while their ticket is open: a cover is asked, one after the other.

They hold it until somebody accepts. Who covers is asked by name: the account's CSM, then whoever
is on duty as CSM; where nobody is left the CS manager is told. Of Tier 1 somebody may have
hundreds: there a cover is asked once the account writes, and not for all at once. Source: D8, D39.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.contact.events import (
    ContactAway,
    ContactBack,
    ContactUncovered,
    PocDeclined,
    PocOffered,
)
from protocols.contact.state import Cover, HandOver
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls, follows
from protocols.people.absences import FOR_EVER
from protocols.people.people import BOT, Staff
from protocols.policy.policy import Policy
from protocols.replies.events import CustomerWrote
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


def looked_at(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return what follows when open tickets are looked at; of Tier 1 only that somebody is back."""
    waits = ticket.tier is Tier.ROUTINE and not ticket.of(Cover).away
    return () if waits else covered(ticket, ctx)


@follows
def written_to(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a cover is asked where an account writes to a contact who is away."""
    return covered(ticket, ctx) if any(isinstance(each, CustomerWrote) for each in events) else ()


def covered(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return what follows from the contact's being away, or back; each absence is seen once."""
    contact, cover = ticket.poc, ticket.of(Cover)
    if contact is None or not ticket.is_open or not ctx.is_ours(contact.key):
        return ()
    until = ctx.away_until(contact.key)
    if until is None:
        return (ContactBack(ctx.now, BOT, contact),) if cover.away else ()
    if cover.away:
        return ()
    away = ContactAway(ctx.now, BOT, contact, None if until == FOR_EVER else until)
    if ticket.of(HandOver).asked is not None:
        return (away,)
    return (away, *_asked(ticket, contact, (), ctx))


def _asked(
    ticket: Ticket, contact: Staff, tried: tuple[str, ...], ctx: Context
) -> tuple[Event, ...]:
    """Return that the next who could cover is asked, or that nobody is left."""
    besides = ctx.all_keys((contact.key, *tried))
    found = next((who for who in _candidates(ticket, ctx) if who.key not in besides), None)
    if found is None:
        return (ContactUncovered(ctx.now, BOT, contact),)
    return (PocOffered(ctx.now, BOT, found),)


def _candidates(ticket: Ticket, ctx: Context) -> Iterator[Staff]:
    csm = ticket.account.csm if ticket.account is not None else None
    if csm is not None and ctx.is_ours(csm) and ctx.can_be_asked(csm):
        yield ctx.who(csm)
    yield from ctx.on_duty("csm")


@follows
def declined(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the next is asked where a cover declines."""
    cover, contact = ticket.of(Cover), ticket.poc
    is_declined = any(isinstance(event, PocDeclined) for event in events)
    if not cover.away or contact is None or not is_declined or not ticket.is_open:
        return ()
    return _asked(ticket, contact, cover.asked, ctx)


@dues_of
def cover_silent(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when somebody who was asked to cover has not answered. Source: D14, D39."""
    offer = ticket.of(HandOver).poc_offer
    if ticket.of(Cover).away and ticket.is_open and offer is not None:
        at = offer.offered_at + policy.roles.accept_within
        if not ticket.tier.has_bridge:
            at = calendar.due(offer.offered_at, policy.escalate.offer_at_the_desk)
        key = f"cover:{offer.to.key}:{stamp(offer.offered_at)}"
        yield DuePoint(key, "cover_silent", at)


@falls("cover_silent")
def next_cover(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next is asked; where nobody is left, who did not answer may still accept."""
    cover, contact, asked = ticket.of(Cover), ticket.poc, ticket.of(HandOver).asked
    if contact is None or asked is None:
        return ()
    if ctx.away_until(contact.key) is None:
        return (ContactBack(ctx.now, BOT, contact),)
    return _asked(ticket, contact, (*cover.asked, asked.key), ctx)
