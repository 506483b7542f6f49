"""When an account is reminded, and when its silence opens the ticket again. Source: D7."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.account.quiet import awake_at
from protocols.closure.events import ConfirmationReminded, UntoldReminded
from protocols.closure.reopening import opened_again
from protocols.closure.state import Closure
from protocols.closure.telling import untold_since
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.promises.rules import usual_next
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
        remind_at = reminded_at(ticket, resolution.told_at, policy, calendar)
        reopen_at = calendar.due(resolution.told_at, policy.resolution.reopen_after)
        yield DuePoint(f"confirm-remind:{turn}", "confirm_remind", remind_at)
        yield DuePoint(f"confirm-reopen:{turn}", "confirm_reopen", reopen_at)


def reminded_at(
    ticket: Ticket, told_at: datetime, policy: Policy, calendar: BusinessCalendar
) -> datetime:
    """Return when an account that was told is asked again: within its own day. Source: D45."""
    at = calendar.due(told_at, policy.resolution.confirm_reminder)
    return awake_at(ticket, at, policy, calendar)


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


@dues_of
def untold(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when somebody is reminded that the account was not told of the resolution. S65, D41.

    While its words wait for a release, or are on their way, these have due points of their own.
    """
    resolution, since = ticket.of(Closure).resolution, untold_since(ticket)
    if resolution is None or since is None:
        return
    said_at, turn = resolution.untold_said_at, ticket.of(Closure).reopened
    if said_at is None or said_at < since:
        at = since + usual_next(policy, ticket.tier)
    else:
        since, at = said_at, calendar.due(said_at, policy.resolution.confirm_reminder)
    yield DuePoint(f"untold:{turn}:{stamp(since)}", "resolution_untold", at)


@falls("resolution_untold")
def resolution_untold(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that somebody is reminded."""
    return (UntoldReminded(ctx.now, ctx.by),)
