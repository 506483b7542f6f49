"""What a bridge did not get while it took no words of ours, and gets once it does.

Its card as it stands then, once, with its pin; its topic; and those who were to come in. The lines
that were not said meanwhile are not said late: the card says how it stands. Source: S65, S184; T13.
"""

from __future__ import annotations

from dataclasses import replace

from protocols.bridge.events import BridgeCaughtUp, BridgeWithheld
from protocols.bridge.roads import card_key, pin_key, topic
from protocols.bridge.set_up import card, invite, pin
from protocols.bridge.state import CARD, INVITE, PIN, TOPIC, BridgeState
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, follows, tells
from protocols.people.people import BOT
from protocols.ticket import Ticket


def held_inside(ticket: Ticket, key: str, ctx: Context) -> tuple[Event, ...]:
    """Return what of a bridge is owed because an effect for it was held back. Source: T13."""
    what = _what(ticket, key)
    if not what or what in ticket.of(BridgeState).owed:
        return ()
    return (BridgeWithheld(ctx.now, ctx.by, what),)


def _what(ticket: Ticket, key: str) -> str:
    if key in (card_key(ticket), pin_key(ticket)):
        return CARD if key == card_key(ticket) else PIN
    name, _, rest = key.removeprefix(f"{ticket.reference}/").partition("/")
    if name == TOPIC:
        return TOPIC
    return f"{INVITE}{rest.partition('/')[0]}" if name == "invite" else ""


@follows
def caught_up(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a bridge gets what it is owed, as soon as it takes words of ours."""
    bridge = ticket.of(BridgeState)
    if not bridge.owed or bridge.is_shut or bridge.archived_at is not None:
        return ()
    return (BridgeCaughtUp(ctx.now, BOT, bridge.owed),)


@tells(BridgeCaughtUp)
def done_now(ticket: Ticket, event: BridgeCaughtUp, _ctx: Context) -> Effects:
    """Do what is owed, each once: where the card is, its pin comes with it."""
    turn = stamp(event.at)
    effects = [card(ticket), pin(ticket)] if CARD in event.owed else []
    if PIN in event.owed and CARD not in event.owed:
        first = pin(ticket)
        effects.append(replace(first, key=f"{first.key}/again/{turn}"))
    if TOPIC in event.owed:
        effects.append(topic(ticket, f"again-{turn}"))
    people = (what.removeprefix(INVITE) for what in event.owed if what.startswith(INVITE))
    return (*effects, *(invite(ticket, person, turn) for person in people))
