"""Who is asked to put a status text on the page, and reminded of the next. Source: S22, D15."""

from __future__ import annotations

from protocols.account.outbound import turn_of
from protocols.kernel.context import Context
from protocols.kernel.effects import Surface
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.tables import Effects, tells
from protocols.promises.tells import communicator
from protocols.rights.roads import manager_of
from protocols.status_page.events import PageAsked, PagePrompted
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


@tells(PagePrompted)
def page_prompted(ticket: Ticket, event: PagePrompted, ctx: Context) -> Effects:
    """Remind the communicator, else the CS manager, of the time that the page names. S22, S52."""
    draft = ticket.of(Updates).draft(event.number)
    writer = communicator(ticket) or manager_of(ticket, ctx)
    if draft is None or writer is None:
        return ()
    suffix, params = f"page-prompt/{event.number}", {"draft": event.number}
    prompt = dm(
        ticket, suffix, writer, "prompt_page", params,
        surface=Surface.DROP_IF_STALE, stale_at=draft.next_at,
    )  # fmt: skip
    return (prompt,)
