"""What became of a message about questions to an account: it answered, or need not. D45."""

from __future__ import annotations

from protocols.details.events import DetailsAnswered, DetailsNotNeeded
from protocols.details.state import Details
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket
from protocols.updates.events import DraftState
from protocols.updates.state import Updates

ABOUT = "details"


@ends("details-call", "details-back")
def silence(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return that the account has answered, or that nobody waits for it any more."""
    asked = ticket.of(Details).asked
    if asked is not None and asked.number == key.number():
        return None
    answered = next((event for event in events if isinstance(event, DetailsAnswered)), None)
    if answered is not None:
        return Became("details_came", ABOUT, at=answered.answered_at)
    dropped = next((event for event in events if isinstance(event, DetailsNotNeeded)), None)
    if dropped is not None:
        return Became("void", ABOUT, by=dropped.by, at=dropped.at)
    return over(ticket.status, ABOUT) or Became("void", ABOUT)


@ends("details-lost")
def lost(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the questions have reached the account after all, or are of no use now."""
    draft = ticket.of(Updates).draft(key.number())
    if draft is not None and draft.state is DraftState.DELIVERED:
        return Became("revived", ABOUT)
    return over(ticket.status, ABOUT)
