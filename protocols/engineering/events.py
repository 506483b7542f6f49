"""Commands and events of the loop to Engineering. Source: S7, S26, D28."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff

ENGINEERS = ("engineer", "engineering-lead")
"""Duties that are asked for the loop, in this order."""


@dataclass(frozen=True, slots=True)
class TakeEngineering(Command):
    """An engineer presses **I am on it**. Source: D28."""


@dataclass(frozen=True, slots=True)
class DeclineEngineering(Command):
    """An engineer who was asked presses **I can't**."""


@dataclass(frozen=True, slots=True)
class RecordEngineeringTicket(Command):
    """Record the address of Engineering's own ticket. Source: S26, D28."""

    address: str


@dataclass(frozen=True, slots=True)
class EngineerAsked(Event):
    """An engineer on duty was asked."""

    NAME = "EngineerAsked"

    person: Staff


@dataclass(frozen=True, slots=True)
class EngineerLapsed(Event):
    """An engineer who was asked has not answered, or cannot."""

    NAME = "EngineerLapsed"

    person: Staff
    declined: bool = False


@dataclass(frozen=True, slots=True)
class EngineersExhausted(Event):
    """Nobody of Engineering is left to be asked; ``told`` hears of it."""

    NAME = "EngineersExhausted"

    told: Staff | None = None


@dataclass(frozen=True, slots=True)
class EngineeringTaken(Event):
    """An engineer is on it: the loop is open."""

    NAME = "EngineeringTaken"


@dataclass(frozen=True, slots=True)
class EngineeringTicketRecorded(Event):
    """Engineering has a ticket of its own: the loop is open."""

    NAME = "EngineeringTicketRecorded"

    address: str
