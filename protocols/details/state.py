"""What an account was asked for, since when it owes the answer, and when clocks stood still.

Source: S84, S103; D33, D45.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketResolved,
)
from protocols.details.events import (
    DetailsAnswered,
    DetailsAsked,
    DetailsBack,
    DetailsNotNeeded,
    DetailsReminded,
    DetailsToCall,
)
from protocols.kernel.changing import on
from protocols.kernel.event import Event
from protocols.kernel.record import part_of
from protocols.replies.events import AccountCalled, CustomerWrote, Place
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged
from protocols.time.calendar import Pause
from protocols.words.answers.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that are with the account and not answered.

    Attributes:
        number: The text's.
        count: How many questions.
        at: Since when the account has them.
        reminded: How often it was reminded.
        called: Whether its owner was asked to call, or has called.
        back: How often its owner was told that nobody answered, ``back_at`` when last.
        earlier: The texts that asked before it and are not answered either, oldest first.
    """

    number: int
    count: int
    at: datetime
    reminded: int = 0
    called: bool = False
    back: int = 0
    back_at: datetime | None = None
    earlier: tuple[int, ...] = ()

    @property
    def texts(self) -> tuple[int, ...]:
        """Return every text that still waits for an answer, oldest first."""
        return (*self.earlier, self.number)


def is_answer(wrote: CustomerWrote) -> bool:
    """Say whether words answer what was asked; thanks, and words beside the thread, do not."""
    if wrote.outside or wrote.place == Place.APART:
        return False
    return bool(wrote.understood) and wrote.understood != Meaning.THANKS


@part_of(Ticket, under="details")
@dataclass(frozen=True, slots=True)
class Details:
    """The questions that wait for an answer, and every time that clocks waited for one."""

    asked: Asked | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def waits(self) -> bool:
        """Say whether the account owes us an answer: clocks stand still."""
        return self.asked is not None


@on(DetailsAsked)
def _asked(details: Details, event: DetailsAsked) -> Details:
    """Questions after questions wait in one pause, which began with the first, for one answer.

    The account is reminded of all of them, from the newest on; its reply answers all. S84, D45.
    """
    pauses = details.pauses
    earlier = details.asked.texts if details.asked is not None else ()
    if details.asked is None:
        ended_at = pauses[-1].until_at if pauses else None
        from_at = event.since_at if ended_at is None else max(event.since_at, ended_at)
        pauses = (*pauses, Pause(from_at))
    return Details(Asked(event.number, event.count, event.since_at, earlier=earlier), pauses)


def _over(details: Details, at: datetime) -> Details:
    if details.asked is None:
        return details
    last = details.pauses[-1]
    return Details(None, (*details.pauses[:-1], Pause(last.from_at, max(at, last.from_at))))


@on(DetailsAnswered)
def _answered(details: Details, event: DetailsAnswered) -> Details:
    return _over(details, event.answered_at)


@on(
    DetailsNotNeeded,
    TicketResolved,
    AccountConfirmed,
    TicketClosed,
    ClosedUnconfirmed,
    OpenedInError,
)
def _ended(details: Details, event: Event) -> Details:
    return _over(details, event.at)


@on(TierChanged)
def _raised(details: Details, event: TierChanged) -> Details:
    """A bridge waits for nobody: its clocks go on, and its people ask by phone."""
    return _over(details, event.at) if event.after.has_bridge else details


@on(DetailsReminded)
def _reminded(details: Details, event: DetailsReminded) -> Details:
    return _noted(details, reminded=event.turn)


@on(DetailsToCall, AccountCalled)
def _called(details: Details, _event: DetailsToCall | AccountCalled) -> Details:
    return _noted(details, called=True)


@on(DetailsBack)
def _back(details: Details, event: DetailsBack) -> Details:
    return _noted(details, back=event.turn, back_at=event.at)


def _noted(details: Details, **changes: object) -> Details:
    if details.asked is None:
        return details
    return replace(details, asked=replace(details.asked, **changes))  # type: ignore[arg-type]
