"""Who may promise a call, what keeps it, and when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides, dues_of, falls
from protocols.policy.policy import Policy
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from tests.example.protocols.callbacks.events import (
    AskCallback,
    CallbackAsked,
    CallbackLate,
    CallbackMade,
    SayCalled,
)
from tests.example.protocols.callbacks.state import Callbacks


@decides(AskCallback)
def ask(ticket: Ticket, command: AskCallback, ctx: Context) -> tuple[Event, ...]:
    """Decide that a call is promised."""
    need_on_ticket(ticket, ctx)
    return (CallbackAsked(ctx.now, ctx.by, ctx.now + timedelta(minutes=command.minutes)),)


@decides(SayCalled)
def called(ticket: Ticket, _command: SayCalled, ctx: Context) -> tuple[Event, ...]:
    """Decide that the promised call was made.

    Raises:
        AlreadyDone: No call is owed.
    """
    need_on_ticket(ticket, ctx)
    if ticket.of(Callbacks).call_by is None:
        raise AlreadyDone(reference=ticket.reference)
    return (CallbackMade(ctx.now, ctx.by),)


@dues_of
def owed(ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the call that is owed is late."""
    call_by = ticket.of(Callbacks).call_by
    if call_by is not None:
        yield DuePoint(f"callback:{call_by.isoformat()}", "callback", call_by)


@falls("callback")
def late(_ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the call is late."""
    return (CallbackLate(ctx.now, ctx.by),)
