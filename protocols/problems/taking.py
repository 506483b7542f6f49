"""A ticket that has the same problem is resolved by the words of the problem, or is not, and why.

Each decides by itself, and afterwards is a resolved ticket as any other: its account is asked, and
confirms or opens again its own. Source: S98-S100; D7, D45; M10.
"""

from __future__ import annotations

from dataclasses import replace

from protocols.closure.causes import listed_cause
from protocols.closure.events import TicketResolved
from protocols.closure.rules import resolved_now
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.tables import decides, posts
from protocols.problems.answerable import why_not
from protocols.problems.events import (
    AnswerSaid,
    HearAnswered,
    HowFar,
    ProblemAnswered,
    ProblemNotAnswered,
    TakeAnswer,
    WhyNot,
)
from protocols.problems.state import ProblemAnswer
from protocols.ticket import Ticket
from protocols.updates import hands
from protocols.updates.approval import text_hash
from protocols.updates.events import DraftKind, TextDrafted, TextReleased
from protocols.updates.state import Updates


@decides(TakeAnswer)
def take(ticket: Ticket, command: TakeAnswer, ctx: Context) -> tuple[Event, ...]:
    """Decide whether the words of a problem resolve a ticket; the same ones never do so twice."""
    known = ticket.of(ProblemAnswer)
    is_same = (known.problem, known.number) == (command.problem, command.text.number)
    if is_same and known.stage is not HowFar.NOT_ANSWERED:
        return ()
    why = why_not(ticket, command.problem, command.text.fields, ctx)
    if why is None:
        events = _answered(ticket, command, ctx)
        if not _has_a_hand(ticket, events, command, ctx):
            return events
        why = WhyNot.HAND
    return (ProblemNotAnswered(ctx.now, ctx.by, command.problem, command.text.number, why),)


def _answered(ticket: Ticket, command: TakeAnswer, ctx: Context) -> tuple[Event, ...]:
    """Return that it is resolved, in the words of the problem, and by whom these were released.

    What the problem came from is its cause, too, where its category lists it. Source: D7.
    """
    text = command.text
    number = len(ticket.of(Updates).drafts) + 1
    hashed = text_hash(DraftKind.RESOLUTION, text.fields, None)
    kind = DraftKind.RESOLUTION
    cause = listed_cause(ticket, text.cause, ctx.policy)
    resolved = resolved_now(ticket, text.written_by, ctx)
    return (
        *(replace(e, cause=cause) if isinstance(e, TicketResolved) else e for e in resolved),
        TextDrafted(ctx.now, text.written_by, number, kind, text.fields, hashed, None),
        TextReleased(ctx.now, text.released_by, number, hashed, None),
        ProblemAnswered(ctx.now, ctx.by, command.problem, text.number, number),
    )


def _has_a_hand(
    ticket: Ticket, events: tuple[Event, ...], command: TakeAnswer, ctx: Context
) -> bool:
    """Say whether who released the words is no second person on this ticket. Source: D22."""
    after = fold(events, ticket)
    draft = after.of(Updates).drafts[-1]
    as_written = replace(draft, released_by=None)
    return command.text.released_by.key in hands.barred(after, as_written, ctx)


@posts(AnswerSaid)
def told_there(ticket: Ticket, event: AnswerSaid, _ctx: Context) -> tuple[Post, ...]:
    """Post to the problem what became of this ticket."""
    said = HearAnswered(
        event.problem, ticket.reference, event.number, event.stage, event.why, event.turn
    )
    return (Post(said),)
