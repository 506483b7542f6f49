"""Who is asked to put a status text on the page, and that it is settled. Source: S22, D15."""

from __future__ import annotations

from protocols.account.outbound import turn_of
from protocols.kernel.context import Context
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.tables import Effects, tells
from protocols.status_page.events import PageAsked
from protocols.ticket import Ticket
from protocols.updates.events import TextDelivered
from protocols.updates.state import Updates


@tells(PageAsked)
def page_asked(ticket: Ticket, event: PageAsked, ctx: Context) -> Effects:
    """Give a person the released text to put on the page where no webhook does. S22, D15."""
    suffix, params = f"page-asked/{turn_of(ticket, event.number)}", {"draft": event.number}
    return (dm(ticket, suffix, event.person, "page_ask", params),)


@tells(TextDelivered)
def page_settled(ticket: Ticket, event: TextDelivered, ctx: Context) -> Effects:
    """Edit the question of whoever put a text on the page, in silence. Source: D15."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None or draft.poster is None:
        return ()
    posted = f"{ticket.reference}/page-asked/{turn_of(ticket, draft.number)}"
    params = {"draft": draft.number}
    return (dm_edit(ticket, posted, f"{posted}/edit", draft.poster, "page_settled", params),)
