"""What became of a status text for the page, and of a reminder of the next. Source: D15, S22."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.status_page.dues import on_the_page
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


@ends("page-prompt")
def prompted(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that a newer text is on the page, or that the ticket has ended without one."""
    draft, newest = ticket.of(Updates).draft(key.number()), on_the_page(ticket)
    if draft is None or draft.next_at is None or newest is None:
        return None
    due = draft.next_at.isoformat()
    if newest.number != draft.number:
        return Became("done", "page", due, at=newest.delivered_at)
    return over(ticket.status, "page", due, NOT_CLOSED)
