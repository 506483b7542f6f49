"""What became of an offer of the point of contact. Source: S39, S187."""

from __future__ import annotations

from protocols.contact.events import PocChanged, PocDeclined, ShiftTaken
from protocols.contact.state import Cover, HandOver
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, Key, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket

ABOUT = "contact"


@ends("poc-offer")
def offered(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return whether the offer was accepted, declined, or made to another since."""
    person, asked_at = key[0], key.number(1)
    offer = ticket.of(HandOver).poc_offer
    if offer is not None and offer.to.key == person and stamp(offer.offered_at) == asked_at:
        return over(ticket.status, ABOUT, alive=NOT_CLOSED)
    for event in events:
        if isinstance(event, PocDeclined) and event.person.key == person:
            return Became("declined", ABOUT, by=event.person, at=event.at)
        if isinstance(event, PocChanged):
            return Became("taken", ABOUT, by=event.person, at=event.at)
    if offer is not None:
        return Became("passed_on", ABOUT, at=offer.offered_at, then=offer.to)
    return Became("taken", ABOUT, by=ticket.poc)


@ends("uncovered")
def uncovered(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who has it instead of a contact who was away, or that they are back."""
    if ticket.poc is not None and ticket.poc.key != key[0]:
        at = next((event.at for event in events if isinstance(event, PocChanged)), None)
        return Became("taken", ABOUT, by=ticket.poc, at=at)
    if ticket.of(Cover).away != key[0]:
        return Became("taken", ABOUT, by=ticket.poc)
    return over(ticket.status, ABOUT, alive=NOT_CLOSED)


@ends("poc")
def held(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who is the contact now, for the card of the one who was."""
    if key[2:]:
        return None
    if ticket.poc is not None and ticket.poc.key != key[0]:
        at = next((event.at for event in events if isinstance(event, PocChanged)), None)
        return Became("taken", ABOUT, by=ticket.poc, at=at)
    return over(ticket.status, ABOUT, alive=NOT_CLOSED)


@ends("offer-silent")
def unanswered(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who has it since: the offer was accepted, declined, or made to another."""
    offer = ticket.of(HandOver).poc_offer
    if offer is not None and offer.is_silent:
        return over(ticket.status, ABOUT, alive=NOT_CLOSED)
    at = next((e.at for e in events if isinstance(e, PocChanged | PocDeclined)), None)
    return Became("taken", ABOUT, by=ticket.poc, at=at)


@ends("shift")
def left(_ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return that all of the list was taken at once; one by one each says it of itself."""
    taken = (e for e in events if isinstance(e, ShiftTaken) and e.number == key.number())
    found = next(taken, None)
    if found is None:
        return None
    return Became("taken", ABOUT, by=found.by, at=found.at, keeps=True)
