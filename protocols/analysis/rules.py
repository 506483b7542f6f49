"""That the written analysis was delivered. Source: S53, S62."""

from __future__ import annotations

from protocols.analysis.events import RcaDelivered, RecordRca
from protocols.analysis.refusals import NoAnalysisOwed
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind, StepSettled, StepState
from protocols.ladder.state import Ladder
from protocols.rights.guards import need_on_ticket, need_reason
from protocols.status import Status
from protocols.ticket import Ticket


@decides(RecordRca)
def record_rca(ticket: Ticket, command: RecordRca, ctx: Context) -> tuple[Event, ...]:
    """Decide that the written analysis was delivered; an open ticket may owe it too.

    Source: S53, S62; D33.

    Raises:
        NoAnalysisOwed: None is owed.
        AlreadyDone: It is on record already.
    """
    need_on_ticket(ticket, ctx)
    need_reason(command.link)
    _need_owed(ticket)
    step = ticket.of(Ladder).step(StepKind.RCA)
    events: list[Event] = [RcaDelivered(ctx.now, ctx.by, command.link)]
    if step is not None and step.state is StepState.OWED:
        events.append(
            StepSettled(ctx.now, ctx.by, StepKind.RCA, step.run, StepState.DONE, link=command.link)
        )
    return tuple(events)


def is_owed(ticket: Ticket) -> bool:
    """Say whether a written analysis is owed now: not of what was opened by mistake. D33."""
    resolution = ticket.of(Closure).resolution
    in_error = ticket.status is Status.OPENED_IN_ERROR
    return resolution is not None and resolution.owes_analysis and not in_error


def _need_owed(ticket: Ticket) -> None:
    if is_owed(ticket):
        return
    resolution = ticket.of(Closure).resolution
    if resolution is not None and resolution.rca_delivered_at is not None:
        raise AlreadyDone(reference=ticket.reference)
    raise NoAnalysisOwed(reference=ticket.reference)
