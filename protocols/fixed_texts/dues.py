"""When an account is told that its update is late. Source: S52, S65; D10."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.fixed_texts.rules import late_text, on_its_way
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.promises.state import Promises
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def promise_kept_by(
    ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield when the update that was promised must be with the account.

    A promise made is kept or told late, wherever the ticket stands. Source: S52, S65, D21.
    """
    promise = ticket.of(Promises).promise
    if promise is not None and not on_its_way(ticket):
        yield DuePoint(f"promise:{promise.number}", "promise_due", promise.at)


@falls("promise_due")
def promise_due(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the account is told that its update is late."""
    return late_text(ticket, ctx)
