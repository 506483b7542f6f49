"""Who hears that the account wrote. Source: D19."""

from __future__ import annotations

from protocols.bridge.roads import bridge_post
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.replies.events import CustomerWrote
from protocols.ticket import Ticket


@tells(CustomerWrote)
def customer_wrote(ticket: Ticket, event: CustomerWrote, ctx: Context) -> Effects:
    """Tell the bridge that the account wrote; only the contact answers. Source: D19.

    What someone else from outside wrote is shown to the contact, too. Source: D32.
    """
    params = {
        "author": event.author,
        "link": event.link,
        "channel_id": event.channel_id,
        "wrote_at": event.at.isoformat(),
    }
    key = f"reply/{event.channel_id}/{event.message_ts}"
    template = "outside_wrote" if event.outside else "reply_line"
    told: list[Effect] = []
    if ticket.tier.has_bridge and ticket.of(BridgeState).archived_at is None:
        told.append(bridge_post(ticket, key, template, params))
    if event.outside and ticket.poc is not None:
        told.append(dm(ticket, f"{key}/contact", ticket.poc, template, params))
    return tuple(told)
