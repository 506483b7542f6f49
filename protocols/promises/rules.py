"""The pre-approved texts: the only ones that leave without a second person. Source: D15, D21."""

from __future__ import annotations

from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.promises.events import PromiseKept
from protocols.promises.state import Promises
from protocols.scales import Tier
from protocols.ticket import Ticket


def next_number(ticket: Ticket) -> int:
    """Return the number of the next promise."""
    return len(ticket.of(Promises).promises) + 1


def default_next(ticket: Ticket, ctx: Context) -> datetime:
    """Return the usual instant of the next update. Source: D10."""
    update = ctx.policy.update
    return ctx.now + (update.tier4 if ticket.tier is Tier.SYSTEMIC else update.tier3)


def keep_promise(ticket: Ticket, ctx: Context, at: datetime | None = None) -> tuple[Event, ...]:
    """Return that the promise that binds is kept (now, or ``at``); nothing when none binds."""
    promise = ticket.of(Promises).promise
    return () if promise is None else (PromiseKept(at or ctx.now, ctx.by, promise.number),)
