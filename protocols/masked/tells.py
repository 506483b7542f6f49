"""Who hears that a number was typed that must not be kept. Source: M14; PCI 12.10.7."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.masked.events import NumberMasked
from protocols.masked.state import MaskedNumbers
from protocols.ticket import Ticket


@tells(NumberMasked)
def number_masked(ticket: Ticket, event: NumberMasked, ctx: Context) -> Effects:
    """Tell Compliance where a number was typed that must not be kept. Source: PCI 12.10.7."""
    compliance = ctx.first_on_duty("compliance", "security")
    if compliance is None:
        return ()
    suffix = f"masked/{len(ticket.of(MaskedNumbers).masked)}/{event.kind}/{event.ending}"
    params = {"kind": event.kind, "ending": event.ending, "by": event.by.key}
    return (dm(ticket, suffix, compliance, "number_masked", params),)
