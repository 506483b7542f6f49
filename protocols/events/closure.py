"""Events of resolution, confirmation, closure and the analysis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.events.base import Event


@dataclass(frozen=True, slots=True)
class TicketResolved(Event):
    """The ticket is resolved; the analysis is owed by ``rca_due_at`` (Tier 3 and 4)."""

    rca_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResolutionTold(Event):
    """The account was told and asked whether it is solved."""


@dataclass(frozen=True, slots=True)
class ConfirmationReminded(Event):
    """The account was asked again."""


@dataclass(frozen=True, slots=True)
class AccountConfirmed(Event):
    """Someone at the account says that it is solved."""

    speaker: str
    by_phone: bool
    words: str = ""
    said_at: str = ""


@dataclass(frozen=True, slots=True)
class TicketReopened(Event):
    """The ticket is open again."""

    reason: str
    by_silence: bool = False


@dataclass(frozen=True, slots=True)
class TicketClosed(Event):
    """Nothing is owed any more."""


@dataclass(frozen=True, slots=True)
class ClosedUnconfirmed(Event):
    """A CS manager closed a ticket whose account could not be reached."""

    reason: str
    attempted_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class OpenedInError(Event):
    """The ticket leaves the figures."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class RcaReminded(Event):
    """The owner was reminded of the written analysis."""

    late: bool


@dataclass(frozen=True, slots=True)
class RcaDelivered(Event):
    """The written analysis was delivered."""

    link: str
