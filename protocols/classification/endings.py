"""What became of the question which tier it is. Source: D44."""

from __future__ import annotations

from protocols.classification.state import Classification
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("classify")
def asked(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who has said it, or that the ticket has ended before."""
    state = ticket.of(Classification)
    if not state.is_owed and state.settled_by is not None:
        return Became("said", "tier", by=state.settled_by, at=state.settled_at)
    return over(ticket.status, "tier")
