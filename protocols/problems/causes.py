"""A ticket that its problem resolved has a cause on record, or somebody is asked. Source: D7, S101.

The words of a resolution are written with a cause; who has a ticket that was resolved by others'
words is asked for it, where the problem names none or the category of the ticket does not list it.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.problems.events import CauseAsked
from protocols.problems.state import ProblemAnswer
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


def wants_cause(ticket: Ticket) -> bool:
    """Say whether the words of a problem resolved a ticket, and nobody says what it came from."""
    resolution = ticket.of(Closure).resolution
    is_answered = bool(ticket.of(ProblemAnswer).draft) and not ticket.is_live
    return is_answered and resolution is not None and not resolution.cause


@dues_of
def unnamed(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when it is asked again: each business day until it is named."""
    answer, resolution = ticket.of(ProblemAnswer), ticket.of(Closure).resolution
    if resolution is not None and wants_cause(ticket):
        last_at = max(filter(None, (resolution.at, answer.cause_asked_at)))
        at = calendar.due(last_at, policy.relations.ask_again)
        yield DuePoint(f"cause_unnamed:{answer.cause_asked + 1}", "cause_unnamed", at)


@falls("cause_unnamed")
def ask(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that who has the ticket is asked again."""
    return (CauseAsked(ctx.now, ctx.by, ticket.of(ProblemAnswer).cause_asked + 1),)
