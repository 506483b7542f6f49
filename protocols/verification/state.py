"""The newest verification since a ticket was last opened again. Source: S72."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.closure.events import TicketReopened
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.ticket import Ticket
from protocols.verification.events import Verified


@dataclass(frozen=True, slots=True)
class VerifiedHow:
    """Who verified, how, and when."""

    by: Who
    how: str
    at: datetime


@part_of(Ticket, under="verification")
@dataclass(frozen=True, slots=True)
class Verification:
    """What stands behind an amount; another category leaves it as it is."""

    last: VerifiedHow | None = None


@on(Verified)
def _verified(_verification: Verification, event: Verified) -> Verification:
    return Verification(VerifiedHow(event.by, event.how, event.at))


@on(TicketReopened)
def _reopened(_verification: Verification, _event: TicketReopened) -> Verification:
    return Verification()
