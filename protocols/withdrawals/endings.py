"""What became of words that were not sent: in review again, or with their writer. Source: D24."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket
from protocols.updates.endings import sent_back, settled
from protocols.updates.state import Updates
from protocols.withdrawals.events import Withdrawal


@ends("withdrawn")
def withdrawn(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return that the words were released or written anew, or are not needed any more."""
    draft = ticket.of(Updates).draft(key.number(1)) if key[0] == "text" else None
    if draft is None:
        return None
    if draft.withdrawn_why == Withdrawal.TIME_PASSED:  # its writer is asked, as by a reviewer
        return sent_back(ticket, Key(key[1:]), events, ctx)
    return settled(ticket, draft)
