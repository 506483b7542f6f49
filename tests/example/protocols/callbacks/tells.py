"""Who is asked to call, and who hears that nobody did."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.rights.roads import to_manager
from protocols.ticket import Ticket
from tests.example.protocols.callbacks.events import CallbackAsked, CallbackLate


@tells(CallbackAsked)
def asked(ticket: Ticket, event: CallbackAsked, ctx: Context) -> Effects:
    """Ask the contact to call."""
    if ticket.poc is None:
        return ()
    suffix = f"callback/{stamp(event.at)}"
    return (dm(ticket, suffix, ticket.poc, "callback", {"late": False}),)


@tells(CallbackLate)
def late(ticket: Ticket, event: CallbackLate, ctx: Context) -> Effects:
    """Tell the CS manager that nobody called."""
    return to_manager(ticket, ctx, f"callback/{stamp(event.at)}", "callback", {"late": True})
