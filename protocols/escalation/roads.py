"""Who reads of an escalation by its own words, and therefore not a second time. Source: S94, D8."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.escalation.events import Escalated, EscalationReason
from protocols.escalation.state import Escalation
from protocols.kernel.event import Event
from protocols.people.people import Staff
from protocols.ticket import Ticket


def leads(ticket: Ticket) -> tuple[Staff, ...]:
    """Return who leads the escalation; while nobody does, everybody who was asked to."""
    raised = ticket.of(Escalation).now
    if raised is None:
        return ()
    return (Staff(raised.taken_by),) if raised.taken_by is not None else raised.asked


def read_of_it(events: Iterable[Event], ticket: Ticket) -> frozenset[str]:
    """Return the keys of those to whom this change speaks as an escalation, or as one more reason.

    What of the change makes it one, such as a breach, stands in the same message.
    """
    found: set[str] = set()
    for event in events:
        if isinstance(event, Escalated):
            found |= {who.key for who in event.to}
            found |= {event.owner.key} if event.owner is not None else set()
        elif isinstance(event, EscalationReason):
            found |= {who.key for who in leads(ticket)}
    return frozenset(found)
