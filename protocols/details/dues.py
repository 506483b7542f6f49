"""When an account that owes us details is reminded and called, and its owner told. Source: D45.

While clocks stand still something of these always comes: no silence is left to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.account.quiet import awake_at
from protocols.details.events import DetailsBack, DetailsReminded, DetailsToCall
from protocols.details.state import Asked, Details
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def silence(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield the reminders, the call on Tier 2, and when its owner hears that nobody answered."""
    asked = ticket.of(Details).asked
    if asked is None:
        return
    rule = policy.awaiting
    for turn, after in enumerate((rule.remind_first, rule.remind_second), 1):
        if asked.reminded < turn:
            at = awake_at(ticket, calendar.due(asked.at, after), policy, calendar)
            yield _point(asked, f"remind:{turn}", "details_remind", at)
    if ticket.tier is Tier.ELEVATED and not asked.called:
        at = awake_at(ticket, asked.at + rule.call_after, policy, calendar)
        yield _point(asked, "call", "details_call", at)
    after = policy.escalate.look_every if asked.back else rule.back_after
    at = calendar.due(asked.back_at or asked.at, after)
    yield _point(asked, f"back:{asked.back + 1}", "details_back", at)


def _point(asked: Asked, what: str, kind: str, at: datetime) -> NumberedPoint:
    return NumberedPoint(f"details:{asked.number}:{what}", kind, at, asked.number)


@falls("details_remind")
def remind(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the account is reminded."""
    asked = ticket.of(Details).asked
    if asked is None:
        return ()
    return (DetailsReminded(ctx.now, ctx.by, asked.number, asked.reminded + 1),)


@falls("details_call")
def call(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that who has the ticket is asked to call."""
    return (DetailsToCall(ctx.now, ctx.by, point.number),)


@falls("details_back")
def back(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that its owner hears, each business day from then on, that nobody answered."""
    asked = ticket.of(Details).asked
    return () if asked is None else (DetailsBack(ctx.now, ctx.by, asked.number, asked.back + 1),)
