"""What an account writes in a row is one line below the card. Source: D8; words.md 11.3."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.triage.events import WordsShown
from protocols.triage.state import Unshown


@dues_of
def collecting(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when what was written in a row is said below the card."""
    since_at = ticket.of(Unshown).since_at
    if since_at is not None:
        key = f"under-card:{stamp(since_at)}"
        yield DuePoint(key, "words_shown", since_at + policy.collect.words)


@falls("words_shown")
def shown(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return how much it is, and since when."""
    unshown = ticket.of(Unshown)
    return (WordsShown(ctx.now, ctx.by, unshown.count, unshown.since_at or ctx.now),)
