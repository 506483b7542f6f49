"""What an account writes in a row: the first line is told at once, the rest together. Source: D8.

Every line is on record when it comes; what is collected is how often somebody is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.replies.events import HELD, NOW, CustomerWrote, WordsCollected
from protocols.replies.reading import needs_a_person
from protocols.replies.state import Heard, HeardMessage, InARow
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.words.answers.meaning import Meaning, meaning_of

AT_ONCE = (Meaning.WORKS, Meaning.BROKEN)
"""What is told however much was written before it, unless that said the same of the ticket."""


def told_when(ticket: Ticket, understood: Meaning, ctx: Context) -> str:
    """Return whether words that come now are told now, or held and told with others."""
    last = next(reversed(ticket.of(Heard).messages), None)
    is_news = last is None or meaning_of(last.text) is not understood
    if understood in AT_ONCE and is_news:
        return NOW
    row = ticket.of(InARow)
    recent = row.told_at is not None and ctx.now < row.told_at + _span(ticket, ctx.policy)
    return HELD if recent or row.count else NOW


def _span(ticket: Ticket, policy: Policy) -> timedelta:
    return policy.collect.words if ticket.tier.has_bridge else policy.collect.messages


@dues_of
def collecting(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when what was written in a row is told, whatever became of the ticket meanwhile."""
    row = ticket.of(InARow)
    if row.count and row.told_at is not None:
        at = row.told_at + _span(ticket, policy)
        yield DuePoint(f"in-a-row:{stamp(row.told_at)}", "words_collected", at)


@falls("words_collected")
def collected(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the lines in a row are told together."""
    row = ticket.of(InARow)
    since = row.since_at or ctx.now
    return (WordsCollected(ctx.now, ctx.by, row.count, since),)


def to_read(ticket: Ticket, event: WordsCollected) -> CustomerWrote | None:
    """Return the newest of the lines in which a person is to read an answer. Source: D7, D42."""
    for line in reversed(lines(ticket, event)):
        wrote = CustomerWrote(
            line.at,
            line.by,
            line.author,
            line.text,
            "",
            line.message_ts,
            outside=line.outside,
            understood=meaning_of(line.text),
        )
        if needs_a_person(ticket, wrote):
            return wrote
    return None


def lines(ticket: Ticket, event: WordsCollected) -> tuple[HeardMessage, ...]:
    """Return those of the lines told together that are at hand, the newest last."""
    found = [m for m in ticket.of(Heard).messages if m.at >= event.since_at and m.at <= event.at]
    return tuple(found[-event.count :])
