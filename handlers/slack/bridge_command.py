"""``/bridge``: from the words typed to the verb they mean.

Source: words.md 1, 8.
"""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.doors import Doors
from handlers.kit.edge import Slash
from handlers.kit.journey import actor_of
from handlers.kit.ports import Desk, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from protocols.bridge.state import BridgeState
from protocols.rights.guards import need_staff
from templates.kit import render
from templates.kit.text import clean

_HELP = "help"
_STATUS = "status"


def bridge(doors: Doors, desk: Desk, slash: Slash) -> Answer:
    """Answer ``/bridge``.

    Raises:
        Outside: The one who typed is not one of us.
        UnknownTicket: No ticket has the reference that was typed.
    """
    need_staff(desk.context(actor_of(desk, slash)))
    typed, _, rest = clean(slash.text).strip().partition(" ")
    name, rest = typed.casefold() or _STATUS, rest.strip()
    if grammar.is_reference(typed):
        name, rest = _STATUS, typed
    act = doors.bridge_verbs.get(name)
    if act is None:
        return _not_known(doors, desk, typed, rest)
    first, _, after = rest.partition(" ")
    if grammar.is_reference(first):
        return act(desk, slash, need_ticket(desk, first.upper()), after.strip())
    here = desk.ticket_of_bridge(slash.channel_id)
    return _elsewhere(desk, slash) if here is None else act(desk, slash, here, rest)


def _not_known(doors: Doors, desk: Glance, typed: str, rest: str) -> Answer:
    if typed.casefold() == _HELP:
        return replies.said(_help(desk))
    near = "" if rest else grammar.nearest(typed.casefold(), (*doors.bridge_verbs, _HELP))
    facts = {"typed": grammar.readable(typed), "nearest": near, "bridge_command": _name(desk)}
    unknown = render.line("help_bridge_unknown", facts)
    return replies.said(unknown if near else f"{unknown}\n{_help(desk)}")


def _help(desk: Glance) -> str:
    return render.line("help_bridge", {"bridge_command": _name(desk)})


def _elsewhere(desk: Glance, slash: Slash) -> Answer:
    """Say that this is no bridge, and where theirs is."""
    bridges = (ticket.of(BridgeState) for ticket in desk.tickets_of(actor_of(desk, slash).who.key))
    own = next((bridge for bridge in bridges if bridge.channel_id), None)
    facts = {
        "bridge_command": _name(desk),
        "channel_id": own.channel_id if own is not None else "",
        "channel_name": own.channel_name if own is not None else "",
    }
    return replies.said(render.line("help_not_a_bridge", facts))


def _name(desk: Glance) -> str:
    return f"{desk.command_prefix}bridge"
