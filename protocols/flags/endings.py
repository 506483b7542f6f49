"""What became of the question to whoever answers for a complaint or a dispute. Source: S97."""

from __future__ import annotations

from protocols.flags.events import Flag, FlagCleared, FlagDenied, FlagSet
from protocols.flags.rules import ALIVE
from protocols.flags.state import Flags
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket

PROPOSED = "flag-proposed"
"""With this begins the key of a question whether it is one; which follows, and its number."""


@ends(PROPOSED)
def proposed(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who said whether it is one, or how the ticket ended before."""
    if ticket.of(Flags).proposal(key.number(1)) is not None:
        return over(ticket.status, PROPOSED, key[0], alive=ALIVE)
    said = next((event for event in events if isinstance(event, FlagSet | FlagDenied)), None)
    if said is None:
        return Became("void", PROPOSED, key[0])
    return Became("said", PROPOSED, key[0], by=said.by, at=said.at)


@ends("flag")
def asked(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who has it, that it is none after all, or how the ticket ended before."""
    found = ticket.of(Flags).get(Flag(key[0]))
    if found is None:
        cleared = next((event for event in events if isinstance(event, FlagCleared)), None)
        by, at = (cleared.by, cleared.at) if cleared is not None else (None, None)
        return Became("void", "flag", key[0], by=by, at=at)
    if found.taken_by is not None:
        return Became("taken", "flag", key[0], by=found.taken_by, at=found.taken_at)
    return over(ticket.status, "flag", key[0], alive=ALIVE)
