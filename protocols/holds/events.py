"""Commands and events of holds: asked, stopped, cleared, and who is asked to stop payments.

Source: S48; D14, D17; M6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class PlaceHold(Command):
    """Ask for a stop; people look at it again at ``until_at``. Source: S48, D17."""

    kind: HoldKind
    reason: str
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConfirmStopped(Command):
    """Record who confirmed that transactions are stopped. Source: D17."""

    number: int
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class ClearHold(Command):
    """Clear a hold, by another than its placer. Source: S48, D17."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class HoldAsked(Event):
    """A stop was asked for; at ``until_at`` those who may clear it are asked. Source: D41."""

    NAME = "HoldAsked"

    number: int
    kind: HoldKind
    reason: str
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StopAsked(Event):
    """A holder of the duty was asked to stop the payments of a hold."""

    NAME = "StopAsked"

    number: int
    person: Staff


@dataclass(frozen=True, slots=True)
class StopLapsed(Event):
    """One who was asked to stop payments did not answer in time."""

    NAME = "StopLapsed"

    number: int
    person: Staff


@dataclass(frozen=True, slots=True)
class StopRotaExhausted(Event):
    """Nobody further on the rota can be asked to stop the payments of a hold."""

    NAME = "StopRotaExhausted"

    number: int


@dataclass(frozen=True, slots=True)
class HoldStopped(Event):
    """A named person confirmed the stop."""

    NAME = "HoldStopped"

    number: int
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class HoldStands(Event):
    """A hold is still in force at its time; it is asked about again at ``until_at``. D41."""

    NAME = "HoldStands"

    number: int
    until_at: datetime


@dataclass(frozen=True, slots=True)
class HoldCleared(Event):
    """A stop was cleared."""

    NAME = "HoldCleared"

    number: int
    reason: str


class HoldKind(StrEnum):
    """Which stop. Source: M6."""

    TRANSACTION = "transaction"
    DISCLOSURE = "disclosure"
    RETENTION = "retention"
