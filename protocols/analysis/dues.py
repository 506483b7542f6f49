"""When the written analysis is asked for, and when it is late. Source: S53."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from protocols.analysis.events import RcaReminded
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

OVER = (Status.OPEN, Status.OPENED_IN_ERROR)


@dues_of
def analysis(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield the reminders of an analysis that is owed, and its due time."""
    resolution, turn = ticket.of(Closure).resolution, ticket.of(Closure).reopened
    if resolution is None or ticket.status in OVER:
        return
    if resolution.rca_due_at is None or resolution.rca_delivered_at is not None:
        return
    whole = resolution.rca_due_at - resolution.at
    for share in policy.rca.remind_percents:
        at = resolution.at + timedelta(seconds=whole.total_seconds() * share / 100)
        yield DuePoint(f"rca:{turn}:{share}", "rca_remind", at)
    yield DuePoint(f"rca:{turn}:due", "rca_late", resolution.rca_due_at)


@falls("rca_remind", "rca_late")
def analysis_due(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that whoever owes the analysis is reminded, or told that it is late."""
    return (RcaReminded(ctx.now, ctx.by, point.kind == "rca_late"),)
