"""Commands of the bridge: people, roles, findings, holds, the tier."""

from __future__ import annotations

from dataclasses import dataclass, field

from protocols.commands.base import Command
from protocols.people import Role, Who
from protocols.scales import Impact, Tier
from protocols.ticket_parts import HoldKind


@dataclass(frozen=True, slots=True)
class ConfirmScope(Command):
    """Say which accounts, since when, and how it was seen. Source: S36."""

    accounts: str
    since: str
    how: str


@dataclass(frozen=True, slots=True)
class BringInNow(Command):
    """Do not wait for T+15. Source: D16."""


@dataclass(frozen=True, slots=True)
class JoinBridge(Command):
    """Press **Join**: be invited, and be counted as here. Source: D16, D20."""


@dataclass(frozen=True, slots=True)
class SayOnIt(Command):
    """Press **I am on it**: answer without joining. Source: D20."""


@dataclass(frozen=True, slots=True)
class NoteJoined(Command):
    """Slack says that a person is in the bridge's channel."""

    person: Who
    added_by: Who | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class NoteLeft(Command):
    """Slack says that a person left the bridge's channel."""

    person: Who


@dataclass(frozen=True, slots=True)
class ConfirmExposure(Command):
    """Confirm financial exposure: Finance, and Legal or Compliance, are asked. Source: S41, D16."""


@dataclass(frozen=True, slots=True)
class TakeRole(Command):
    """Take a vacant role, or accept it when asked. Source: S43."""

    role: Role


@dataclass(frozen=True, slots=True)
class DeclineRole(Command):
    """Say that another should be asked. Source: D14."""

    role: Role


@dataclass(frozen=True, slots=True)
class AssignRole(Command):
    """Name someone for a role: they are asked, and hold it when they accept. Source: S43, S187."""

    role: Role
    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfferPoc(Command):
    """Offer the point of contact to another CSM. Source: S39, S187."""

    person: Who


@dataclass(frozen=True, slots=True)
class AnswerPoc(Command):
    """Accept or decline the point of contact. Source: S39, S187."""

    accept: bool


@dataclass(frozen=True, slots=True)
class StartCall(Command):
    """Press **Call started**. Source: S14, D20."""


@dataclass(frozen=True, slots=True)
class RecordFinding(Command):
    """Keep a raw technical fact, inside for ever. Source: S44, S46."""

    kind: str
    text: str
    accounts_count: int | None = None
    records_count: int | None = None


@dataclass(frozen=True, slots=True)
class RecordIsolation(Command):
    """Say where and how the affected records are isolated. Source: S45."""

    possible: bool
    text: str


@dataclass(frozen=True, slots=True)
class PlaceHold(Command):
    """Ask for a stop. Source: S48, D17."""

    kind: HoldKind
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmStopped(Command):
    """Record who confirmed that transactions are stopped. Source: D17."""

    number: int
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class ClearHold(Command):
    """Clear a hold, by another than its placer. Source: S48, D17."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeTier(Command):
    """Raise or lower the tier; ``impacts``: which criteria of Tier 4 are met. S18, S24, D12."""

    tier: Tier
    reason: str
    impacts: frozenset[Impact] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class AnswerLowering(Command):
    """Agree to a lower tier, or keep it; ``number``: the question that was read. D12."""

    number: int
    agree: bool


@dataclass(frozen=True, slots=True)
class AddImpacted(Command):
    """Name impacted accounts by their keys. Source: S23."""

    accounts: tuple[str, ...]


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
