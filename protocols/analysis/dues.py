"""When the written analysis is asked for, and when it is late. Source: S53."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from protocols.analysis.events import RcaReminded
from protocols.analysis.state import Analysis
from protocols.clock.state import PassedPoints
from protocols.closure.state import Closure, analysis_turn
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def analysis(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield the reminders of an analysis that is owed, its due time, and a reminder a day after it.

    Whether the ticket is open again makes no difference: it keeps its date. Source: S53, D33.
    """
    resolution = ticket.of(Closure).resolution
    if resolution is None or ticket.status is Status.OPENED_IN_ERROR:
        return
    if resolution.rca_due_at is None or not resolution.owes_analysis:
        return
    turn = analysis_turn(ticket.of(Closure), is_open_again=ticket.status is Status.OPEN)
    begun_at = owed_since(ticket) or resolution.at
    whole = resolution.rca_due_at - begun_at
    for share in policy.rca.remind_percents:
        at = begun_at + timedelta(seconds=whole.total_seconds() * share / 100)
        yield DuePoint(f"rca:{turn}:{share}", "rca_remind", at)
    yield DuePoint(f"rca:{turn}:due", "rca_late", resolution.rca_due_at)
    if f"rca:{turn}:due" in ticket.of(PassedPoints).passed:
        said_at = ticket.of(Analysis).late_said_at or resolution.rca_due_at
        again_at = calendar.due(said_at, policy.resolution.confirm_reminder)
        yield DuePoint(f"rca:{turn}:late:{stamp(said_at)}", "rca_late", again_at)


def owed_since(ticket: Ticket) -> datetime | None:
    """Return since when the analysis is owed, None while none is. Source: D33."""
    step = ticket.of(Ladder).step(StepKind.RCA)
    return step.opens_at if step is not None and step.state is StepState.OWED else None


@falls("rca_remind", "rca_late")
def analysis_due(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that whoever owes the analysis is reminded, or told that it is late."""
    resolution = ticket.of(Closure).resolution
    due_at = resolution.rca_due_at if resolution is not None else None
    again = due_at is not None and point.at > due_at
    return (RcaReminded(ctx.now, ctx.by, point.kind == "rca_late", again),)
