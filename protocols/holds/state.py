"""The holds of a ticket. Source: S48, D17; M6."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from protocols.holds.events import (
    HoldAsked,
    HoldCleared,
    HoldKind,
    HoldStands,
    HoldStopped,
    StopAsked,
    StopLapsed,
    StopRotaExhausted,
)
from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.ticket import Ticket


class HoldState(StrEnum):
    """Where a hold stands. Source: D17."""

    ASKED = "asked"
    STOPPED = "stopped"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop: asked, confirmed by a named person, cleared by another. Source: S48, D17.

    Attributes:
        stopper: Who is asked now to stop the payments.
        tried: The keys of everyone who was asked, the one asked now among them.
        until_at: When those who may clear it are asked whether it still stands.
        looked: How often they were.
    """

    number: int
    kind: HoldKind
    state: HoldState
    asked_by: Who
    asked_at: datetime
    reason: str
    stopped_by: str = ""
    stopped_at: datetime | None = None
    cleared_by: Who | None = None
    cleared_at: datetime | None = None
    stopper: Staff | None = None
    stopper_asked_at: datetime | None = None
    tried: tuple[str, ...] = ()
    until_at: datetime | None = None
    looked: int = 0

    @property
    def in_force(self) -> bool:
        """Say whether the hold still binds."""
        return self.state is not HoldState.CLEARED


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Holds:
    """Every hold that was ever placed."""

    holds: tuple[Hold, ...] = ()

    def holds_in_force(self, kind: HoldKind) -> tuple[Hold, ...]:
        """Return the holds of a kind that still bind."""
        return tuple(hold for hold in self.holds if hold.kind is kind and hold.in_force)

    def asked_to_stop(self, person: str) -> bool:
        """Say whether a person was ever asked to stop payments for a hold of this ticket."""
        return any(person in hold.tried for hold in self.holds)


@on(HoldAsked)
def _hold_asked(holds: Holds, event: HoldAsked) -> Holds:
    asked = HoldState.ASKED
    hold = Hold(event.number, event.kind, asked, event.by, event.at, event.reason)
    return Holds((*holds.holds, replace(hold, until_at=event.until_at)))


@on(HoldStands)
def _hold_stands(holds: Holds, event: HoldStands) -> Holds:
    hold = next(h for h in holds.holds if h.number == event.number)
    changes = {"until_at": event.until_at, "looked": hold.looked + 1}
    return Holds(numbered(holds.holds, event.number, **changes))


@on(StopAsked)
def _stop_asked(holds: Holds, event: StopAsked) -> Holds:
    hold = next(h for h in holds.holds if h.number == event.number)
    tried = (*hold.tried, event.person.key)
    changes = {"stopper": event.person, "stopper_asked_at": event.at, "tried": tried}
    return Holds(numbered(holds.holds, event.number, **changes))


@on(StopLapsed, StopRotaExhausted)
def _stop_unanswered(holds: Holds, event: StopLapsed | StopRotaExhausted) -> Holds:
    return Holds(numbered(holds.holds, event.number, stopper=None, stopper_asked_at=None))


@on(HoldStopped)
def _hold_stopped(holds: Holds, event: HoldStopped) -> Holds:
    stopped = numbered(
        holds.holds,
        event.number,
        state=HoldState.STOPPED,
        stopped_by=event.confirmed_by,
        stopped_at=event.at,
    )
    return Holds(stopped)


@on(HoldCleared)
def _hold_cleared(holds: Holds, event: HoldCleared) -> Holds:
    cleared = numbered(
        holds.holds,
        event.number,
        state=HoldState.CLEARED,
        cleared_by=event.by,
        cleared_at=event.at,
    )
    return Holds(cleared)
