"""Who the CS manager of a ticket is, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping

from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects
from protocols.people.people import Staff
from protocols.ticket import Ticket


def to_manager(
    ticket: Ticket, ctx: Context, suffix: str, template: str, params: Mapping[str, object]
) -> Effects:
    """Return a message to the CS manager; nothing when nobody has the duty now."""
    manager = manager_of(ticket, ctx)
    if manager is None:
        return ()
    return (dm(ticket, f"{suffix}/manager", manager, template, params),)


def manager_of(ticket: Ticket, ctx: Context) -> Staff | None:
    """Return the ticket's CS manager, else the one on duty."""
    called = next((h.who for h in ticket.of(Helpers).helpers if h.duty == "cs-manager"), None)
    return called or ctx.first_on_duty("cs-manager")
