"""Who hears that the account wrote. Source: D19."""

from __future__ import annotations

from protocols.bridge.roads import bridge_post
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.replies.events import CustomerSaid, CustomerWrote, Place
from protocols.replies.reading import needs_a_person
from protocols.rights.roads import manager_of
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
    contact = ticket.poc or manager_of(ticket, ctx)
    if event.outside and ticket.poc is not None:
        told.append(dm(ticket, f"{key}/contact", ticket.poc, template, params))
    if contact is not None and needs_a_person(ticket, event):
        told.append(_to_read(ticket, f"{key}/read", contact, event))
    return tuple(told)


def _to_read(ticket: Ticket, key: str, contact: Staff, event: CustomerWrote) -> Effect:
    """Return the account's words for the one who says what they mean. Source: D7, D42."""
    params = {
        "author": event.author,
        "words": event.text,
        "link": event.link,
        "wrote_at": event.at.isoformat(),
        "message_ts": event.message_ts,
        "apart": event.place == Place.APART,
    }
    return dm(ticket, key, contact, "reply_to_read", params)


@tells(CustomerSaid)
def answered_after(ticket: Ticket, event: CustomerSaid, ctx: Context) -> Effects:
    """Tell the contact of an answer that came after another one and decided nothing. D42."""
    contact = ticket.poc or manager_of(ticket, ctx)
    if not event.solved or contact is None:
        return ()
    params = {"author": event.speaker, "words": event.words, "solved": event.solved == "yes"}
    key = f"answered-after/{stamp(event.at)}"
    return (dm(ticket, key, contact, "answered_after", params),)
