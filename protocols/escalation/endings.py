"""What became of a question who leads an escalation. Source: S94."""

from __future__ import annotations

from protocols.escalation.events import EscalationEnded
from protocols.escalation.state import Escalation
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket

ABOUT = "escalation"


@ends("escalation")
def asked(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who leads it, or that it has ended."""
    raised = ticket.of(Escalation).now
    if raised is not None and raised.number == key.number():
        if raised.taken_by is None:
            return None
        return Became("taken", ABOUT, by=raised.taken_by, at=raised.taken_at)
    ended = next((event for event in events if isinstance(event, EscalationEnded)), None)
    if ended is not None:
        return Became("ended", ABOUT, by=ended.by, at=ended.at)
    return over(ticket.status, ABOUT) or Became("void", ABOUT)


@ends("escalated-owner")
def owner_told(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return who has taken the ticket since; the words stay, and only the buttons go."""
    watch, raised = ticket.of(TargetWatch), ticket.of(Escalation).now
    at = watch.acknowledged_at
    if raised is not None and at is not None and at >= raised.since_at:
        return Became("taken", "ticket", by=watch.acknowledged_by, at=at, keeps=True)
    return told(ticket, key, events, ctx)


@ends("escalation-late")
def told(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the ticket has ended, or is not escalated any more."""
    raised = ticket.of(Escalation).now
    if raised is not None and raised.number == key.number():
        return None
    return over(ticket.status, ABOUT) or Became("void", ABOUT)


@ends("escalation-reason")
def reason(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return who leads it since that was said; one who led it already may read it for ever."""
    ending = asked(ticket, key, events, ctx)
    taken_before = ending is not None and ending.at is not None and stamp(ending.at) < key.number(1)
    return None if taken_before and ending is not None and ending.word == "taken" else ending
