"""What the account writes, says or is told by phone, and what follows. Source: D7, D19, D24."""

from __future__ import annotations

from protocols.closure.reopening import opened_again
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind, StepSettled
from protocols.ladder.rules import settle
from protocols.promises.rules import default_next
from protocols.replies import by_phone
from protocols.replies.events import (
    AccountCalled,
    CustomerSaid,
    CustomerWrote,
    RecordCall,
    RecordReply,
    RecordWords,
)
from protocols.rights.guards import need_on_ticket, need_reason
from protocols.rights.rules import speaks_for
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.releasing import delivered
from protocols.words.normal_form import words


@decides(RecordReply)
def record_reply(ticket: Ticket, command: RecordReply, ctx: Context) -> tuple[Event, ...]:
    """Record that the account wrote; a reply to a confirmed ticket opens it again. Source: D19.

    Who is not a named contact of this account is on record as from outside, and the contact is
    told; their words open nothing. Source: D32, D42.
    """
    counts = speaks_for(ticket, ctx)
    wrote = CustomerWrote(
        ctx.now,
        ctx.by,
        command.author,
        command.text,
        command.channel_id,
        command.message_ts,
        command.link,
        outside=not counts,
        answers=counts and is_asked(ticket),
    )
    if not counts:
        return (wrote,)
    if ticket.status in (Status.CONFIRMED, Status.CLOSED) and not is_thanks(command.text):
        back_at = default_next(ticket, ctx)
        again = opened_again(ticket, "the account wrote again", back_at, ctx)
        return (wrote, *again)
    return (wrote,)


def is_asked(ticket: Ticket) -> bool:
    """Say whether the account was asked if it is solved, and the answer stands out."""
    resolution = ticket.of(Closure).resolution
    asked = resolution is not None and resolution.told_at is not None
    return asked and ticket.status is Status.RESOLVED


def is_thanks(text: str) -> bool:
    """Say whether a reply only thanks; it neither closes nor re-opens. Source: D7."""
    said = [word for word in words(text) if not word.isdigit()]
    polite = {"thanks", "thank", "you", "thx", "ok", "okay", "great", "perfect", "many", "all"}
    return 0 < len(said) <= 6 and set(said) <= polite


@decides(RecordWords)
def record_words(ticket: Ticket, command: RecordWords, ctx: Context) -> tuple[Event, ...]:
    """Record what someone at the account said by phone."""
    need_on_ticket(ticket, ctx)
    need_reason(command.words)
    said = CustomerSaid(
        ctx.now, ctx.by, command.speaker, command.said_at, command.words, answers=is_asked(ticket)
    )
    return (said,)


@decides(RecordCall)
def record_call(ticket: Ticket, command: RecordCall, ctx: Context) -> tuple[Event, ...]:
    """Decide **I called**: it acknowledges, and with no other road it tells released words.

    Source: D24.
    """
    need_on_ticket(ticket, ctx)
    need_reason(command.note)
    events: list[Event] = [AccountCalled(ctx.now, ctx.by, command.note)]
    told = by_phone.to_read(ticket)
    events += delivered(ticket, told[-1], ctx.now, "", ctx) if told else ()
    if not any(isinstance(e, StepSettled) and e.kind == "acknowledge" for e in events):
        events += settle(ticket, StepKind.ACKNOWLEDGE, ctx, note="by phone")
    return tuple(events)
