"""When a question about a lower tier lapses. Source: D12."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers import lowering
from protocols.tiers.state import Tiers
from protocols.time.calendar import BusinessCalendar


@dues_of
def lowering_asked(
    ticket: Ticket, policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield when a lower tier that nobody agreed to is not asked for any more. Source: D12."""
    if ticket.status is not Status.OPEN:
        return
    asked = ticket.of(Tiers).waiting_lowering
    if asked is not None:
        at = asked.asked_at + policy.lowering.answer_within
        yield NumberedPoint(f"lowering:{asked.number}", "lowering_unanswered", at, asked.number)


@falls("lowering_unanswered")
def lowering_unanswered(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the question about a lower tier has lapsed."""
    return lowering.lapse(ticket, point.number, ctx)
