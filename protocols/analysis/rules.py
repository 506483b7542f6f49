"""That the written analysis was delivered. Source: S53, S62."""

from __future__ import annotations

from protocols.analysis.events import RcaDelivered, RecordRca
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind, StepSettled, StepState
from protocols.ladder.state import Ladder
from protocols.rights.guards import need_on_ticket, need_reason, need_status
from protocols.status import Status
from protocols.ticket import Ticket


@decides(RecordRca)
def record_rca(ticket: Ticket, command: RecordRca, ctx: Context) -> tuple[Event, ...]:
    """Decide that the written analysis was delivered. Source: S53, S62."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.RESOLVED, Status.CONFIRMED)
    need_reason(command.link)
    step = ticket.of(Ladder).step(StepKind.RCA)
    events: list[Event] = [RcaDelivered(ctx.now, ctx.by, command.link)]
    if step is not None and step.state is StepState.OWED:
        events.append(
            StepSettled(ctx.now, ctx.by, StepKind.RCA, step.run, StepState.DONE, link=command.link)
        )
    return tuple(events)
