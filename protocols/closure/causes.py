"""What a ticket came from: one of its category's causes, for us alone. Source: S101."""

from __future__ import annotations

from protocols.closure.events import CauseNamed, NameCause
from protocols.closure.refusals import NoSuchCause
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.policy.causes import OPEN_CAUSES
from protocols.policy.policy import Policy
from protocols.rights.guards import need_on_ticket, need_status
from protocols.routing.teams import slug
from protocols.status import Status
from protocols.ticket import Ticket


def causes_of(ticket: Ticket, policy: Policy) -> tuple[str, ...]:
    """Return what a resolution of a ticket may say that it came from."""
    return tuple(dict.fromkeys((*policy.causes.get(ticket.category, ()), *OPEN_CAUSES)))


def cause_of(ticket: Ticket, chosen: str, policy: Policy) -> str:
    """Return the cause that was chosen as the list has it; empty where none was.

    Raises:
        NoSuchCause: It is none of the category's.
    """
    if not chosen.strip():
        return ""
    for cause in causes_of(ticket, policy):
        if slug(cause) == slug(chosen):
            return cause
    category = ticket.category.label
    raise NoSuchCause(reference=ticket.reference, cause=chosen, category=category)


def listed_cause(ticket: Ticket, cause: str, policy: Policy) -> str:
    """Return a cause of another ticket as this one's category lists it; empty where it does not."""
    try:
        return cause_of(ticket, cause, policy)
    except NoSuchCause:
        return ""


@decides(NameCause)
def name_cause(ticket: Ticket, command: NameCause, ctx: Context) -> tuple[Event, ...]:
    """Decide what a resolved ticket came from. Source: S101, D7.

    Raises:
        NotAllowed: The actor is not on the ticket.
        WrongState: It is not resolved.
        NoSuchCause: The cause is none of its category.
        AlreadyDone: That cause is on record.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.RESOLVED, Status.CONFIRMED, Status.CLOSED)
    cause = cause_of(ticket, command.cause, ctx.policy)
    resolution = ticket.of(Closure).resolution
    if not cause:
        category = ticket.category.label
        raise NoSuchCause(reference=ticket.reference, cause="", category=category)
    if resolution is not None and resolution.cause == cause:
        raise AlreadyDone(reference=ticket.reference)
    return (CauseNamed(ctx.now, ctx.by, cause),)
