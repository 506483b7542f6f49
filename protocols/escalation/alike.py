"""An account with the same matter again: who looks after it hears of it, inside. Source: D45.

The same matter is the same category. It escalates nothing: nobody has to lead a third question.
"""

from __future__ import annotations

from protocols.escalation.events import AlikeBefore, SameMatter
from protocols.escalation.rows import is_of
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, follows, tells
from protocols.opening.events import TicketOpened
from protocols.people.people import BOT, Staff
from protocols.policy.escalation import EscalationRow, Trigger
from protocols.rights.rules import is_confidential
from protocols.ticket import Ticket


@follows
def returned(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that it is the same matter again, each time that the row counts to its end."""
    if not any(isinstance(event, TicketOpened) for event in events) or is_confidential(ticket):
        return ()
    return tuple(
        SameMatter(ctx.now, BOT, row.name, alike, _looks_after(ticket, ctx))
        for row in ctx.policy.escalate.rows
        if row.when is Trigger.ALIKE and is_of(row, ticket)
        for alike in (_alike(row, ticket, ctx),)
        if alike and (len(alike) + 1) % row.times == 0
    )


def _alike(row: EscalationRow, ticket: Ticket, ctx: Context) -> tuple[str, ...]:
    since = ctx.now - row.within
    return tuple(
        reference
        for reference, category, at in ctx.known(AlikeBefore).tickets
        if category is ticket.category and at >= since
    )


def _looks_after(ticket: Ticket, ctx: Context) -> Staff | None:
    """Return the account's own CSM, else who has the ticket."""
    csm = ticket.account.csm if ticket.account is not None else None
    if csm is not None and ctx.is_ours(csm):
        return ctx.who(csm)
    return ticket.poc


@tells(SameMatter)
def told(ticket: Ticket, event: SameMatter, _ctx: Context) -> Effects:
    """Tell who looks after the account; it waits for their list like all that asks nothing."""
    if event.told is None:
        return ()
    params = {"row": event.row, "before": ", ".join(event.before)}
    key = f"same-matter/{event.told.key}"
    return (dm(ticket, key, event.told, "same_matter", params, unasked=True),)
