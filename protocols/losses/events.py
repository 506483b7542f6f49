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
class NoteBridgeLost(Command):
    """Slack says that the bridge's channel is closed to us: ``archived``, ``deleted``, ``left``."""

    channel_id: str
    why: str


@dataclass(frozen=True, slots=True)
class NoteBridgeBack(Command):
    """Slack says that the bridge's channel is open to us again."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class NoteBridgeRenamed(Command):
    """Slack says what the bridge's channel is called now."""

    channel_id: str
    name: str


@dataclass(frozen=True, slots=True)
class MakeBridgeAnew(Command):
    """Press **New bridge**: the one there was is closed to us."""


@dataclass(frozen=True, slots=True)
class NoteCardGone(Command):
    """Slack says that somebody deleted the bridge's card, or took its pin: ``deleted``, ``pin``.

    Attributes:
        why: Which of the two.
        before: How often that was on record when it was seen; None where nobody counted.
    """

    why: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class BridgeCardGone(Event):
    """Somebody deleted the card of the bridge, or took its pin off: it stands there anew."""

    NAME = "BridgeCardGone"

    why: str


@dataclass(frozen=True, slots=True)
class BridgeLost(Event):
    """The bridge's channel is closed to us; nothing is posted there any more."""

    NAME = "BridgeLost"

    channel_id: str
    why: str


@dataclass(frozen=True, slots=True)
class BridgeBack(Event):
    """The bridge's channel is open to us again; posting there goes on.

    Attributes:
        archive_owed: Whether its time to be archived had passed while it was closed to us.
    """

    NAME = "BridgeBack"

    archive_owed: bool = False


@dataclass(frozen=True, slots=True)
class BridgeRenamed(Event):
    """The bridge's channel has another name."""

    NAME = "BridgeRenamed"

    name: str


@dataclass(frozen=True, slots=True)
class BridgeMadeAnew(Event):
    """Another channel is to be the bridge; ``people`` were in the one that is lost."""

    NAME = "BridgeMadeAnew"

    people: tuple[Who, ...]


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
