"""Where the loop to Engineering stands. Source: S7, D28."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.engineering.events import (
    EngineerAsked,
    EngineeringTaken,
    EngineeringTicketRecorded,
    EngineerLapsed,
    EngineersExhausted,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.ticket import Ticket


@part_of(Ticket, under="engineering")
@dataclass(frozen=True, slots=True)
class Loop:
    """Where the loop to Engineering stands.

    Attributes:
        asked: Who is asked now.
        tried: Who was asked, and has not answered or cannot.
        taken_by: The engineer who is on it.
        address: Where Engineering's own ticket is.
        exhausted_at: When nobody was left to be asked.
    """

    asked: Staff | None = None
    asked_at: datetime | None = None
    tried: tuple[Staff, ...] = ()
    taken_by: Who | None = None
    taken_at: datetime | None = None
    address: str = ""
    exhausted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether Engineering is in: an engineer is on it, or has a ticket. Source: D28."""
        return self.taken_by is not None or bool(self.address)


@on(EngineerAsked)
def _asked(loop: Loop, event: EngineerAsked) -> Loop:
    return replace(loop, asked=event.person, asked_at=event.at, exhausted_at=None)


@on(EngineerLapsed)
def _lapsed(loop: Loop, event: EngineerLapsed) -> Loop:
    return replace(loop, asked=None, asked_at=None, tried=(*loop.tried, event.person))


@on(EngineersExhausted)
def _exhausted(loop: Loop, event: EngineersExhausted) -> Loop:
    return replace(loop, exhausted_at=event.at)


@on(EngineeringTaken)
def _taken(loop: Loop, event: EngineeringTaken) -> Loop:
    return replace(loop, taken_by=event.by, taken_at=event.at, asked=None, asked_at=None)


@on(EngineeringTicketRecorded)
def _recorded(loop: Loop, event: EngineeringTicketRecorded) -> Loop:
    return replace(loop, address=event.address, asked=None, asked_at=None)
