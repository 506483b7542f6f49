"""Commands and events of the bridge: its channel, who comes and goes, its call.

Source: S36-S42, S14; D9, D16, D20; T13.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class BringInNow(Command):
    """Do not wait for T+15. Source: D16."""


@dataclass(frozen=True, slots=True)
class NoteJoined(Command):
    """Slack says that a person is in the bridge's channel."""

    person: Who
    added_by: Who | None = None
    outside: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class NoteLeft(Command):
    """Slack says that a person left the bridge's channel."""

    person: Who
    late: bool = False


@dataclass(frozen=True, slots=True)
class StartCall(Command):
    """Press **Call started**. Source: S14, D20."""


@dataclass(frozen=True, slots=True)
class InvitePerson(Command):
    """Bring one more person in. Source: S42, D9."""

    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeepNinth(Command):
    """Keep a person above the bridge's size, with a reason. Source: D9."""

    person: Who
    reason: str


@dataclass(frozen=True, slots=True)
class NoteShared(Command):
    """The bridge's channel was shared outside. Source: reliability T13."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class NoteUnshared(Command):
    """The bridge's channel is ours alone again: Slack says so. Source: T13, D41.

    Attributes:
        asked_at: When Slack was asked, where it did not tell by itself; None where it did.
    """

    channel_id: str
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GoOnInBridge(Command):
    """A person says that the bridge's channel is ours alone again. Source: T13, D41.

    Attributes:
        still_shared: What Slack says of it when it is asked; None when it does not say.
    """

    still_shared: bool | None = False


@dataclass(frozen=True, slots=True)
class LeadsBroughtIn(Event):
    """The bot, or a person before it, brought in who was missing."""

    NAME = "LeadsBroughtIn"


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    """A person is to be invited to the bridge's channel."""

    NAME = "PersonInvited"

    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    """A person is in the bridge's channel; one from outside is not on the ticket for it.

    ``late`` where nobody heard them come: they were found there.
    """

    NAME = "PersonJoined"

    person: Who
    outside: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    """A person left the bridge's channel; ``helped`` when they had been called for a duty.

    It is said by the event, not found in folding: rows kept before there was this fact, and their
    journals, still make each other.
    """

    NAME = "PersonLeft"

    person: Who
    helped: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class BridgeCrowded(Event):
    """More people are in the bridge than it is meant for."""

    NAME = "BridgeCrowded"

    person: Who
    count: int


@dataclass(frozen=True, slots=True)
class NinthKept(Event):
    """A CS manager keeps one more person, with a reason."""

    NAME = "NinthKept"

    person: Who
    reason: str


@dataclass(frozen=True, slots=True)
class BridgeOpened(Event):
    """The bridge's channel exists."""

    NAME = "BridgeOpened"

    channel_id: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class BridgeSharedOutside(Event):
    """The bridge's channel was shared outside; posting there stops."""

    NAME = "BridgeSharedOutside"

    channel_id: str


@dataclass(frozen=True, slots=True)
class BridgeUnshared(Event):
    """The bridge's channel is ours alone again; posting there goes on."""

    NAME = "BridgeUnshared"


@dataclass(frozen=True, slots=True)
class BridgeWithheld(Event):
    """What waited for the bridge stayed here because people outside may read there.

    ``what`` is what of it is due again once the bridge is ours alone: ``card``, ``pin``, ``topic``,
    or ``invite/PERSON``.
    """

    NAME = "BridgeWithheld"

    what: str


@dataclass(frozen=True, slots=True)
class BridgeCaughtUp(Event):
    """The bridge takes words of ours again: what it did not get meanwhile is done now, once."""

    NAME = "BridgeCaughtUp"

    owed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StillShared(Event):
    """Some time has passed and the bridge's channel is still shared: it was said again."""

    NAME = "StillShared"


@dataclass(frozen=True, slots=True)
class BridgeArchiveAsked(Event):
    """The bridge's channel is to be archived.

    Attributes:
        lost: Whether it was closed to us by then, so that nobody is asked for it.
    """

    NAME = "BridgeArchiveAsked"

    lost: bool = False


@dataclass(frozen=True, slots=True)
class CallStarted(Event):
    """The bridge call runs."""

    NAME = "CallStarted"
