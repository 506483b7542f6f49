"""What became of an acknowledgment that waited for a person. Source: D6."""

from __future__ import annotations

from protocols.account.outbound import newest_acknowledgment
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.ticket import Ticket


@ends("acknowledge-prompt")
def acknowledge(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who sent it, or called instead."""
    about = "acknowledgment"
    sent = newest_acknowledgment(ticket)
    if sent is not None:
        return Became("sent", about, by=sent.sent_by, at=sent.sent_at)
    run = key.number()
    steps = ticket.of(Ladder).steps
    step = next((s for s in steps if s.kind is StepKind.ACKNOWLEDGE and s.run == run), None)
    if step is not None and step.state is StepState.DONE:
        return Became("done", about, by=step.settled_by, at=step.settled_at)
    return over(ticket.status, about)
