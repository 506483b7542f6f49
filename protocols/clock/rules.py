"""What is decided when a due point comes; it never comes twice. Source: S35, S171, S177, S185."""

from __future__ import annotations

from protocols.clock.events import DuePassed, FallDue
from protocols.clock.state import PassedPoints
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.tables import decides, passed_of, rules_of


@decides(FallDue)
def fall_due(record: Record, command: FallDue, ctx: Context) -> tuple[Event, ...]:
    """Decide a due point: first that it has passed, then what it causes."""
    point = command.point
    passed = DuePassed(ctx.now, ctx.by, point.key, point.kind, point.at)
    return (passed, *rules_of(type(record)).falls[point.kind](record, point, ctx))


@passed_of
def has_passed(record: Record) -> frozenset[str]:
    """Return the keys of the due points that have passed."""
    return record.of(PassedPoints).passed
