"""Somebody who had a part in a ticket is gone, or the account's channel is. D24, D29, D39."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.account.events import Route
from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class TakeStock(Command):
    """See whether everybody and everything that a ticket counts on is still there."""


@dataclass(frozen=True, slots=True)
class PersonGone(Event):
    """One who had a part is one of us no more: Slack or the directory does not know them.

    Attributes:
        parts: What they had, or were asked for: ``contact``, the seats, the duties.
    """

    NAME = "PersonGone"

    person: Who
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadFound(Event):
    """The account's shared channel is there, again or anew: words go by ``route``. Source: D24."""

    NAME = "RoadFound"

    route: Route
