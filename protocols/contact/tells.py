"""Who is asked to become the point of contact, and who hears that it changed. Source: S39, S187."""

from __future__ import annotations

from protocols.bridge.roads import bridge_post, topic
from protocols.contact.events import (
    ContactUncovered,
    PocChanged,
    PocOffered,
    PocOfferSilent,
    ShiftListed,
)
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(PocOffered)
def poc_offered(ticket: Ticket, event: PocOffered, ctx: Context) -> Effects:
    """Ask another to become the one contact; what is left with others stands in one list."""
    if event.shift:
        return ()
    number = stamp(event.at)
    suffix = f"poc-offer/{event.person.key}/{number}"
    return (dm(ticket, suffix, event.person, "poc_offer", {"by": event.by.key}),)


@tells(PocChanged)
def poc_changed(ticket: Ticket, event: PocChanged, ctx: Context) -> Effects:
    """Give the new contact the role's card; let topic and bridge say it."""
    number = stamp(event.at)
    suffix = f"poc/{event.person.key}/{number}"
    if not ticket.tier.has_bridge:
        return (dm(ticket, suffix, event.person, "has_it"),)
    card = dm(ticket, suffix, event.person, "role_poc")
    return (
        card,
        bridge_post(ticket, f"{suffix}/line", "poc_line", {"by": event.person.key}),
        topic(ticket, f"poc-{number}"),
    )


@tells(ContactUncovered)
def uncovered(ticket: Ticket, event: ContactUncovered, ctx: Context) -> Effects:
    """Tell the CS manager whose ticket nobody covers. Source: D39."""
    manager = manager_of(ticket, ctx)
    if manager is None or manager.key == event.person.key:
        return ()
    suffix = f"uncovered/{event.person.key}/{stamp(event.at)}/{manager.key}"
    return (dm(ticket, suffix, manager, "contact_uncovered"),)


@tells(PocOfferSilent)
def offer_silent(ticket: Ticket, event: PocOfferSilent, _ctx: Context) -> Effects:
    """Say to the giver that it stays with them, and to the CS manager that nobody covers it."""
    params = {"asked": event.person.key}
    return tuple(
        dm(
            ticket,
            f"offer-silent/{stamp(event.at)}/{who.key}",
            who,
            "poc_offer_silent",
            params,
            unasked=True,
        )
        for who in event.told
    )


@tells(ShiftListed)
def shift_listed(ticket: Ticket, event: ShiftListed, _ctx: Context) -> Effects:
    """Give another the list of what somebody leaves, each with what is due next. Source: D39."""
    lines = [
        {
            "reference": each.reference,
            "account": each.account,
            "what": each.what,
            "due_at": each.due_at.isoformat() if each.due_at is not None else "",
        }
        for each in event.left
    ]
    params = {"by": event.by.key, "number": str(event.number), "lines": lines}
    key = f"shift/{event.number}/{event.person.key}"
    return (dm(ticket, key, event.person, "shift_left", params),)
