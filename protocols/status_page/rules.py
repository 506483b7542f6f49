"""A status text without a webhook: a person puts it on the page, and says so. Source: S22, D15."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides, follows
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import Role, Staff
from protocols.rights.guards import need_on_ticket
from protocols.roles.state import Roles
from protocols.status_page.events import PageAsked, SayOnPage
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState, TextReleased
from protocols.updates.releasing import delivered
from protocols.updates.state import Updates


@follows
def page_asked(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a released status text which no webhook takes is asked of a person."""
    if ctx.status_hook:
        return ()
    released = (ticket.of(Updates).draft(e.number) for e in events if isinstance(e, TextReleased))
    return tuple(
        PageAsked(ctx.now, ctx.by, draft.number, _poster(ticket, ctx))
        for draft in released
        if draft is not None and draft.kind is DraftKind.STATUS_PAGE
    )


def _poster(ticket: Ticket, ctx: Context) -> Staff:
    """Return who puts it up: the commander, else the CS manager on duty, else who released it."""
    seat = ticket.of(Roles).seat(Role.COMMANDER)
    if seat is not None and seat.holder is not None:
        return seat.holder
    return ctx.first_on_duty("cs-manager") or Staff(ctx.by)


@decides(SayOnPage)
def on_page(ticket: Ticket, command: SayOnPage, ctx: Context) -> tuple[Event, ...]:
    """Decide **It is on the page**: only now is the step done, by whom and when.

    Raises:
        AlreadyDone: Somebody said so already.
        OldButton: No such text waits to be put on the page.
    """
    draft = ticket.of(Updates).draft(command.number)
    if draft is None or draft.poster is None or not ctx.same(draft.poster.key, ctx.by.key):
        need_on_ticket(ticket, ctx)
    if draft is not None and draft.poster is not None and draft.state is DraftState.DELIVERED:
        step = ticket.of(Ladder).step(StepKind.STATUS_PAGE)
        said_by = step.settled_by if step is not None else None
        raise AlreadyDone(person=said_by.name if said_by is not None else "")
    if draft is None or draft.poster is None or draft.state is not DraftState.RELEASED:
        raise OldButton(reference=ticket.reference)
    return delivered(ticket, draft, ctx.now, "", ctx)
