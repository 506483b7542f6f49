"""What became of words that could not be delivered: the account was called. Source: D24."""

from __future__ import annotations

from dataclasses import replace

from protocols.account.outbound import for_account
from protocols.closure.endings import called
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketReopened,
    TicketResolved,
)
from protocols.deliveries.state import Deliveries
from protocols.details.events import DetailsAnswered
from protocols.details.state import Details
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket

TURNS = (
    TicketResolved,
    TicketReopened,
    AccountConfirmed,
    TicketClosed,
    ClosedUnconfirmed,
    OpenedInError,
)
"""What settles a question about what the account meant."""
ASKS = "asks"
"""Marks the key of a message that offers changed words as the answer that is waited for."""


@ends("buried")
def read_to_them(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who called the account, or that the words arrived after all."""
    buried = "/".join((ticket.reference, *key[:-1]))
    if for_account(ticket, buried) is None:
        return over(ticket.status, "words", alive=NOT_CLOSED)
    told = called(events)
    if told is not None:
        return told
    if buried not in ticket.of(Deliveries).dead:
        return Became("revived", "words")
    return over(ticket.status, "words", alive=NOT_CLOSED)


@ends("reply")
def read(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return where the ticket went since somebody was to say what the account's words mean."""
    if key[2:] != ("read",) or not any(isinstance(event, TURNS) for event in events):
        return None
    return Became("over", "words_of", keeps=True)


@ends("in-a-row")
def read_in_a_row(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return where the ticket went since somebody was to read words that were told together."""
    if key[1:] != ("read",) or not any(isinstance(event, TURNS) for event in events):
        return None
    return Became("over", "words_of", keeps=True)


@ends("answered-after")
def answered_after(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the ticket has ended, for an answer that decided nothing."""
    over_now = over(ticket.status, "words_of")
    return replace(over_now, keeps=True) if over_now is not None else None


@ends("altered")
def may_be_the_answer(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return that nobody waits for the answer any more that changed words might have been. S84."""
    if key[3:4] != (ASKS,) or ticket.of(Details).waits:
        return None
    came = next((event for event in events if isinstance(event, DetailsAnswered)), None)
    if came is not None:
        return Became("details_came", "words_of", at=came.answered_at, keeps=True)
    return replace(over(ticket.status, "words_of") or Became("void", "words_of"), keeps=True)


@ends("to-read")
def read_aloud(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who has read released words to the account."""
    return called(events) or over(ticket.status, "words", alive=NOT_CLOSED)


@ends("own-words")
def own_words(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that a ticket has ended in whose thread one of us wrote what a check would stop."""
    ended = over(ticket.status, "ticket", alive=NOT_CLOSED)
    return replace(ended, keeps=True) if ended is not None else None


@ends("route", "road-lost")
def closed(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that nobody is to be called any more."""
    return over(ticket.status, "words", alive=NOT_CLOSED)
