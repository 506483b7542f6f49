"""Commands and events of what a signal asks to be done. Source: S25-S33."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff, Who
from protocols.scales import Signal


@dataclass(frozen=True, slots=True)
class SettleActions(Command):
    """Say which actions are done, and which are not needed and why, each by its name.

    Attributes:
        address: Where Engineering's own ticket is. Source: D28.
        link: Where the prepared export is. Source: S31.
        check_at: When somebody is asked whether the sync has passed. Source: S33.
        window_person: Who is there for the account from then to then. Source: S31.
        sample_at: Where sample data is that came another way than with their words. Source: S27.
        error_code: What their integration answers with, as it stands there. Source: S33.
    """

    actions_done: tuple[str, ...] = ()
    actions_waived: tuple[str, ...] = ()
    reason: str = ""
    address: str = ""
    link: str = ""
    check_at: datetime | None = None
    window_person: Who | None = None
    window_from: datetime | None = None
    window_to: datetime | None = None
    sample_at: str = ""
    error_code: str = ""


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
        where: Where they say that what was asked for is, in their words.
    """

    NAME = "ActionSettled"

    signal: Signal
    action: str
    do: str
    waived: bool = False
    reason: str = ""
    link: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class SampleCame(Event):
    """The account sent a file after we wrote to it, where sample data was owed. Source: S27."""

    NAME = "SampleCame"

    author: str
    files: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class ActionsReminded(Event):
    """Who has the ticket is reminded of what is not done; ``to`` is empty if nobody is.

    Once, and again each business day while a file is owed: ``turn`` counts, and is 0 in events of
    an earlier release.
    """

    NAME = "ActionsReminded"

    undone: tuple[str, ...]
    to: tuple[Staff, ...] = ()
    turn: int = 0


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


@dataclass(frozen=True, slots=True)
class WindowGiven(Event):
    """Somebody is there for the account from then to then, in place of the window before. S31.

    ``instead_of`` had the window before, and has none now.
    """

    NAME = "WindowGiven"

    number: int
    person: Staff
    from_at: datetime
    to_at: datetime
    instead_of: Staff | None = None


@dataclass(frozen=True, slots=True)
class WindowBegan(Event):
    """A support window begins: its person hears what comes, and the ticket goes first. S31."""

    NAME = "WindowBegan"

    number: int


@dataclass(frozen=True, slots=True)
class WindowEnded(Event):
    """A support window is over. Source: S31."""

    NAME = "WindowEnded"

    number: int
