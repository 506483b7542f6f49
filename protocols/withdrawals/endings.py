"""What became of words that were not sent, and are in review again. Source: D24."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket
from protocols.updates.endings import settled
from protocols.updates.state import Updates


@ends("withdrawn")
def withdrawn(
    ticket: Ticket, parts: tuple[str, ...], _events: Events, _ctx: Context
) -> Became | None:
    """Return that the words were released anew, or are not needed any more."""
    draft = ticket.of(Updates).draft(int(parts[1])) if parts[0] == "text" else None
    return None if draft is None else settled(ticket, draft)
