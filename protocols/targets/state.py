"""Since when a ticket's clocks are looked after, and what people did about them.

Source: S9, S10, D26, D33.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.opening.events import TicketOpened
from protocols.people.people import Who
from protocols.replies.events import AccountCalled, ColleagueWrote, CustomerSaid, CustomerWrote
from protocols.targets.events import (
    AccountHeard,
    Acknowledged,
    Blocked,
    BlockedNamed,
    BlockedUnanswered,
    BusinessBlocked,
    LeftOpen,
    TargetsTakenUp,
    TriageStarted,
)
from protocols.ticket import Ticket
from protocols.updates.events import TextDelivered


@part_of(Ticket, under="targets")
@dataclass(frozen=True, slots=True)
class TargetWatch:
    """What people did about the targets.

    Attributes:
        watched_at: Since when people are told of the clocks; None on a ticket of before.
        acknowledged_by: Who pressed **Acknowledge** first.
        looks: How often a person was told that it is open with no clock running.
    """

    watched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: Who | None = None
    triage_at: datetime | None = None
    looks: int = 0
    looked_at: datetime | None = None


@on(TicketOpened)
def _opened(watch: TargetWatch, event: TicketOpened) -> TargetWatch:
    return replace(watch, watched_at=event.at) if event.watched else watch


@on(TargetsTakenUp)
def _taken_up(watch: TargetWatch, event: TargetsTakenUp) -> TargetWatch:
    return replace(watch, watched_at=event.at)


@on(Acknowledged)
def _acknowledged(watch: TargetWatch, event: Acknowledged) -> TargetWatch:
    return replace(watch, acknowledged_at=event.at, acknowledged_by=event.by)


@on(TriageStarted)
def _triage(watch: TargetWatch, event: TriageStarted) -> TargetWatch:
    return replace(watch, triage_at=event.at)


@on(LeftOpen)
def _looked(watch: TargetWatch, event: LeftOpen) -> TargetWatch:
    return replace(watch, looks=watch.looks + 1, looked_at=event.at)


@part_of(Ticket, under="blocking")
@dataclass(frozen=True, slots=True)
class Blocking:
    """Whether the account says that its business is blocked, and a person has answered since.

    Attributes:
        what: What it blocks, None while nobody there has said it.
        turns: How often it was told that nobody has answered.
    """

    author: str = ""
    since_at: datetime | None = None
    answer_at: datetime | None = None
    is_owed: bool = False
    what: Blocked | None = None
    turns: int = 0


@on(BusinessBlocked)
def _blocked(_blocking: Blocking, event: BusinessBlocked) -> Blocking:
    return Blocking(event.author, event.at, event.answer_at, is_owed=True)


@on(BlockedUnanswered)
def _unanswered(blocking: Blocking, event: BlockedUnanswered) -> Blocking:
    return replace(blocking, turns=event.turn)


@on(BlockedNamed)
def _named(blocking: Blocking, event: BlockedNamed) -> Blocking:
    return replace(blocking, what=event.what)


@on(Acknowledged, AccountCalled, CustomerSaid, TextDelivered)
def _answered(
    blocking: Blocking, _event: Acknowledged | AccountCalled | CustomerSaid | TextDelivered
) -> Blocking:
    return replace(blocking, is_owed=False)


@on(ColleagueWrote)
def _answered_in_place(blocking: Blocking, event: ColleagueWrote) -> Blocking:
    """What one of us wrote before they said it answers nothing."""
    since = blocking.since_at
    is_later = since is not None and (event.written_at or event.at) >= since
    return replace(blocking, is_owed=False) if event.answers and is_later else blocking


@part_of(Ticket, under="next_reply")
@dataclass(frozen=True, slots=True)
class NextReply:
    """Since when the account waits for our answer to what it wrote; None while it does not. M17."""

    asked_at: datetime | None = None


@on(CustomerWrote, CustomerSaid)
def _asked(waits: NextReply, event: CustomerWrote | CustomerSaid) -> NextReply:
    if not event.owes or waits.asked_at is not None:
        return waits
    written_at = event.written_at if isinstance(event, CustomerWrote) else None
    return NextReply(written_at or event.at)


@on(ColleagueWrote)
def _wrote_back(waits: NextReply, event: ColleagueWrote) -> NextReply:
    is_later = waits.asked_at is not None and (event.written_at or event.at) >= waits.asked_at
    return NextReply() if event.answers and is_later else waits


@on(AccountCalled, TextDelivered, AccountConfirmed, TicketClosed, ClosedUnconfirmed, OpenedInError)
def _answered_or_ended(
    _waits: NextReply,
    _event: AccountCalled
    | TextDelivered
    | AccountConfirmed
    | TicketClosed
    | ClosedUnconfirmed
    | OpenedInError,
) -> NextReply:
    return NextReply()


@part_of(Ticket, under="cadence")
@dataclass(frozen=True, slots=True)
class Cadence:
    """When the account last had a plain answer in its thread; only where a row asks."""

    heard_at: datetime | None = None


@on(AccountHeard)
def _heard(_cadence: Cadence, event: AccountHeard) -> Cadence:
    return Cadence(event.at)
