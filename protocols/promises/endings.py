"""What became of a promise of which somebody was reminded, or told that it passed. Source: D10."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import PUBLIC
from protocols.updates.state import Updates

ABOUT = "promise"
STILL_OWED = (Status.OPEN, Status.RESOLVED, Status.OPENED_IN_ERROR)
"""Where words that were promised may still have to come: those that end it wait for a release."""


@ends("prompt")
def prompted(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return whether the promise was kept, or has passed."""
    number = key.number()
    promise = next((p for p in ticket.of(Promises).promises if p.number == number), None)
    if promise is None:
        return None
    if promise.kept_at is not None:
        return Became("kept", ABOUT, promise.at.isoformat(), at=promise.kept_at)
    if promise.lapsed:
        return Became("passed", ABOUT, promise.at.isoformat())
    return over(ticket.status, ABOUT, promise.at.isoformat())


@ends("overdue")
def overdue(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that words came to the account after all, be it those that end the matter."""
    number = key.number()
    promise = next((p for p in ticket.of(Promises).promises if p.number == number), None)
    if promise is None:
        return None
    due = promise.at
    come = (d.delivered_at for d in ticket.of(Updates).drafts if d.kind not in PUBLIC)
    heard_at = next((at for at in come if at is not None and at > promise.made_at), None)
    if heard_at is not None:
        return Became("arrived", ABOUT, due.isoformat(), at=heard_at)
    return over(ticket.status, ABOUT, due.isoformat(), STILL_OWED)
