"""Plain answers in an account's thread, where a row of the policy counts what it hears. D2, D15."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import follows
from protocols.people.people import BOT
from protocols.policy.desk_steps import DeskStepKind, row_of
from protocols.replies.events import ColleagueWrote
from protocols.targets.events import AccountHeard
from protocols.ticket import Ticket


@follows
def heard(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the account has word of us, where its tier owes it within a time."""
    row = row_of(ctx.policy.desk_steps, ticket.tier, DeskStepKind.UPDATE)
    if row is None or row.within is None:
        return ()
    answered = any(isinstance(event, ColleagueWrote) and event.answers for event in events)
    return (AccountHeard(ctx.now, BOT),) if answered else ()
