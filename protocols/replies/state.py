"""When the account was called by phone, and what it wrote of late. Source: D7, D24, D42."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.deliveries.events import DeliveryRevived
from protocols.deliveries.state import Deliveries
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.replies.events import (
    NOW,
    AccountCalled,
    ColleagueWrote,
    CustomerWrote,
    WordsAltered,
    WordsCollected,
)
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Calls:
    """When the account was called by phone, and how many deliveries had died by then."""

    calls: tuple[datetime, ...] = ()
    called_by: Who | None = None
    dead_when_called: int = 0


@on(AccountCalled)
def _called(calls: Calls, event: AccountCalled, before: Ticket) -> Calls:
    return Calls((*calls.calls, event.at), event.by, len(before.of(Deliveries).dead))


@on(DeliveryRevived)
def _dead_no_more(calls: Calls, event: DeliveryRevived, before: Ticket) -> Calls:
    told = before.of(Deliveries).dead[: calls.dead_when_called]
    return replace(calls, dead_when_called=len([key for key in told if key != event.key]))


KEPT = 30
"""How many of the newest messages are kept at hand; the journal has them all."""


@dataclass(frozen=True, slots=True)
class HeardMessage:
    """What someone outside wrote, for as long as it may be answered or picked as an answer."""

    by: Who
    author: str
    text: str
    at: datetime
    message_ts: str
    outside: bool = False


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Heard:
    """What the account wrote of late, the newest last. Source: D42."""

    messages: tuple[HeardMessage, ...] = ()
    answered_at: datetime | None = None
    """When one of us first answered in the thread, with no second person. Source: D15."""

    def message(self, message_ts: str) -> HeardMessage | None:
        """Return the message of a stamp, None when it is not at hand."""
        return next((m for m in reversed(self.messages) if m.message_ts == message_ts), None)

    def last_of(self, person: str) -> datetime | None:
        """Return when a person wrote last, None when they have not."""
        return next((m.at for m in reversed(self.messages) if m.by.key == person), None)


@on(CustomerWrote)
def _wrote(heard: Heard, event: CustomerWrote) -> Heard:
    if not event.understood:
        return heard  # written before words were read
    wrote = HeardMessage(
        event.by, event.author, event.text, event.at, event.message_ts, event.outside
    )
    return replace(heard, messages=(*heard.messages, wrote)[-KEPT:])


@part_of(Ticket, under="in_a_row")
@dataclass(frozen=True, slots=True)
class InARow:
    """What the account wrote since somebody was told that it wrote, and is told together.

    Attributes:
        told_at: When somebody was told last.
        since_at: When the first of those that wait was written; None when none waits.
        count: How many wait.
    """

    told_at: datetime | None = None
    since_at: datetime | None = None
    count: int = 0


@on(CustomerWrote)
def _in_a_row(row: InARow, event: CustomerWrote) -> InARow:
    if not event.told:
        return row
    if event.told == NOW:
        # Those that wait are told when it was said that they are.
        return row if row.count else replace(row, told_at=event.at)
    return replace(row, since_at=row.since_at or event.at, count=row.count + 1)


@on(WordsCollected)
def _collected(_row: InARow, event: WordsCollected) -> InARow:
    return InARow(told_at=event.at)


@on(WordsAltered)
def _altered(heard: Heard, event: WordsAltered) -> Heard:
    """Keep what stands there now: a picked answer quotes what can be read."""
    messages = tuple(
        replace(each, text=event.text) if each.message_ts == event.message_ts else each
        for each in heard.messages
        if each.message_ts != event.message_ts or event.text
    )
    return replace(heard, messages=messages)


@on(ColleagueWrote)
def _answered(heard: Heard, event: ColleagueWrote) -> Heard:
    is_first = event.answers and heard.answered_at is None
    return replace(heard, answered_at=event.at) if is_first else heard
