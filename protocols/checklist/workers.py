"""Who may say what became of a signal's actions. Source: S164."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.rights.guards import need_on_ticket, need_reader, need_status
from protocols.routing.teams import is_of_team
from protocols.ticket import Ticket
from protocols.updates.checking import ALIVE


def need_worker(ticket: Ticket, ctx: Context) -> None:
    """Refuse who is neither on the ticket nor of the team that has it.

    Raises:
        NotYours: The actor is neither.
        WrongState: The ticket was opened by mistake.
    """
    need_reader(ticket, ctx)
    if not is_of_team(ticket, ctx):
        need_on_ticket(ticket, ctx)
    need_status(ticket, *ALIVE)
