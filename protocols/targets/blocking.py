"""An account whose business is blocked: a person answers within the time of the policy.

Source: D45; words.md 3.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import OldButton
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import decides, dues_of, falls
from protocols.policy.policy import Policy
from protocols.replies.events import CustomerWrote
from protocols.rights.refusals import Outside
from protocols.rights.rules import speaks_for
from protocols.targets.events import (
    BlockedNamed,
    BlockedUnanswered,
    BusinessBlocked,
    SayBlocked,
    SayWhatIsBlocked,
)
from protocols.targets.people import escalation_manager, have_it
from protocols.targets.state import Blocking
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

WORDS = "It blocks my business."


@decides(SayBlocked)
def blocked(ticket: Ticket, command: SayBlocked, ctx: Context) -> tuple[Event, ...]:
    """Decide the press: it is on record as their word, and a person owes them an answer.

    A second press while the answer is owed changes nothing.

    Raises:
        Outside: The actor does not stand for the account.
    """
    if not speaks_for(ticket, ctx):
        raise Outside()
    if ticket.of(Blocking).is_owed:
        return ()
    stamp_of, channel = command.message_ts, command.channel_id
    wrote = CustomerWrote(
        ctx.now, ctx.by, command.author, WORDS, channel, stamp_of, owes=ticket.is_live
    )
    if not ticket.is_live:
        return (wrote,)
    answer_at = ctx.now + ctx.policy.escalate.blocked_within
    return (wrote, BusinessBlocked(ctx.now, ctx.by, command.author, answer_at))


@decides(SayWhatIsBlocked)
def named(ticket: Ticket, command: SayWhatIsBlocked, ctx: Context) -> tuple[Event, ...]:
    """Decide what it blocks, as the account says it; said again, or once it is solved, nothing is.

    Raises:
        Outside: The actor does not stand for the account.
        OldButton: Nobody there has said that it blocks their business.
    """
    if not speaks_for(ticket, ctx):
        raise Outside()
    blocking = ticket.of(Blocking)
    if blocking.since_at is None:
        raise OldButton(reference=ticket.reference)
    if blocking.what is command.what or not ticket.is_live:
        return ()
    return (BlockedNamed(ctx.now, ctx.by, command.author, command.what),)


@dues_of
def answer_owed(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield by when a person answers; late, it is told again and again until one has. D45."""
    blocking = ticket.of(Blocking)
    if ticket.is_live and blocking.is_owed and blocking.answer_at is not None:
        key, turns = f"blocked:{stamp(blocking.answer_at)}", blocking.turns
        at = blocking.answer_at + turns * policy.escalate.look_at_least_every
        yield DuePoint(f"{key}:{turns + 1}" if turns else key, "blocked_unanswered", at)


@falls("blocked_unanswered")
def unanswered(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the owner and the escalation manager hear that nobody answered."""
    told = dict.fromkeys((*have_it(ticket, ctx), *escalation_manager(ticket, ctx)))
    return (BlockedUnanswered(ctx.now, ctx.by, tuple(told), ticket.of(Blocking).turns + 1),)
