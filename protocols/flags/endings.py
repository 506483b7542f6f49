"""What became of the question to whoever answers for a complaint or a dispute. Source: S97."""

from __future__ import annotations

from protocols.flags.events import Flag, FlagCleared
from protocols.flags.rules import ALIVE
from protocols.flags.state import Flags
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("flag")
def asked(ticket: Ticket, parts: tuple[str, ...], events: Events, _ctx: Context) -> Became | None:
    """Return who has it, that it is none after all, or how the ticket ended before."""
    found = ticket.of(Flags).get(Flag(parts[0]))
    if found is None:
        cleared = next((event for event in events if isinstance(event, FlagCleared)), None)
        by, at = (cleared.by, cleared.at) if cleared is not None else (None, None)
        return Became("void", "flag", parts[0], by=by, at=at)
    if found.taken_by is not None:
        return Became("taken", "flag", parts[0], by=found.taken_by, at=found.taken_at)
    return over(ticket.status, "flag", parts[0], alive=ALIVE)
