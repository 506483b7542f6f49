"""Whom the desk calls: the leads at T+0, the reviewers of a confirmed exposure.

Source: S40-S42; D16.
"""

from __future__ import annotations

from protocols.helpers.events import HelperCalled
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.ladder.rules import LEADS
from protocols.ticket import Ticket

LEAD_DUTIES = LEADS


def heads_up(ctx: Context, ticket: Ticket | None = None) -> list[Event]:
    """Return the heads-up to the engineering lead and the CS manager on duty. Source: S40, D16."""
    called = {helper.duty for helper in ticket.of(Helpers).helpers} if ticket is not None else set()
    events: list[Event] = []
    for duty in LEAD_DUTIES:
        who = ctx.first_on_duty(duty)
        if who is not None and duty not in called:
            events.append(HelperCalled(ctx.now, ctx.by, duty, who, heads_up=True))
    return events


def call(duties: tuple[str, ...], ctx: Context, ticket: Ticket | None = None) -> list[Event]:
    """Return the call of the first on duty for these duties, unless one was called before."""
    if ticket is not None and any(helper.duty in duties for helper in ticket.of(Helpers).helpers):
        return []
    for duty in duties:
        who = ctx.first_on_duty(duty)
        if who is not None:
            return [HelperCalled(ctx.now, ctx.by, duty, who, heads_up=False)]
    return []


def reviewers(ctx: Context, ticket: Ticket | None = None) -> list[Event]:
    """Return the calls that a confirmed exposure asks for.

    Finance, and one of Legal or Compliance; one of the two is enough. Source: S41, D9, D16.
    """
    return [
        *call(("compliance", "legal"), ctx, ticket),
        *call(("finance",), ctx, ticket),
    ]
