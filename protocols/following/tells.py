"""Whoever follows a ticket hears that it escalates, once each. Source: S166; D8, D45."""

from __future__ import annotations

from protocols.escalation.events import Escalated
from protocols.following.rules import followers
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Who
from protocols.targets.people import owner
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged


@tells(Escalated)
def escalated(ticket: Ticket, event: Escalated, ctx: Context) -> Effects:
    """Tell who follows it, but for those who are asked to lead it or have it."""
    return _told(ticket, f"followed/{event.number}", event.to, event.why, ctx)


@tells(TierChanged)
def raised(ticket: Ticket, event: TierChanged, ctx: Context) -> Effects:
    """Tell who follows it that its tier was raised."""
    if event.after <= event.before:
        return ()
    return _told(ticket, f"followed/tier/{stamp(event.at)}", (), "", ctx)


def _told(ticket: Ticket, suffix: str, besides: tuple[Who, ...], why: str, ctx: Context) -> Effects:
    has_it = owner(ticket, ctx)
    known = (*besides, *((has_it,) if has_it is not None else ()))
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "followed", {"why": why}, unasked=True)
        for who in followers(ticket, ctx)
        if not ctx.is_actor(who.key) and not any(ctx.same(who.key, each.key) for each in known)
    )
