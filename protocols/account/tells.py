"""Who hears that a road to the account is closed or lost. Source: D6, D24; words.md 0 rule 4."""

from __future__ import annotations

from protocols.account.events import RoadLost, RouteChanged
from protocols.bridge.roads import bridge_post, told_inside
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(RouteChanged)
def route_changed(ticket: Ticket, event: RouteChanged, ctx: Context) -> Effects:
    """Tell whoever could write to the account at once which road is closed. Source: D6."""
    suffix = f"route/{stamp(event.at)}"
    told: list[Effect] = []
    if ticket.tier.has_bridge:
        told.append(bridge_post(ticket, suffix, "security_route"))
    if ticket.poc is not None:
        told.append(dm(ticket, f"{suffix}/contact", ticket.poc, "security_route"))
    return tuple(told)


@tells(RoadLost)
def road_lost(ticket: Ticket, event: RoadLost, ctx: Context) -> Effects:
    """Tell whoever could write to the account by which road its words go from now on. D24."""
    suffix = f"road-lost/{stamp(event.at)}"
    params: dict[str, object] = {"error": event.error}
    return tuple(
        told_inside(ticket, suffix, "road_lost", params, (ticket.poc, manager_of(ticket, ctx)))
    )
