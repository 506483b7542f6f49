"""What became of the reminder of a signal's actions. Source: S25."""

from __future__ import annotations

from protocols.checklist.events import ActionSettled
from protocols.checklist.items import undone
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket

ABOUT = "checklist"


@ends("checklist")
def reminded(
    ticket: Ticket, _parts: tuple[str, ...], events: Events, ctx: Context
) -> Became | None:
    """Return that nothing on the list is open, or that the ticket ended before."""
    if undone(ticket, ctx.policy):
        return over(ticket.status, ABOUT)
    last = next((event for event in reversed(events) if isinstance(event, ActionSettled)), None)
    if last is not None:
        return Became("done", ABOUT, by=last.by, at=last.at)
    return Became("done", ABOUT)
