"""What became of the offer to follow a ticket no more."""

from __future__ import annotations

from protocols.following.rules import is_followed
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("followed")
def told(ticket: Ticket, key: Key, _events: Events, ctx: Context) -> Became | None:
    """Return that its reader does not follow it any more."""
    return None if is_followed(ticket, key[-1], ctx) else Became("void", "follow", keeps=True)
