"""What is decided when a due point comes; it never comes twice. Source: S35, S171, S177, S185."""

from __future__ import annotations

from protocols.clock.events import DuePassed, FallDue
from protocols.clock.state import PassedPoints
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import FALLS, decides, passed_of
from protocols.ticket import Ticket


@decides(FallDue)
def fall_due(ticket: Ticket, command: FallDue, ctx: Context) -> tuple[Event, ...]:
    """Decide a due point: first that it has passed, then what it causes."""
    point = command.point
    passed = DuePassed(ctx.now, ctx.by, point.key, point.kind, point.at)
    return (passed, *FALLS[point.kind](ticket, point, ctx))


@passed_of
def has_passed(ticket: Ticket) -> frozenset[str]:
    """Return the keys of the due points that have passed."""
    return ticket.of(PassedPoints).passed
