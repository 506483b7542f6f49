"""Commands and events of what a signal asks to be done. Source: S25-S33."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff
from protocols.scales import Signal


@dataclass(frozen=True, slots=True)
class SettleActions(Command):
    """Say which actions are done, and which are not needed and why, each by its name."""

    actions_done: tuple[str, ...] = ()
    actions_waived: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ActionSettled(Event):
    """Somebody says that an action is done, or why it is not needed.

    Attributes:
        do: The words of the list.
        reason: Why it is not needed; empty where it is done.
    """

    NAME = "ActionSettled"

    signal: Signal
    action: str
    do: str
    waived: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ActionsReminded(Event):
    """Who has the ticket is reminded, once, of what is not done; ``to`` is empty if nobody is."""

    NAME = "ActionsReminded"

    undone: tuple[str, ...]
    to: tuple[Staff, ...] = ()
