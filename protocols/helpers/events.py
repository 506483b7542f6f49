"""Commands and events of those who are called: called, called again, answered.

Source: S41; D16, D20.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class JoinBridge(Command):
    """Press **Join**: be invited, and be counted as here. Source: D16, D20."""


@dataclass(frozen=True, slots=True)
class SayOnIt(Command):
    """Press **I am on it**: answer without joining. Source: D20."""


@dataclass(frozen=True, slots=True)
class AskEngineering(Command):
    """Security asks Engineering to investigate an unusual login. Source: S30, D36."""


@dataclass(frozen=True, slots=True)
class HelperCalled(Event):
    """A holder of a duty was called to the bridge."""

    NAME = "HelperCalled"

    duty: str
    person: Staff
    heads_up: bool
    required: bool = True


@dataclass(frozen=True, slots=True)
class HelperCalledAgain(Event):
    """One called before has not answered, and was asked again."""

    NAME = "HelperCalledAgain"

    duty: str
    person: Staff


@dataclass(frozen=True, slots=True)
class HelperAnswered(Event):
    """One who was called is here, or is on it."""

    NAME = "HelperAnswered"

    duty: str
    person: Staff
    joined: bool
