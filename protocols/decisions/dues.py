"""When the default of a decision takes effect. Source: S160; D11."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.decisions import rules as decisions
from protocols.decisions.state import Decisions
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def open_decisions(
    ticket: Ticket, policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield when the default of a decision takes effect. Source: D11."""
    if ticket.status is not Status.OPEN:
        return
    for decision in ticket.of(Decisions).open_decisions:
        number = decision.number
        yield NumberedPoint(f"decision:{number}", "decision_due", decision.due_at, number)


@falls("decision_due")
def decision_due(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the default holds, when nobody has decided."""
    return decisions.lapse(ticket, point.number, ctx)
