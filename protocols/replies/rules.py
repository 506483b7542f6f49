"""What the account writes, says or is told by phone, and what follows. Source: D7, D19, D24."""

from __future__ import annotations

from dataclasses import replace

from protocols.closure.answering import ENDED, confirmed, is_asked, may_confirm, not_solved
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import OldButton, WrongState
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind, StepSettled
from protocols.ladder.rules import settle
from protocols.promises.rules import keep_promise
from protocols.replies import by_phone
from protocols.replies.events import (
    AccountCalled,
    CustomerSaid,
    CustomerWrote,
    ReadAnswer,
    RecordAlteration,
    RecordCall,
    RecordReply,
    RecordWords,
    WordsAltered,
)
from protocols.replies.in_a_row import told_when
from protocols.replies.reading import decided_by, owes_answer, place_of
from protocols.replies.state import Heard
from protocols.rights.guards import need_on_ticket, need_reason
from protocols.rights.rules import speaks_for
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.releasing import delivered
from protocols.words.answers.meaning import meaning_of


@decides(RecordReply)
def record_reply(ticket: Ticket, command: RecordReply, ctx: Context) -> tuple[Event, ...]:
    """Record that the account wrote, and decide what its words plainly say. Source: D7, D19, D42.

    Who is not a named contact of this account is on record as from outside, and the contact is
    told; their words open nothing. Source: D32, D42.
    """
    counts = speaks_for(ticket, ctx)
    understood = meaning_of(command.text)
    wrote = CustomerWrote(
        ctx.now,
        ctx.by,
        command.author,
        "\n".join(filter(None, (command.text, command.attached))),
        command.channel_id,
        command.message_ts,
        command.link,
        outside=not counts,
        understood=understood,
        place=place_of(ticket, command.apart, ctx),
        answers=counts and is_asked(ticket),
        written_at=command.written_at,
        told=told_when(ticket, understood, ctx),
        owes=counts and owes_answer(ticket, understood, command.apart),
        files=command.files,
    )
    said = replace(wrote, text=command.text)
    return (wrote, *decided_by(ticket, said, ctx)) if counts else (wrote,)


@decides(RecordAlteration)
def record_alteration(ticket: Ticket, command: RecordAlteration, ctx: Context) -> tuple[Event, ...]:
    """Record words as they were and as they are; what they are now decides nothing. Source: M4."""
    altered = WordsAltered(
        ctx.now,
        ctx.by,
        command.person,
        command.was,
        command.text,
        command.channel_id,
        command.message_ts,
        command.link,
        command.written_at,
    )
    return (altered,)


@decides(ReadAnswer)
def read_answer(ticket: Ticket, command: ReadAnswer, ctx: Context) -> tuple[Event, ...]:
    """Decide what one of us reads in a message of the account: a Yes, or a No. Source: D7.

    Raises:
        OldButton: The message is not one of the account's, or no longer at hand.
        WrongState: The ticket is past the answer.
    """
    need_on_ticket(ticket, ctx)
    message = ticket.of(Heard).message(command.message_ts)
    if message is None or message.outside:
        raise OldButton(reference=ticket.reference)
    if command.solved and may_confirm(ticket):
        return confirmed(ticket, message.author, message.text, ctx)
    if not command.solved and ticket.status in ENDED:
        return not_solved(ticket, message.text, ctx)
    raise WrongState(reference=ticket.reference, status=ticket.status.value)


@decides(RecordWords)
def record_words(ticket: Ticket, command: RecordWords, ctx: Context) -> tuple[Event, ...]:
    """Record what someone at the account said by phone."""
    need_on_ticket(ticket, ctx)
    need_reason(command.words)
    said = CustomerSaid(
        ctx.now,
        ctx.by,
        command.speaker,
        command.said_at,
        command.words,
        answers=is_asked(ticket),
        owes=owes_answer(ticket, meaning_of(command.words)),
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
    events += delivered(ticket, told[-1], ctx.now, "", ctx, by_phone=True) if told else ()
    if ticket.status is Status.OPENED_IN_ERROR and not told:
        events += keep_promise(ticket, ctx)
    if not any(isinstance(e, StepSettled) and e.kind == "acknowledge" for e in events):
        events += settle(ticket, StepKind.ACKNOWLEDGE, ctx, note="by phone")
    return tuple(events)
