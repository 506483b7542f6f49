"""How a ticket's bridge is reached: keys, streams and arguments of what is posted or done there.

Source: design, Engine, Courier; S38, S184.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from protocols.bridge.addresses import Bridge
from protocols.bridge.state import BridgeState
from protocols.kernel.effects import Effect, Gateway, Surface
from protocols.kernel.roads import URGENT_PEOPLE, URGENT_SET_UP, dm
from protocols.people.people import Staff
from protocols.ticket import Ticket


def bridge_key(ticket: Ticket) -> str:
    """Return the key of the bridge's creation; a re-open after archiving makes the next one."""
    return _generation(ticket, "bridge")


def card_key(ticket: Ticket) -> str:
    """Return the key of the card's posting; where a person deleted it, of its newest one."""
    return _generation(ticket, "card") + _anew(ticket)


def card_slot(ticket: Ticket) -> str:
    """Return what the card's edits replace one another in."""
    return f"{ticket.reference}/card/{ticket.of(BridgeState).generation}"


def pin_key(ticket: Ticket) -> str:
    """Return the key of the card's pin."""
    return _generation(ticket, "pin") + _anew(ticket)


def _anew(ticket: Ticket) -> str:
    lost = ticket.of(BridgeState).cards_lost
    return f"/anew/{lost}" if lost else ""


def _generation(ticket: Ticket, name: str) -> str:
    number = ticket.of(BridgeState).generation
    return f"{ticket.reference}/{name}" + (f"/{number}" if number > 1 else "")


BRIDGE_CHANNEL = ["channel.id"]
"""Where in the answer to its creation the identity of a bridge's channel stands."""


def bridge_stream(ticket: Ticket) -> str:
    """Return the stream of everything that is posted or edited in the bridge."""
    return stream_of(ticket.reference)


def stream_of(reference: str) -> str:
    """Return the same by a ticket's reference."""
    return f"bridge/{reference}"


def beside(ticket: Ticket, name: str, method: str, arguments: dict[str, object]) -> Effect:
    """Return what is done to the bridge's channel as soon as it exists."""
    return Effect(
        key=_generation(ticket, name),
        gateway=Gateway.SLACK,
        method=method,
        to=Bridge(),
        arguments=arguments,
        stream=f"{name.partition('/')[0]}/{ticket.reference}",
        needs=(bridge_key(ticket),),
        urgent=URGENT_SET_UP,
    )


def topic(ticket: Ticket, why: str) -> Effect:
    """Return the topic: tier and point of contact, set on opening, tier change and hand-over."""
    return replace(
        beside(ticket, f"topic/{why}", "conversations.setTopic", {}),
        template="topic",
        surface=Surface.LATEST_ONLY,
        slot=f"{ticket.reference}/topic/{ticket.of(BridgeState).generation}",
    )


def bridge_post(
    ticket: Ticket,
    suffix: str,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    surface: Surface = Surface.MUST_ARRIVE,
    stale_at: datetime | None = None,
) -> Effect:
    """Return a message in the bridge, after its card."""
    return Effect(
        key=f"{ticket.reference}/{suffix}",
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=Bridge(),
        template=template,
        params=params or {},
        stream=bridge_stream(ticket),
        surface=surface,
        needs=(bridge_key(ticket), card_key(ticket)),
        urgent=URGENT_PEOPLE,
        stale_at=stale_at,
    )


def told_inside(
    ticket: Ticket,
    suffix: str,
    template: str,
    params: dict[str, object],
    people: tuple[Staff | None, ...],
) -> list[Effect]:
    """Return a line in the bridge, and the same by direct message to each of these people."""
    them = {who.key: who for who in people if who is not None}
    lines = [bridge_post(ticket, suffix, template, params)] if ticket.tier.has_bridge else []
    return lines + [
        dm(ticket, f"{suffix}/{key}", who, template, params) for key, who in them.items()
    ]
