"""Commands and events of calls that an account was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class AskCallback(Command):
    """The account wants to be called within so many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SayCalled(Command):
    """The account was called."""


@dataclass(frozen=True, slots=True)
class CallbackAsked(Event):
    """A call was promised."""

    NAME = "CallbackAsked"

    call_by: datetime


@dataclass(frozen=True, slots=True)
class CallbackMade(Event):
    """The promised call was made."""

    NAME = "CallbackMade"


@dataclass(frozen=True, slots=True)
class CallbackLate(Event):
    """The time of a promised call passed."""

    NAME = "CallbackLate"
