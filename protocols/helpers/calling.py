"""Whom the desk calls: the leads at T+0, the reviewers of a confirmed exposure.

Source: S40-S42; D16.
"""

from __future__ import annotations

from protocols.engineering.state import Loop
from protocols.helpers.events import HelperCalled
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.ladder.rules import LEADS
from protocols.opening.events import Opening
from protocols.scales import Signal
from protocols.ticket import Ticket

LEAD_DUTIES = LEADS
ENGINEERING = "engineering-lead"


def engineering_waits(ticket: Ticket) -> bool:
    """Say whether nobody of Engineering is asked yet, because Security has not asked for it. D36.

    Source: S30, D36.
    """
    called = any(helper.duty == ENGINEERING for helper in ticket.of(Helpers).helpers)
    asked = called or ticket.of(Loop) != Loop()
    return ticket.of(Opening).signal is Signal.UNUSUAL_LOGIN and not asked


def heads_up(
    ctx: Context, ticket: Ticket | None = None, *, signal: Signal | None = None
) -> list[Event]:
    """Return the heads-up to the engineering lead and the CS manager on duty.

    On an unusual login Engineering is asked when Security asks for it. Source: S40, D16, D36.
    """
    waits = signal is Signal.UNUSUAL_LOGIN or (ticket is not None and engineering_waits(ticket))
    called = {helper.duty for helper in ticket.of(Helpers).helpers} if ticket is not None else set()
    events: list[Event] = []
    for duty in LEAD_DUTIES:
        who = ctx.first_on_duty(duty)
        if who is not None and duty not in called and not (waits and duty == ENGINEERING):
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
