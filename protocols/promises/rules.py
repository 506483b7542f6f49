"""The next update that is promised: when it is due, and that it was kept. Source: D10, D21."""

from __future__ import annotations

from datetime import datetime, timedelta

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.policy.policy import Policy
from protocols.promises.events import PromiseKept, PromiseLapsed
from protocols.promises.state import Promises
from protocols.scales import Tier
from protocols.ticket import Ticket


def next_number(ticket: Ticket) -> int:
    """Return the number of the next promise."""
    return len(ticket.of(Promises).promises) + 1


def default_next(ticket: Ticket, ctx: Context) -> datetime:
    """Return the usual instant of the next update. Source: D10."""
    return ctx.now + usual_next(ctx.policy, ticket.tier)


def usual_next(policy: Policy, tier: Tier) -> timedelta:
    """Return after how long the next update usually comes. Source: D10."""
    return policy.update.tier4 if tier is Tier.SYSTEMIC else policy.update.tier3


def first_update_after(policy: Policy, tier: Tier) -> timedelta:
    """Return how long after the acknowledgment's start the next update is promised. Source: D10."""
    return policy.tier3.first_update if tier is Tier.CRITICAL else policy.update.tier4


def keep_promise(ticket: Ticket, ctx: Context, at: datetime | None = None) -> tuple[Event, ...]:
    """Return that the promise that binds is kept (now, or ``at``); nothing when none binds."""
    promise = ticket.of(Promises).promise
    return () if promise is None else (PromiseKept(at or ctx.now, ctx.by, promise.number),)


def drop_promise(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that the promise that binds is not owed: nobody has heard of it."""
    promise = ticket.of(Promises).promise
    if promise is None:
        return ()
    return (PromiseLapsed(ctx.now, ctx.by, promise.number, told=False, unheard=True),)
