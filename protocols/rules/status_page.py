"""A status text without a webhook: a person puts it on the page, and says so. Source: S22, D15."""

from __future__ import annotations

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.people import Role, Who
from protocols.refusals import AlreadyDone, OldButton
from protocols.rules import updates
from protocols.rules.guards import need_on_ticket
from protocols.slices import Ladder, Roles, Updates
from protocols.ticket import DraftKind, DraftState, StepKind, Ticket


def release(ticket: Ticket, command: cmd.ReleaseText, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide a release; a status text that no webhook takes is asked of a person."""
    events = updates.release(ticket, command, ctx)
    draft = ticket.of(Updates).draft(command.number)
    if ctx.status_hook or draft is None or draft.kind is not DraftKind.STATUS_PAGE:
        return events
    return (*events, ev.PageAsked(ctx.now, ctx.by, draft.number, _poster(ticket, ctx)))


def _poster(ticket: Ticket, ctx: Context) -> Who:
    """Return who puts it up: the commander, else the CS manager on duty, else who released it."""
    seat = ticket.of(Roles).seat(Role.COMMANDER)
    if seat is not None and seat.holder is not None:
        return seat.holder
    return ctx.first_on_duty("cs-manager") or ctx.by


def on_page(ticket: Ticket, command: cmd.SayOnPage, ctx: Context) -> tuple[ev.Event, ...]:
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
    return updates.delivered(ticket, draft, ctx.now, "", ctx)
