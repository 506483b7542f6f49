"""What became of a reminder of the written analysis. Source: S53."""

from __future__ import annotations

from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("rca")
def delivered(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the analysis is delivered."""
    resolution = ticket.of(Closure).resolution
    if resolution is None or resolution.rca_delivered_at is None:
        return None
    return Became("done", "analysis", at=resolution.rca_delivered_at)
