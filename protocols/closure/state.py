"""How a ticket ends. Source: S98-S101; D7."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.analysis.events import RcaDelivered
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    ConfirmationReminded,
    OpenedInError,
    ResolutionTold,
    TicketReopened,
    TicketResolved,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Resolution:
    """How the ticket was resolved and what the account said of it. Source: D7."""

    by: Who
    at: datetime
    told_at: datetime | None = None
    reminded_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    by_phone: bool = False
    rca_due_at: datetime | None = None
    rca_delivered_at: datetime | None = None
    confirmed_words: str = ""


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Closure:
    """How the ticket ends: its resolution, how often it was opened again, its end."""

    resolution: Resolution | None = None
    reopened: int = 0
    error_reason: str = ""
    error_at: datetime | None = None
    closed_at: datetime | None = None
    awaits_answer: bool = False
    """Whether it is open again because nobody answered; an answer that comes now counts."""


@on(TicketResolved)
def _resolved(closure: Closure, event: TicketResolved) -> Closure:
    resolution = Resolution(event.by, event.at, rca_due_at=event.rca_due_at)
    return replace(closure, resolution=resolution, awaits_answer=False)


def _resolution(closure: Closure, **changes: Any) -> Closure:
    if closure.resolution is None:
        return closure
    return replace(closure, resolution=replace(closure.resolution, **changes))


@on(ResolutionTold)
def _resolution_told(closure: Closure, event: ResolutionTold) -> Closure:
    return _resolution(closure, told_at=event.at)


@on(ConfirmationReminded)
def _reminded(closure: Closure, event: ConfirmationReminded) -> Closure:
    return _resolution(closure, reminded_at=event.at)


@on(AccountConfirmed)
def _confirmed(closure: Closure, event: AccountConfirmed) -> Closure:
    return _resolution(
        closure,
        confirmed_at=event.at,
        confirmed_by=event.speaker,
        by_phone=event.by_phone,
        confirmed_words="" if event.by_phone else event.words,
    )


@on(RcaDelivered)
def _rca_delivered(closure: Closure, event: RcaDelivered) -> Closure:
    return _resolution(closure, rca_delivered_at=event.at)


@on(TicketReopened)
def _reopened(closure: Closure, event: TicketReopened) -> Closure:
    return replace(closure, reopened=closure.reopened + 1, awaits_answer=event.awaits_answer)


@on(OpenedInError)
def _in_error(closure: Closure, event: OpenedInError) -> Closure:
    return replace(closure, error_reason=event.reason, error_at=event.at)


@on(ClosedUnconfirmed)
def _closed_unconfirmed(closure: Closure, event: ClosedUnconfirmed) -> Closure:
    return replace(closure, closed_at=event.at)
