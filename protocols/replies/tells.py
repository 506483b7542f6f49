"""Who hears that the account wrote. Source: D19."""

from __future__ import annotations

from protocols.bridge.addresses import Bridge
from protocols.bridge.roads import bridge_post, told_inside
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.replies.endings import ASKS
from protocols.replies.events import (
    HELD,
    ColleagueWrote,
    CustomerSaid,
    CustomerWrote,
    Place,
    WordsAltered,
    WordsCollected,
)
from protocols.replies.in_a_row import to_read
from protocols.replies.reading import may_be_answer, needs_a_person
from protocols.rights.roads import manager_of, to_manager
from protocols.ticket import Ticket


@tells(CustomerWrote)
def customer_wrote(ticket: Ticket, event: CustomerWrote, ctx: Context) -> Effects:
    """Tell the bridge that the account wrote; only the contact answers. Source: D19.

    What someone else from outside wrote is shown to the contact, too. Source: D32. What is written
    in a row is told together a little later.
    """
    if event.told == HELD:
        return ()
    params = {
        "author": event.author,
        "link": event.link,
        "channel_id": event.channel_id,
        "wrote_at": (event.written_at or event.at).isoformat(),
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


@tells(WordsCollected)
def told_together(ticket: Ticket, event: WordsCollected, ctx: Context) -> Effects:
    """Tell the bridge what the account wrote in a row; the contact reads the newest answer. D8."""
    key = f"in-a-row/{stamp(event.at)}"
    told: list[Effect] = []
    if ticket.tier.has_bridge and ticket.of(BridgeState).archived_at is None:
        told.append(bridge_post(ticket, key, "words_collected", collected_params(event)))
    contact, asks = ticket.poc or manager_of(ticket, ctx), to_read(ticket, event)
    if asks is not None and contact is not None:
        told.append(_to_read(ticket, f"{key}/read", contact, asks))
    return tuple(told)


def collected_params(event: WordsCollected) -> dict[str, object]:
    """Return what the words need that tell of lines in a row."""
    return {"count": event.count, "since": event.since_at.isoformat(), "to": event.at.isoformat()}


def _to_read(ticket: Ticket, key: str, contact: Staff, event: CustomerWrote) -> Effect:
    """Return the account's words for the one who says what they mean. Source: D7, D42."""
    params = {
        "author": event.author,
        "words": event.text,
        "link": event.link,
        "wrote_at": (event.written_at or event.at).isoformat(),
        "message_ts": event.message_ts,
        "apart": event.place == Place.APART,
    }
    return dm(ticket, key, contact, "reply_to_read", params)


@tells(WordsAltered)
def words_altered(ticket: Ticket, event: WordsAltered, ctx: Context) -> Effects:
    """Show the contact what the words were and what they are. Source: D19, M4."""
    params: dict[str, object] = {
        "author": event.person.name,
        "was": event.was,
        "words": event.text,
        "link": event.link,
    }
    suffix = f"altered/{event.channel_id}/{event.message_ts}/{stamp(event.at)}"
    if may_be_answer(ticket, event.person.name) and event.text:
        suffix = f"{suffix}/{ASKS}"
    contact = ticket.poc or manager_of(ticket, ctx)
    is_kept = ticket.of(BridgeState).archived_at is None
    told = told_inside(ticket, suffix, "words_altered", params, (contact,))
    return tuple(each for each in told if is_kept or not isinstance(each.to, Bridge))


@tells(ColleagueWrote)
def own_words(ticket: Ticket, event: ColleagueWrote, ctx: Context) -> Effects:
    """Tell the CS manager of a line that should not have left alone, or at all. D43, D45, S72."""
    if not (event.stops or event.needed or event.unverified):
        return ()
    params = {
        "author": event.by.name,
        "words": event.text,
        "stops": event.stops,
        "needed": event.needed,
        "unverified": event.unverified,
        "link": event.link,
    }
    key = f"own-words/{event.channel_id}/{event.message_ts}"
    return to_manager(ticket, ctx, key, "own_words", params)


@tells(CustomerSaid)
def answered_after(ticket: Ticket, event: CustomerSaid, ctx: Context) -> Effects:
    """Tell the contact of an answer that came after another one and decided nothing. D42."""
    contact = ticket.poc or manager_of(ticket, ctx)
    if not event.solved or contact is None:
        return ()
    params = {"author": event.speaker, "words": event.words, "solved": event.solved == "yes"}
    key = f"answered-after/{stamp(event.at)}"
    waits = not ticket.tier.has_bridge
    return (dm(ticket, key, contact, "answered_after", params, unasked=waits),)
