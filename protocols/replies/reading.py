"""What the account's written words decide, and which of them a person reads. Source: D7, D42.

In the ticket's thread "still broken" opens it again and "works now" confirms it; thanks do
neither. All else decides nothing by itself, and is shown to the contact.
"""

from __future__ import annotations

from datetime import timedelta

from protocols.closure.answering import confirmed, has_confirmed, is_asked, not_solved
from protocols.details.state import Details
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.replies.events import CustomerWrote, Place
from protocols.replies.state import Heard
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.words.answers.meaning import Meaning

ONE_REPORT = timedelta(hours=1)
"""How long what a person writes in the channel goes on what they wrote before. Source: M16."""
OVER = (Status.CONFIRMED, Status.CLOSED)


def joins(ticket: Ticket, person: str, ctx: Context) -> bool:
    """Say whether what a person writes in the channel goes on their words on an open ticket."""
    last = ticket.of(Heard).last_of(person)
    return ticket.is_live and last is not None and ctx.now - last <= ONE_REPORT


def place_of(ticket: Ticket, apart: bool, ctx: Context) -> str:
    """Return where words stand, as the journal keeps it."""
    if not apart:
        return ""
    return Place.JOINED if joins(ticket, ctx.by.key, ctx) else Place.APART


def decided_by(ticket: Ticket, wrote: CustomerWrote, ctx: Context) -> tuple[Event, ...]:
    """Return what the words decide. A message in the channel opens nothing again. D42."""
    if wrote.place or wrote.understood == Meaning.THANKS:
        return ()
    if wrote.understood == Meaning.WORKS and is_asked(ticket):
        return confirmed(ticket, wrote.author, wrote.text, ctx)
    if _opens_again(ticket, Meaning(wrote.understood)):
        return not_solved(ticket, wrote.text, ctx)
    return ()


def _opens_again(ticket: Ticket, meaning: Meaning) -> bool:
    """Say whether words in the thread open the ticket again.

    An account that never confirmed was told that any reply does. Source: D7.
    """
    if meaning is Meaning.BROKEN:
        return ticket.status in OVER or (ticket.status is Status.RESOLVED and is_asked(ticket))
    unconfirmed = ticket.status is Status.CLOSED and not has_confirmed(ticket)
    return unconfirmed and meaning is Meaning.UNCLEAR


def may_be_answer(ticket: Ticket, author: str) -> bool:
    """Say whether what somebody writes anew may be the answer that the account owes. S84."""
    theirs = (line.author for line in ticket.of(Heard).messages if not line.outside)
    return ticket.of(Details).waits and author in theirs


def needs_a_person(ticket: Ticket, wrote: CustomerWrote) -> bool:
    """Say whether the contact is to read words that decided nothing, as the ticket stands now."""
    if wrote.outside or not wrote.understood:
        return False
    if ticket.status is Status.RESOLVED:
        return True
    if wrote.place == Place.APART:
        return wrote.understood != Meaning.THANKS
    if ticket.status in OVER:
        return wrote.understood == Meaning.UNCLEAR
    return wrote.understood == Meaning.WORKS


def owes_answer(ticket: Ticket, meaning: Meaning, apart: bool = False) -> bool:
    """Say whether we owe an answer to words of the account; thanks ask for none. Source: M17.

    What is written in the channel beside a ticket that has ended is no matter of that ticket.
    """
    return meaning is not Meaning.THANKS and (ticket.is_live or not apart)
