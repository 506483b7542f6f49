"""The bridge: how its channel, card, pin, topic and bookmark come to be and are kept current.

Only what truly depends waits: create, then the card and all else beside it, then the pin.
Source: S38, S183, S184; performance, (b).
"""

from __future__ import annotations

import re
from dataclasses import replace

from protocols.bridge.addresses import Bridge
from protocols.bridge.roads import (
    beside,
    bridge_key,
    bridge_stream,
    card_key,
    card_slot,
    pin_key,
    topic,
)
from protocols.bridge.state import BridgeState
from protocols.kernel.effects import Effect, Gateway, Surface
from protocols.kernel.roads import URGENT_SET_UP, result
from protocols.ticket import Ticket

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
NAME_LIMIT = 60


def channel_name(ticket: Ticket) -> str:
    """Return the bridge's name: reference and account, never a word of the summary."""
    if ticket.account is not None:
        subject = _NOT_IN_NAMES.sub("-", ticket.account.key.lower()).strip("-")
    else:
        subject = f"tier{int(ticket.tier)}"
    again = f"-{ticket.of(BridgeState).generation}" if ticket.of(BridgeState).generation > 1 else ""
    return f"{ticket.reference.lower()}-{subject}"[:NAME_LIMIT].rstrip("-") + again


def set_up(ticket: Ticket) -> tuple[Effect, ...]:
    """Return the effects that make the bridge."""
    create = Effect(
        key=bridge_key(ticket),
        gateway=Gateway.SLACK,
        method="conversations.create",
        to=Bridge(),
        arguments={"name": channel_name(ticket), "is_private": True},
        stream=f"create/{ticket.reference}",
        reports=True,
        urgent=URGENT_SET_UP,
    )
    return (create, card(ticket), pin(ticket), topic(ticket, "opened"), *_bookmark(ticket))


def card(ticket: Ticket) -> Effect:
    """Return the posting of the card."""
    return Effect(
        key=card_key(ticket),
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=Bridge(),
        template="card",
        stream=bridge_stream(ticket),
        needs=(bridge_key(ticket),),
        urgent=URGENT_SET_UP,
    )


def pin(ticket: Ticket) -> Effect:
    """Return the pin of the card."""
    posted = card_key(ticket)
    effect = beside(ticket, "pin", "pins.add", {"timestamp": result(posted, "ts")})
    key = pin_key(ticket)
    return replace(effect, key=key, needs=(*effect.needs, posted))


def _bookmark(ticket: Ticket) -> tuple[Effect, ...]:
    if ticket.account is None or not ticket.account.call_url:
        return ()
    arguments: dict[str, object] = {
        "title": "Join the call",
        "type": "link",
        "link": ticket.account.call_url,
    }
    return (beside(ticket, "bookmark", "bookmarks.add", arguments),)


def invite(ticket: Ticket, person: str, turn: int) -> Effect:
    """Return the invitation of one person to the bridge's channel."""
    return beside(
        ticket,
        f"invite/{person}/{turn}",
        "conversations.invite",
        {"users": [{"$person": person}]},
    )


def card_edit(ticket: Ticket, version: int) -> Effect:
    """Return the card's newest state; it replaces any older one not yet sent."""
    return Effect(
        key=f"{ticket.reference}/card-edit/{version}",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Bridge(),
        template="card",
        arguments={"ts": result(card_key(ticket), "ts")},
        stream=bridge_stream(ticket),
        surface=Surface.LATEST_ONLY,
        slot=card_slot(ticket),
        needs=(bridge_key(ticket), card_key(ticket)),
        urgent=URGENT_SET_UP,
    )


def archive(ticket: Ticket) -> Effect:
    """Return the bridge's last effect. It follows everything that is said there. Source: D18."""
    effect = beside(ticket, "archive", "conversations.archive", {})
    return replace(effect, stream=bridge_stream(ticket), urgent=0)
