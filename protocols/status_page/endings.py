"""What became of a status text that a person was to put on the page. Source: D15."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket
from protocols.updates.released import RELEASED
from protocols.updates.state import Updates


@ends("page-asked")
def page(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that it is not to go there any more; that it is there says an edit of its own."""
    draft = ticket.of(Updates).draft(key.number())
    if draft is None or draft.state in RELEASED:
        return None
    return Became("taken_back", "text", str(draft.number))
