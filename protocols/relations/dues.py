"""What was owed on a ticket that goes on on this one is due here. Source: S65, D41."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.relations.events import MergedOwedLate
from protocols.relations.state import Relations
from protocols.targets.people import escalation_manager, have_it
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class MergedPoint(DuePoint):
    """When something is late that was owed on a merged ticket."""

    other: str
    what: str


@dues_of
def owed_here(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when something is late that was owed on another ticket, until it is done or told."""
    for merged in ticket.of(Relations).merged:
        for one in merged.owed:
            key = f"merged:{merged.other}:{merged.turn}:{one.what}"
            yield MergedPoint(key, "merged_late", one.by_at, merged.other, one.what)


@falls("merged_late")
def late(ticket: Ticket, point: MergedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that who has the ticket and the escalation manager are told. Source: D8."""
    told = dict.fromkeys((*have_it(ticket, ctx), *escalation_manager(ticket, ctx)))
    return (MergedOwedLate(ctx.now, ctx.by, point.other, point.what, point.at, tuple(told)),)
