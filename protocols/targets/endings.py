"""What became of a message about a clock: somebody has the ticket, or it has ended. Source: D8."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.targets.clocks import BREACH
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket


@ends("clock")
def told(ticket: Ticket, parts: tuple[str, ...], _events: Events, _ctx: Context) -> Became | None:
    """Return who has taken the ticket since, or how it ended."""
    watch = ticket.of(TargetWatch)
    said = parts[2] if parts[1] == BREACH else parts[1]  # A breach is named by its instant.
    if watch.acknowledged_at is not None and stamp(watch.acknowledged_at) >= int(said):
        return Became("taken", "ticket", by=watch.acknowledged_by, at=watch.acknowledged_at)
    return over(ticket.status, "ticket")
