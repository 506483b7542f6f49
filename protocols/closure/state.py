"""How a ticket ends. Source: S98-S101; D7."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.analysis.events import RcaDelivered
from protocols.closure.events import (
    AccountConfirmed,
    AskedAgain,
    CauseNamed,
    ClosedUnconfirmed,
    ConfirmationReminded,
    OpenedInError,
    ResolutionRated,
    ResolutionTold,
    TicketReopened,
    TicketResolved,
    UntoldReminded,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.replies.events import CustomerSaid, CustomerWrote
from protocols.ticket import Ticket
from protocols.updates.events import TextSentBack


@dataclass(frozen=True, slots=True)
class Resolution:
    """How the ticket was resolved and what the account said of it. Source: D7, D33.

    Attributes:
        rca_turn: How often the ticket had been opened again when its analysis began to be owed;
            None while that is as often as now.
        words_back_at: When its words came back from review.
        untold_said_at: When somebody was last reminded that the account was not told.
        told_by_phone: Whether a call told the account, so that nothing asked it in writing.
        cause: What it came from; it never leaves. Source: S101.
        said_right: Why words are right that could stand under any ticket. Source: S98.
        done: What was done, where there is no account; else its words are a text. Source: S101.
    """

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
    rca_turn: int | None = None
    words_back_at: datetime | None = None
    untold_said_at: datetime | None = None
    told_by_phone: bool = False
    wrote_at: datetime | None = None
    """When the account last wrote or said something after it was asked, whatever it was."""
    cause: str = ""
    said_right: str = ""
    done: str = ""
    check: str = ""
    stars: int = 0
    """How the account rated it, from 1 to 5; 0 while it has not. Source: M18."""
    rated_by: str = ""

    @property
    def owes_analysis(self) -> bool:
        """Say whether a written analysis is owed and not delivered."""
        return self.rca_due_at is not None and self.rca_delivered_at is None


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
    error_in_review: bool = False
    duplicate_of: str = ""
    reopened_by_account: int = 0
    """How often the account itself opened it again; its silence, and we, never count. D7."""
    asked_again: tuple[datetime, ...] = ()
    """When one of us asked once more, since silence opened it again. Source: D7."""

    @property
    def ended_at(self) -> datetime | None:
        """Return when work on it ended last: it was resolved, a mistake, or closed."""
        resolved_at = self.resolution.at if self.resolution is not None else None
        ends = [at for at in (resolved_at, self.error_at, self.closed_at) if at is not None]
        return max(ends, default=None)


def analysis_turn(closure: Closure, *, is_open_again: bool) -> int:
    """Return how often the ticket had been opened again when its analysis began to be owed. D33.

    An older release did not say so as it opened one again: it had been resolved the turn before.
    """
    turn = closure.resolution.rca_turn if closure.resolution is not None else None
    return turn if turn is not None else closure.reopened - is_open_again


@on(TicketResolved)
def _resolved(closure: Closure, event: TicketResolved) -> Closure:
    before = closure.resolution
    turn = None
    if before is not None and before.owes_analysis and before.rca_due_at == event.rca_due_at:
        turn = before.rca_turn  # The same analysis is owed on: it keeps its date. D33.
    resolution = Resolution(
        event.by,
        event.at,
        rca_due_at=event.rca_due_at,
        rca_turn=turn,
        cause=event.cause,
        said_right=event.said_right,
        done=event.done,
        check=event.check,
    )
    return replace(closure, resolution=resolution, awaits_answer=False, asked_again=())


def _resolution(closure: Closure, **changes: Any) -> Closure:
    if closure.resolution is None:
        return closure
    return replace(closure, resolution=replace(closure.resolution, **changes))


@on(CauseNamed)
def _cause_named(closure: Closure, event: CauseNamed) -> Closure:
    return _resolution(closure, cause=event.cause)


@on(ResolutionTold)
def _resolution_told(closure: Closure, event: ResolutionTold) -> Closure:
    return _resolution(closure, told_at=event.at, told_by_phone=event.by_phone)


@on(TextSentBack)
def _words_back(closure: Closure, event: TextSentBack) -> Closure:
    return _resolution(closure, words_back_at=event.at) if event.of_resolution else closure


@on(UntoldReminded)
def _untold(closure: Closure, event: UntoldReminded) -> Closure:
    return _resolution(closure, untold_said_at=event.at)


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


@on(ResolutionRated)
def _rated(closure: Closure, event: ResolutionRated) -> Closure:
    return _resolution(closure, stars=event.stars, rated_by=event.speaker)


@on(RcaDelivered)
def _rca_delivered(closure: Closure, event: RcaDelivered) -> Closure:
    return _resolution(closure, rca_delivered_at=event.at)


@on(CustomerWrote, CustomerSaid)
def _heard(closure: Closure, event: CustomerWrote | CustomerSaid) -> Closure:
    return _resolution(closure, wrote_at=event.at) if event.answers else closure


@on(TicketReopened)
def _reopened(closure: Closure, event: TicketReopened) -> Closure:
    again = replace(
        closure,
        reopened=closure.reopened + 1,
        reopened_by_account=closure.reopened_by_account + event.by_account,
        awaits_answer=event.awaits_answer,
    )
    return (
        again if event.analysis_turn is None else _resolution(again, rca_turn=event.analysis_turn)
    )


@on(AskedAgain)
def _asked_again(closure: Closure, event: AskedAgain) -> Closure:
    return replace(closure, asked_again=(*closure.asked_again, event.at))


@on(OpenedInError)
def _in_error(closure: Closure, event: OpenedInError) -> Closure:
    return replace(
        closure,
        error_reason=event.reason,
        error_at=event.at,
        error_in_review=event.ends_in_review,
        duplicate_of=event.duplicate_of,
    )


@on(ClosedUnconfirmed)
def _closed_unconfirmed(closure: Closure, event: ClosedUnconfirmed) -> Closure:
    return replace(closure, closed_at=event.at)
