"""What became of the word that a ticket has an account now, and of what is owed to it. D6."""

from __future__ import annotations

from dataclasses import replace

from protocols.account.outbound import acknowledgments
from protocols.closure.endings import called
from protocols.fixed_texts.events import FixedTextSent
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.naming.events import AccountNamed
from protocols.ticket import Ticket


@ends("account-named")
def named(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who sent the first words or called instead; the bridge's line keeps its words."""
    ending = called(events) or _sent(ticket, events) or over(ticket.status, "acknowledgment")
    return replace(ending, keeps=True) if ending is not None and not key else ending


def _sent(ticket: Ticket, events: Events) -> Became | None:
    """Return the first words that left by a press after the account was set."""
    if any(isinstance(event, AccountNamed) for event in events):
        return None
    mine = {text.key for text in acknowledgments(ticket)}
    sent = (event for event in events if isinstance(event, FixedTextSent) and event.key in mine)
    found = next(sent, None)
    return Became("sent", "acknowledgment", by=found.by, at=found.at) if found else None
