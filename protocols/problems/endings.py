"""What became of a list of tickets that a problem had not answered, and of the ask for a cause."""

from __future__ import annotations

from protocols.closure.events import CauseNamed
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.problems.causes import wants_cause
from protocols.problems.dues import is_complete
from protocols.problems.state import Problem
from protocols.ticket import Ticket

ANSWERS = "answers"
"""With this begins the key of such a list; its number follows, and who reads it."""
CAUSE = "cause"


@ends(ANSWERS)
def listed(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that a newer list says where they stand, or that nobody waits any more."""
    if ticket.is_live or is_complete(ticket):
        return Became("void", ANSWERS, keeps=True)
    newer = ticket.of(Problem).reports > key.number()
    return Became("replaced", ANSWERS, keeps=True) if newer else None


@ends(CAUSE)
def cause(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return that the cause is named, or that the ticket ends by words of its own."""
    if wants_cause(ticket):
        return None
    named = next((event for event in events if isinstance(event, CauseNamed)), None)
    if named is not None:
        return Became("said", CAUSE, by=named.by, at=named.at, keeps=True)
    return Became("void", CAUSE, keeps=True) if ticket.is_live else None
