"""When a ticket's clocks speak: before a breach, at it, and for as long as it is open after.

One warning a ticket a threshold, by the clock that binds. Source: S65, S88, D8.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.clock.state import PassedPoints
from protocols.details.state import Details
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.targets.clocks import BREACH, RunningTarget, alike, binding, running
from protocols.targets.events import LeftOpen, TargetBreached, TargetNeared, TargetPoint
from protocols.targets.people import escalation_manager, have_it
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def clocks_speak(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield the instants of the clocks that bind; where none does, when a person looks again."""
    since = ticket.of(TargetWatch).watched_at
    if since is None:
        return
    clocks = running(ticket, policy, calendar)
    bind = binding(ticket, clocks)
    passed = ticket.of(PassedPoints).passed
    for clock in bind:
        others = alike(clock, clocks)
        for point in _of_clock(clock, since, policy):
            if not any(each.key(point.mark) in passed for each in others):
                yield point
    if not bind and ticket.is_live and not ticket.of(Details).waits:
        yield _look(ticket, clocks, since, policy, calendar)


def _of_clock(clock: RunningTarget, since: datetime, policy: Policy) -> Iterator[TargetPoint]:
    last = str(policy.elevation_percents[-1])
    for mark in clock.marks(policy):
        if mark.at > since:
            kind = {BREACH: "target_breach", last: "target_near"}.get(mark.name, "target_mark")
            key, measure = clock.key(mark.name), clock.measure.name
            yield TargetPoint(key, kind, mark.at, measure, mark.name, clock.breach_at)


def _look(
    ticket: Ticket,
    clocks: tuple[RunningTarget, ...],
    since: datetime,
    policy: Policy,
    calendar: BusinessCalendar,
) -> DuePoint:
    watch = ticket.of(TargetWatch)
    base = max((since, *(clock.breach_at for clock in clocks)))
    at = calendar.due(max(watch.looked_at or base, base), policy.escalate.look_every)
    return DuePoint(f"left-open:{watch.looks + 1}", "left_open", at)


@falls("target_mark", "target_near")
def neared(ticket: Ticket, point: TargetPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that a clock nears its breach: the first threshold marks, the last one tells.

    Who has the ticket is told; where nobody has it, those on duty. Source: S88, D8.
    """
    told = have_it(ticket, ctx) if point.kind == "target_near" else ()
    return (TargetNeared(ctx.now, ctx.by, point.measure, point.mark, point.breach_at, told),)


@falls("target_breach")
def breached(ticket: Ticket, point: TargetPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that a clock was breached: its owner and the escalation manager are told. D8."""
    told = dict.fromkeys((*have_it(ticket, ctx), *escalation_manager(ticket, ctx)))
    return (TargetBreached(ctx.now, ctx.by, point.measure, point.breach_at, tuple(told)),)


@falls("left_open")
def left_open(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that a person is told of a ticket that is open with no clock running. S65."""
    is_late = bool(running(ticket, ctx.policy, ctx.calendar))
    above = escalation_manager(ticket, ctx) if is_late else ()
    told = dict.fromkeys((*have_it(ticket, ctx), *above))
    return (LeftOpen(ctx.now, ctx.by, tuple(told)),)
