"""Events of the bridge: people, roles, findings, holds."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.events.base import Event
from protocols.people import Role, Who
from protocols.ticket_parts import HoldKind


@dataclass(frozen=True, slots=True)
class PersonAdded(Event):
    """A person is on the ticket now."""

    person: Who


@dataclass(frozen=True, slots=True)
class HelperCalled(Event):
    """A holder of a duty was called to the bridge."""

    duty: str
    person: Who
    heads_up: bool
    required: bool = True


@dataclass(frozen=True, slots=True)
class HelperCalledAgain(Event):
    """One called before has not answered, and was asked again."""

    duty: str
    person: Who


@dataclass(frozen=True, slots=True)
class HelperAnswered(Event):
    """One who was called is here, or is on it."""

    duty: str
    person: Who
    joined: bool


@dataclass(frozen=True, slots=True)
class LeadsBroughtIn(Event):
    """The bot, or a person before it, brought in who was missing."""


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    """A person is to be invited to the bridge's channel."""

    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    """A person is in the bridge's channel; one from outside is not on the ticket for it."""

    person: Who
    outside: bool = False


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    """A person left the bridge's channel; ``helped`` when they had been called for a duty.

    It is said by the event, not found in folding: rows kept before there was this fact, and their
    journals, still make each other.
    """

    person: Who
    helped: bool = False


@dataclass(frozen=True, slots=True)
class BridgeCrowded(Event):
    """More people are in the bridge than it is meant for."""

    person: Who
    count: int


@dataclass(frozen=True, slots=True)
class NinthKept(Event):
    """A CS manager keeps one more person, with a reason."""

    person: Who
    reason: str


@dataclass(frozen=True, slots=True)
class BridgeOpened(Event):
    """The bridge's channel exists."""

    channel_id: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class BridgeSharedOutside(Event):
    """The bridge's channel was shared outside; posting there stops."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class BridgeArchiveAsked(Event):
    """The bridge's channel is to be archived."""


@dataclass(frozen=True, slots=True)
class CallStarted(Event):
    """The bridge call runs."""


@dataclass(frozen=True, slots=True)
class ScopeConfirmed(Event):
    """The contact said which accounts, since when, how seen."""

    accounts: str
    since: str
    how: str


@dataclass(frozen=True, slots=True)
class ExposureConfirmed(Event):
    """Financial exposure is confirmed."""


@dataclass(frozen=True, slots=True)
class RoleAsked(Event):
    """A person was asked to take a role."""

    role: Role
    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoleTaken(Event):
    """A person holds a role."""

    role: Role
    before: Who | None = None


@dataclass(frozen=True, slots=True)
class RoleDeclined(Event):
    """A person asked for a role cannot take it."""

    role: Role
    person: Who


@dataclass(frozen=True, slots=True)
class RoleLapsed(Event):
    """A person asked for a role did not answer in time."""

    role: Role
    person: Who


@dataclass(frozen=True, slots=True)
class RotaExhausted(Event):
    """Nobody on the rota has taken a role."""

    role: Role


@dataclass(frozen=True, slots=True)
class PocOffered(Event):
    """The point of contact was offered to another."""

    person: Who


@dataclass(frozen=True, slots=True)
class PocDeclined(Event):
    """The point of contact was declined."""

    person: Who


@dataclass(frozen=True, slots=True)
class PocChanged(Event):
    """Another is the one point of contact from now on."""

    person: Who
    before: Who | None


@dataclass(frozen=True, slots=True)
class FindingRecorded(Event):
    """A raw technical fact was kept."""

    number: int
    kind: str
    text: str
    accounts_count: int | None
    records_count: int | None


@dataclass(frozen=True, slots=True)
class HoldAsked(Event):
    """A stop was asked for."""

    number: int
    kind: HoldKind
    reason: str


@dataclass(frozen=True, slots=True)
class StopAsked(Event):
    """A holder of the duty was asked to stop the payments of a hold."""

    number: int
    person: Who


@dataclass(frozen=True, slots=True)
class StopLapsed(Event):
    """One who was asked to stop payments did not answer in time."""

    number: int
    person: Who


@dataclass(frozen=True, slots=True)
class StopRotaExhausted(Event):
    """Nobody further on the rota can be asked to stop the payments of a hold."""

    number: int


@dataclass(frozen=True, slots=True)
class HoldStopped(Event):
    """A named person confirmed the stop."""

    number: int
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class HoldCleared(Event):
    """A stop was cleared."""

    number: int
    reason: str
