"""What our own people are told: questions, prompts, role cards, the one-line bridge messages.

Whoever must act gets a direct message; the bridge gets a line for six kinds of event only.
Source: words.md 0 rule 4, 4.7-4.10; D9, D10, D14, D16.
"""

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
    return (dm(ticket, suffix, compliance.key, "number_masked", params),)
