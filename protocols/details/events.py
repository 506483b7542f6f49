"""Commands and events of details that an account is asked for. Source: S83, S84; D45."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class GoOn(Command):
    """Go on without the answer: the clocks that waited for it run again."""

    reason: str


@dataclass(frozen=True, slots=True)
class DetailsAsked(Event):
    """The account has our questions since ``since_at``: clocks wait for its answer. Source: S84."""

    NAME = "DetailsAsked"

    number: int
    count: int
    since_at: datetime


@dataclass(frozen=True, slots=True)
class DetailsAnswered(Event):
    """The account answered at ``answered_at``: what waited goes on where it stopped. S84."""

    NAME = "DetailsAnswered"

    number: int
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class DetailsNotNeeded(Event):
    """One of us goes on without the answer."""

    NAME = "DetailsNotNeeded"

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class DetailsReminded(Event):
    """The account is reminded of our questions, for the first or second time. Source: D45."""

    NAME = "DetailsReminded"

    number: int
    turn: int


@dataclass(frozen=True, slots=True)
class DetailsToCall(Event):
    """Who has the ticket is asked to call the account for the answer. Source: D45."""

    NAME = "DetailsToCall"

    number: int


@dataclass(frozen=True, slots=True)
class DetailsBack(Event):
    """Nobody answered: it is for its owner to say how it goes on. Source: D45."""

    NAME = "DetailsBack"

    number: int
    turn: int
