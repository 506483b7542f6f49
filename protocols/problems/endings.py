"""What became of a list of tickets that the words of a problem had not answered."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became
from protocols.kernel.tables import Events, ends
from protocols.problems.dues import is_complete
from protocols.problems.state import Problem
from protocols.ticket import Ticket

ANSWERS = "answers"
"""With this begins the key of such a list; its number follows, and who reads it."""


@ends(ANSWERS)
def listed(ticket: Ticket, parts: tuple[str, ...], _events: Events, _ctx: Context) -> Became | None:
    """Return that a newer list says where they stand, or that nobody waits any more."""
    if ticket.is_live or is_complete(ticket):
        return Became("void", ANSWERS, keeps=True)
    newer = ticket.of(Problem).reports > int(parts[0])
    return Became("replaced", ANSWERS, keeps=True) if newer else None
