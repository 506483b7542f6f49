"""Support windows: somebody of us is there for the account, from then to then. Source: S31.

While one runs its person hears what comes, beside who has the ticket, and the ticket goes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.checklist.events import SettleActions, WindowBegan, WindowEnded, WindowGiven
from protocols.checklist.refusals import NotAWindow
from protocols.checklist.state import Checklist
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import SUPPORT_WINDOW
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.rights.guards import need_ours, need_status
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

_LONGEST = timedelta(days=31)
_FURTHEST = timedelta(days=90)


def is_asked(command: SettleActions) -> bool:
    """Say whether any part of a window is named."""
    parts = (command.window_person, command.window_from, command.window_to)
    return any(part is not None for part in parts)


def given(ticket: Ticket, command: SettleActions, ctx: Context) -> list[Event]:
    """Return that somebody is there from then to then, and that the account is told.

    Raises:
        NotAWindow: A part of it is missing, or its times do not lie ahead one after the other.
        PersonUnknown: Slack does not know the person, or they are not of us.
    """
    need_status(ticket, Status.OPEN)
    from_at, to_at = command.window_from, command.window_to
    if command.window_person is None or from_at is None or to_at is None:
        raise NotAWindow(reference=ticket.reference)
    before = ticket.of(Checklist).window
    person = need_ours(command.window_person, ctx)
    if before is not None and (before.person, before.from_at, before.to_at) == (
        person,
        from_at,
        to_at,
    ):
        return []
    ends_late = to_at > from_at + _LONGEST or from_at > ctx.now + _FURTHEST
    if not from_at < to_at or to_at <= ctx.now or ends_late:
        raise NotAWindow(reference=ticket.reference)
    number = 1 if before is None else before.number + 1
    had_it = before.person if before is not None and not before.ended else None
    instead_of = had_it if had_it is not None and had_it != person else None
    made: list[Event] = [WindowGiven(ctx.now, ctx.by, number, person, from_at, to_at, instead_of)]
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return made
    key = f"{ticket.reference}/support-window/{number}"
    return [*made, FixedTextSent(ctx.now, ctx.by, SUPPORT_WINDOW, key, until_at=to_at)]


@dues_of
def turns(ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when a window begins, and when it ends."""
    window = ticket.of(Checklist).window
    if window is None or window.ended or not ticket.is_live:
        return
    number = window.number
    if window.runs:
        yield NumberedPoint(f"window:{number}:end", "window_ends", window.to_at, number)
    else:
        yield NumberedPoint(f"window:{number}:begin", "window_begins", window.from_at, number)


@falls("window_begins")
def begin(_ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that it begins."""
    return (WindowBegan(ctx.now, ctx.by, point.number),)


@falls("window_ends")
def end(_ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that it is over."""
    return (WindowEnded(ctx.now, ctx.by, point.number),)
