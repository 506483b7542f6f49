"""What became of words that could not be delivered: the account was called. Source: D24."""

from __future__ import annotations

from protocols.account.outbound import for_account
from protocols.deliveries.state import Deliveries
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Ending, over
from protocols.kernel.tables import Events, ends
from protocols.replies.events import AccountCalled
from protocols.ticket import Ticket


@ends("buried")
def read_to_them(
    ticket: Ticket, parts: tuple[str, ...], events: Events, _ctx: Context
) -> Ending | None:
    """Return who called the account, or that the words arrived after all."""
    key = "/".join((ticket.reference, *parts[:-1]))
    if for_account(ticket, key) is None:
        return None
    called = next((event for event in events if isinstance(event, AccountCalled)), None)
    if called is not None:
        return Ending("called", "words", by=called.by, at=called.at)
    if key not in ticket.of(Deliveries).dead:
        return Ending("revived", "words")
    return over(ticket.status, "words", alive=NOT_CLOSED)


@ends("route", "road-lost")
def closed(
    ticket: Ticket, _parts: tuple[str, ...], _events: Events, _ctx: Context
) -> Ending | None:
    """Return that nobody is to be called any more."""
    return over(ticket.status, "words", alive=NOT_CLOSED)
