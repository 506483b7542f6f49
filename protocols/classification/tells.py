"""Who is asked which tier it is, with the three answers as buttons. Source: D44; words.md 11.2."""

from __future__ import annotations

from protocols.classification.events import ClassificationAsked
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.ticket import Ticket


@tells(ClassificationAsked)
def asked(ticket: Ticket, event: ClassificationAsked, ctx: Context) -> Effects:
    """Ask each of them; who is asked again gets a message of its own."""
    params = {"number": event.number}
    return tuple(
        dm(ticket, f"classify/{event.number}/{who.key}", who, "classify", params)
        for who in event.to
    )
