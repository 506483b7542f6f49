"""How effects are addressed: the keys, streams and arguments that every plan shares.

Keys are derived from the ticket and never repeat; a stream keeps the order of what one reader
sees. Source: design, Engine, Courier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from protocols.bridge.state import BridgeState
from protocols.kernel.effects import Bridge, Effect, Gateway, Surface
from protocols.kernel.roads import URGENT_PEOPLE
from protocols.ticket import Ticket


def bridge_key(ticket: Ticket) -> str:
    """Return the key of the bridge's creation; a re-open after archiving makes the next one."""
    return _generation(ticket, "bridge")


def card_key(ticket: Ticket) -> str:
    """Return the key of the card's first posting."""
    return _generation(ticket, "card")


def _generation(ticket: Ticket, name: str) -> str:
    number = ticket.of(BridgeState).generation
    return f"{ticket.reference}/{name}" + (f"/{number}" if number > 1 else "")


def bridge_stream(ticket: Ticket) -> str:
    """Return the stream of everything that is posted or edited in the bridge."""
    return f"bridge/{ticket.reference}"


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
