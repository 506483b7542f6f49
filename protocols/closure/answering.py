"""What an answer to *is it solved?* decides, whoever gives it and by whatever way. Source: D7, D42.

No answer is dropped: a Yes counts while the account has not confirmed, after silence opened the
ticket again, too; a No opens it again whenever it comes. Where two at the account disagree, it is
on record and told, and a person decides.
"""

from __future__ import annotations

from protocols.closure.events import AccountConfirmed
from protocols.closure.reopening import opened_again
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import WrongState
from protocols.ladder.rules import waive_rest
from protocols.promises.rules import default_next, keep_promise
from protocols.replies.events import CustomerSaid
from protocols.status import Status
from protocols.ticket import Ticket

ENDED = (Status.RESOLVED, Status.CONFIRMED, Status.CLOSED)


def has_confirmed(ticket: Ticket) -> bool:
    """Say whether the account confirmed the resolution that holds."""
    resolution = ticket.of(Closure).resolution
    confirmed = resolution is not None and resolution.confirmed_at is not None
    return confirmed and ticket.status in (Status.CONFIRMED, Status.CLOSED)


def may_confirm(ticket: Ticket) -> bool:
    """Say whether a Yes of the account closes the ticket now."""
    if ticket.status in ENDED:
        return not has_confirmed(ticket)
    return ticket.status is Status.OPEN and ticket.of(Closure).awaits_answer


def is_asked(ticket: Ticket) -> bool:
    """Say whether the account was asked whether it is solved, and its answer still counts."""
    resolution = ticket.of(Closure).resolution
    return resolution is not None and resolution.told_at is not None and may_confirm(ticket)


def confirmed(
    ticket: Ticket, speaker: str, words: str, ctx: Context, said_at: str = ""
) -> tuple[Event, ...]:
    """Return that the account confirmed, by phone where there is a time at which they said it.

    What it was promised is not waited for any more, and no step is owed but the analysis.
    """
    said = AccountConfirmed(ctx.now, ctx.by, speaker, bool(said_at), words, said_at)
    return (said, *keep_promise(ticket, ctx), *waive_rest(ticket, "confirmed first", ctx))


def not_solved(ticket: Ticket, words: str, ctx: Context) -> tuple[Event, ...]:
    """Return that the ticket is open again, on the account's word."""
    back_at = default_next(ticket, ctx)
    return opened_again(ticket, words or "not solved", back_at, ctx, by_account=True)


def answered(
    ticket: Ticket, solved: bool, speaker: str, said_at: str, words: str, ctx: Context
) -> tuple[Event, ...]:
    """Return what an answer that was pressed, or said by phone, decides.

    Raises:
        WrongState: Nobody was ever asked, or the ticket was opened in error.
    """
    if solved and may_confirm(ticket):
        return confirmed(ticket, speaker, words, ctx, said_at)
    if not solved and ticket.status in ENDED:
        said = CustomerSaid(ctx.now, ctx.by, speaker, said_at, words)
        return (said, *not_solved(ticket, words, ctx))
    if has_confirmed(ticket):
        return (CustomerSaid(ctx.now, ctx.by, speaker, said_at, words),) if words else ()
    if ticket.status is not Status.OPEN or not ticket.of(Closure).reopened:
        raise WrongState(reference=ticket.reference, status=ticket.status.value)
    answer = "yes" if solved else "no"
    return (CustomerSaid(ctx.now, ctx.by, speaker, said_at, words, answer),)
