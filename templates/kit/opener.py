"""Who opened a ticket, as a colleague reads it: of a report that was heard, its words did. M16."""

from __future__ import annotations

from protocols.intake.state import HeardReport
from protocols.ticket import Ticket


def opened_by(ticket: Ticket) -> str:
    """Return the name of the one of us who opened it, or whose words did where it was heard."""
    author = ticket.of(HeardReport).author
    if ticket.opener is not None or author is None:
        return ticket.opened_by.name
    return f"the words of {author.name}"
