"""Who hears that somebody is gone, and that the account's channel is there again. D24, D29."""

from __future__ import annotations

from dataclasses import replace

from protocols.bridge.events import PersonLeft
from protocols.bridge.roads import bridge_post, told_inside
from protocols.bridge.set_up import card, invite, pin
from protocols.bridge.state import BridgeState
from protocols.bridge.tells import first_invited
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.losses.events import (
    BridgeBack,
    BridgeCardGone,
    BridgeLost,
    BridgeMadeAnew,
    PersonGone,
    RoadFound,
)
from protocols.rights.roads import manager_of
from protocols.roles.state import Roles
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


@tells(BridgeLost)
def bridge_lost(ticket: Ticket, event: BridgeLost, ctx: Context) -> Effects:
    """Tell the contact and the CS manager, once, with a button that makes another bridge."""
    people = {who.key: who for who in (ticket.poc, manager_of(ticket, ctx)) if who is not None}
    suffix, params = f"bridge-lost/{stamp(event.at)}", {"why": event.why}
    return tuple(
        dm(ticket, f"{suffix}/{key}", who, "bridge_lost", params) for key, who in people.items()
    )


@tells(BridgeBack)
def bridge_back(ticket: Ticket, event: BridgeBack, ctx: Context) -> Effects:
    """Say in the bridge that posting goes on."""
    return (bridge_post(ticket, f"bridge-back/{stamp(event.at)}", "bridge_back"),)


@tells(BridgeCardGone)
def card_gone(ticket: Ticket, event: BridgeCardGone, _ctx: Context) -> Effects:
    """Post the card anew, pin it, and say so in the bridge; of its pin once. Source: S184."""
    bridge, turn = ticket.of(BridgeState), stamp(event.at)
    line = bridge_post(ticket, f"card-gone/{turn}", "card_gone", {"why": event.why})
    if event.why != "pin":
        return (card(ticket), pin(ticket), line)
    first = pin(ticket)
    again = replace(first, key=f"{first.key}/again/{turn}")
    return (again, line) if bridge.pins_lost == 1 else (again,)


@tells(BridgeMadeAnew)
def made_anew(ticket: Ticket, event: BridgeMadeAnew, ctx: Context) -> Effects:
    """Invite those who were in the bridge that is lost to the new one."""
    first = {who.key for who in first_invited(ticket)}
    keys = (who.key for who in event.people if who.key not in first and ctx.is_ours(who.key))
    return tuple(invite(ticket, key, 0) for key in keys)


@tells(PersonLeft)
def left(ticket: Ticket, event: PersonLeft, ctx: Context) -> Effects:
    """Tell whoever left with a seat that it is theirs still, and the CS manager. D22, S43."""
    held = [seat.role.value for seat in ticket.of(Roles).seats
            if seat.holder is not None and seat.holder.key == event.person.key]  # fmt: skip
    if not held or not ticket.is_live:
        return ()
    suffix, params = f"left/{event.person.key}/{stamp(event.at)}", {"roles": held}
    who, manager = ctx.who(event.person.key), manager_of(ticket, ctx)
    told = [dm(ticket, f"{suffix}/self", who, "you_left", params)]
    if manager is not None and manager.key != who.key:
        of_them = {**params, "left": who.key}
        told.append(dm(ticket, f"{suffix}/manager", manager, "holder_left", of_them))
    return tuple(told)
