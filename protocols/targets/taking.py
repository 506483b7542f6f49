"""Whether a ticket of Tier 1 or 2 is free to be taken, and by whom. Source: S9, D37; M26."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.rights.refusals import NotTaken
from protocols.rights.rules import may_act, may_read
from protocols.routing.state import Routing
from protocols.routing.teams import belongs_to, is_of_team, team_of
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket

FRONT_LINE = ("csm", "support", "cs-manager")
"""Duties that may have a ticket of Tier 1 or 2. Source: S2, S7, S149."""


def is_free(ticket: Ticket) -> bool:
    """Say whether nobody has taken a ticket.

    Not yet, not since it came from another team, or not since who had it is gone.
    """
    if not ticket.is_live or ticket.tier.has_bridge:
        return False
    is_taken = ticket.of(TargetWatch).acknowledged_by is not None and ticket.poc is not None
    return not is_taken or ticket.of(Routing).is_handed_on


def may_take(ticket: Ticket, ctx: Context) -> bool:
    """Say whether who asks may take it: one of its team, or with a duty of the front line."""
    return is_free(ticket) and (is_of_team(ticket, ctx) or ctx.actor.holds(*FRONT_LINE))


def may_take_from(team: str, ctx: Context) -> bool:
    """Say whether who asks may take what is free in a team's queue; without a rota all may."""
    return not ctx.has_rota or belongs_to(team, ctx) or ctx.actor.holds(*FRONT_LINE)


def may_acknowledge(ticket: Ticket, ctx: Context) -> bool:
    """Say whether who asks may say that they have a ticket: who has it, and who may take it."""
    has_it = ticket.poc is not None and ctx.is_actor(ticket.poc.key)
    return has_it or may_take_from(team_of(ticket, ctx.policy), ctx)


def need_taken(ticket: Ticket, ctx: Context) -> None:
    """Refuse who is not on a ticket and may take it: they hear to take it first. Source: D37.

    Raises:
        NotTaken: Nobody has taken it, and the actor may.
    """
    if may_read(ticket, ctx) and not may_act(ticket, ctx) and may_take(ticket, ctx):
        raise NotTaken(reference=ticket.reference)
