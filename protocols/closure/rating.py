"""What the account thinks of it: one press, in the line that answers its Yes. Source: M18."""

from __future__ import annotations

from protocols.closure.answering import has_confirmed
from protocols.closure.events import RateResolution, ResolutionRated
from protocols.closure.refusals import OurOwnPress
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides
from protocols.rights.refusals import NotMetYet
from protocols.rights.rules import speaks_for
from protocols.ticket import Ticket

STARS = range(1, 6)


@decides(RateResolution)
def rate(ticket: Ticket, command: RateResolution, ctx: Context) -> tuple[Event, ...]:
    """Decide that the account rated a resolution that it has confirmed; the first press counts.

    Raises:
        NotMetYet: Slack has not said yet who pressed.
        OurOwnPress: The one who pressed is one of us, or of another account.
        OldButton: It is not confirmed any more, or that is no such figure.
        AlreadyDone: Somebody at the account has rated it.
    """
    if not ctx.actor.is_met:
        raise NotMetYet()
    if not speaks_for(ticket, ctx):
        raise OurOwnPress(account=ticket.account.name if ticket.account else "the account")
    resolution = ticket.of(Closure).resolution
    if resolution is None or not has_confirmed(ticket) or command.stars not in STARS:
        raise OldButton(reference=ticket.reference)
    if resolution.stars:
        raise AlreadyDone(reference=ticket.reference, person=resolution.rated_by)
    return (ResolutionRated(ctx.now, ctx.by, ctx.by.name, command.stars),)
