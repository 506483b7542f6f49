"""What became of a message that somebody waits: somebody has the ticket, or it has ended. D8, D45.

What the account wrote stays where it stands; only the buttons below it give way.
"""

from __future__ import annotations

from dataclasses import replace

from protocols.closure.endings import blocks_no_more, called
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.replies.events import CustomerSaid
from protocols.targets.events import Acknowledged
from protocols.targets.state import Blocking, TargetWatch
from protocols.ticket import Ticket
from protocols.updates.events import TextDelivered


@ends("clock")
def told(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who has taken the ticket since, or how it ended after that.

    What the account writes once work has ended is waited for too, and offers nothing to end.
    """
    watch, told_at = ticket.of(TargetWatch), key.number(1)
    if watch.acknowledged_at is not None and stamp(watch.acknowledged_at) >= told_at:
        return Became("taken", "ticket", by=watch.acknowledged_by, at=watch.acknowledged_at)
    return None if _ended_before(ticket, told_at) else over(ticket.status, "ticket")


def _ended_before(ticket: Ticket, told_at: int) -> bool:
    ended_at = ticket.of(Closure).ended_at
    return ended_at is not None and stamp(ended_at) < told_at


@ends("heard", "heard-more")
def heard(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return who has taken the ticket since the account wrote, or faces it now, or how it ended.

    The account's own line is `heard` alone: it ends when the ticket is closed.
    """
    if not key:
        return blocks_no_more(ticket, key, events, ctx)
    taken = _acknowledged(events, "words_of") or _faced(ticket, "words_of")
    ending = taken or over(ticket.status, "words_of")
    return replace(ending, keeps=True) if ending is not None else None


def _faced(ticket: Ticket, about: str) -> Became | None:
    """Return who faces the account once its ticket has a bridge: nobody acknowledges one there."""
    if not ticket.is_live or not ticket.tier.has_bridge or ticket.poc is None:
        return None
    return Became("taken", about, by=ticket.poc)


@ends("blocked", "blocked-late", "blocked-what")
def blocked(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who has answered an account whose business is blocked, or how the ticket ended."""
    if ticket.of(Blocking).is_owed:
        return over(ticket.status, "answer")
    by_words = (event.at for event in events if isinstance(event, CustomerSaid | TextDelivered))
    answered = _acknowledged(events, "answer") or called(events)
    return answered or Became("done", "answer", at=next(by_words, None))


def _acknowledged(events: Events, about: str) -> Became | None:
    found = next((event for event in events if isinstance(event, Acknowledged)), None)
    return Became("taken", about, by=found.by, at=found.at) if found is not None else None
