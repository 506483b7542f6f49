"""Who hears that somebody is gone, and that the account's channel is there again. D24, D29."""

from __future__ import annotations

from protocols.bridge.roads import told_inside
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.losses.events import PersonGone, RoadFound
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(PersonGone)
def gone(ticket: Ticket, event: PersonGone, ctx: Context) -> Effects:
    """Tell the CS manager, else the contact, who is gone, and who has or is asked for each part."""
    told = manager_of(ticket, ctx) or ticket.poc
    if told is None:
        return ()
    suffix = f"gone/{event.person.key}/{stamp(event.at)}/{told.key}"
    params: dict[str, object] = {"gone": event.person.name, "parts": list(event.parts)}
    return (dm(ticket, suffix, told, "person_gone", params),)


@tells(RoadFound)
def road_found(ticket: Ticket, event: RoadFound, ctx: Context) -> Effects:
    """Tell whoever could write to the account that its words go to its channel. Source: D24."""
    suffix, people = f"road-found/{stamp(event.at)}", (ticket.poc, manager_of(ticket, ctx))
    return tuple(told_inside(ticket, suffix, "road_found", {}, people))
