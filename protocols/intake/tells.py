"""What an account sees of being heard: the ticket emoji, then one line. Source: M16; S81."""

from __future__ import annotations

from datetime import timedelta

from protocols.account.addresses import Channel
from protocols.intake.events import ReportHeard
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Gateway, Surface
from protocols.kernel.roads import URGENT_CUSTOMER
from protocols.kernel.tables import Effects, tells
from protocols.ticket import Ticket

EMOJI = "ticket"
_MARK_WITHIN = timedelta(minutes=10)
"""After so long the mark says nothing that the line has not said."""


@tells(ReportHeard)
def marked(ticket: Ticket, event: ReportHeard, ctx: Context) -> Effects:
    """Put the ticket emoji on the message, once."""
    effect = Effect(
        key=f"{ticket.reference}/mark",
        gateway=Gateway.SLACK,
        method="reactions.add",
        to=Channel(event.channel_id),
        arguments={"timestamp": event.message_ts, "name": EMOJI},
        stream=f"mark/{event.channel_id}",
        surface=Surface.DROP_IF_STALE,
        urgent=URGENT_CUSTOMER,
        stale_at=ctx.now + _MARK_WITHIN,
    )
    return (effect,)
