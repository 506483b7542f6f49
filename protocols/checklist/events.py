"""Commands and events of what a signal asks to be done. Source: S25-S33."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff
from protocols.scales import Signal


@dataclass(frozen=True, slots=True)
class SettleActions(Command):
    """Say which actions are done, and which are not needed and why, each by its name.

    Attributes:
        address: Where Engineering's own ticket is. Source: D28.
        link: Where the prepared export is. Source: S31.
        check_at: When somebody is asked whether the sync has passed. Source: S33.
    """

    actions_done: tuple[str, ...] = ()
    actions_waived: tuple[str, ...] = ()
    reason: str = ""
    address: str = ""
    link: str = ""
    check_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaySynced(Command):
    """Say whether the sync has passed at a checkpoint. Source: S33."""

    number: int
    passed: bool


@dataclass(frozen=True, slots=True)
class ActionSettled(Event):
    """Somebody says that an action is done, or why it is not needed.

    Attributes:
        do: The words of the list.
        reason: Why it is not needed; empty where it is done.
        link: Where what was prepared is.
    """

    NAME = "ActionSettled"

    signal: Signal
    action: str
    do: str
    waived: bool = False
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ActionsReminded(Event):
    """Who has the ticket is reminded, once, of what is not done; ``to`` is empty if nobody is."""

    NAME = "ActionsReminded"

    undone: tuple[str, ...]
    to: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncCheckSet(Event):
    """A checkpoint is set, in place of the one before that nobody has answered. Source: S33."""

    NAME = "SyncCheckSet"

    number: int
    check_at: datetime


@dataclass(frozen=True, slots=True)
class SyncCheckAsked(Event):
    """Somebody is asked whether the sync has passed, for the ``turn``-th time. Source: S33."""

    NAME = "SyncCheckAsked"

    number: int
    turn: int
    to: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncChecked(Event):
    """Somebody says whether the sync has passed. Source: S33."""

    NAME = "SyncChecked"

    number: int
    passed: bool
