"""Who is the first to be asked to release a text, and the next when they are gone. D22, D29."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import follows
from protocols.ticket import Ticket
from protocols.updates.events import ReviewerAsked, TextDrafted, TextEdited
from protocols.updates.hands import asked_about
from protocols.updates.state import Draft, Updates


@follows
def first_asked(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return who is the first to be asked to release a text that came in review just now."""
    new = {event.number for event in events if isinstance(event, TextDrafted | TextEdited)}
    if not new:
        return ()
    waiting = (draft for draft in ticket.of(Updates).waiting_drafts() if draft.number in new)
    return tuple(asked(ticket, draft, ctx) for draft in waiting if not draft.alone)


def asked(ticket: Ticket, draft: Draft, ctx: Context) -> ReviewerAsked:
    """Return who is asked, instead of whoever was and is gone."""
    found = asked_about(ticket, draft, ctx)
    person = ctx.who(found[0]) if found else None
    return ReviewerAsked(ctx.now, ctx.by, draft.number, person, draft.asked_of)


def asked_and_gone(ticket: Ticket, ctx: Context) -> tuple[Draft, ...]:
    """Return the texts that wait for one who is one of us no more."""
    return tuple(
        draft
        for draft in ticket.of(Updates).waiting_drafts()
        if draft.asked_of is not None and not ctx.is_ours(draft.asked_of.key)
    )
