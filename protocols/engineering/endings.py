"""What became of the question to an engineer, once it says where the loop stands. D14, D28."""

from __future__ import annotations

from protocols.engineering.state import Loop
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.targets.events import TriageStarted
from protocols.ticket import Ticket


@ends("engineer")
def asked(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who has started triage, or how the ticket ended; until then the loop says itself."""
    started = next((event for event in events if isinstance(event, TriageStarted)), None)
    if started is not None and ticket.of(Loop).asked is None:
        return Became("done", "triage", by=started.by, at=started.at)
    return over(ticket.status, "engineering")
