"""When an account is reminded, and when its silence opens the ticket again. Source: D7."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.closure.events import ConfirmationReminded
from protocols.closure.reopening import opened_again
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def confirmation(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when an account is asked again, and when its silence opens the ticket. Source: D7."""
    resolution = ticket.of(Closure).resolution
    if resolution is None or ticket.status is Status.OPEN:
        return
    turn = ticket.of(Closure).reopened
    if ticket.status is Status.RESOLVED and resolution.told_at is not None:
        remind_at = calendar.due(resolution.told_at, policy.resolution.confirm_reminder)
        reopen_at = calendar.due(resolution.told_at, policy.resolution.reopen_after)
        yield DuePoint(f"confirm-remind:{turn}", "confirm_remind", remind_at)
        yield DuePoint(f"confirm-reopen:{turn}", "confirm_reopen", reopen_at)


@falls("confirm_remind")
def confirm_remind(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the account is asked again."""
    return (ConfirmationReminded(ctx.now, ctx.by),)


@falls("confirm_reopen")
def confirm_reopen(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the ticket is open again: nobody at the account has answered."""
    if ticket.status is not Status.RESOLVED:
        return ()
    back_at = ctx.calendar.due(ctx.now, ctx.policy.resolution.confirm_reminder)
    return opened_again(ticket, "no answer from the account", back_at, ctx, by_silence=True)
