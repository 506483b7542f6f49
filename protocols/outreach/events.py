"""Impacted accounts are named, told, and called: the commands and events of the ticket.

Source: S23, D24.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.notices.events import Reached
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class AddImpacted(Command):
    """Name impacted accounts by their keys. Source: S23."""

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallImpacted(Command):
    """Say that an impacted account was told by phone. Source: D24."""

    account: str


@dataclass(frozen=True, slots=True)
class ImpactedNamed(Event):
    """Impacted accounts were named."""

    NAME = "ImpactedNamed"

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutreachSent(Event):
    """A released text goes to the accounts of a notice, to these for the first time."""

    NAME = "OutreachSent"

    notice: str
    number: int
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutreachHeard(Event):
    """What became of accounts with a text came back from the notice."""

    NAME = "OutreachHeard"

    number: int
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class OutreachReplied(Event):
    """An account replied to the notice; its own CSM answers it."""

    NAME = "OutreachReplied"

    account: str
    author: str
    words: str = ""
    link: str = ""
    waits: bool = True


@dataclass(frozen=True, slots=True)
class OutreachAnswered(Event):
    """One of us wrote to an account in the notice's thread, or answered it elsewhere.

    Attributes:
        stopped: What the checks of the ticket's tier would have stopped, a sentence each. D43.
    """

    NAME = "OutreachAnswered"

    account: str
    person: Who
    words: str = ""
    link: str = ""
    stopped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutreachAltered(Event):
    """Somebody changed what they wrote in the notice's thread; deleted words are empty. M4."""

    NAME = "OutreachAltered"

    account: str
    author: str
    was: str
    words: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class OutreachCalled(Event):
    """One of us told an account by phone."""

    NAME = "OutreachCalled"

    number: int
    account: str
