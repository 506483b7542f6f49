"""Commands and events of the tier: changed, and asked to be lower. Source: S18, S24; D12."""

from __future__ import annotations

from dataclasses import dataclass, field

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff, Who
from protocols.scales import Impact, Tier


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
class TierChanged(Event):
    """The tier was raised or lowered; from 3 or 4 another agreed to it. Source: D12."""

    NAME = "TierChanged"

    before: Tier
    after: Tier
    reason: str
    agreed_by: Who | None = None


@dataclass(frozen=True, slots=True)
class ImpactsFound(Event):
    """Criteria of a tier are met that the form did not tick. Source: S18."""

    NAME = "ImpactsFound"

    impacts: frozenset[Impact]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoweringAsked(Event):
    """A CS manager asked for a lower tier; Legal and Security on duty are asked to agree."""

    NAME = "LoweringAsked"

    number: int
    before: Tier
    after: Tier
    reason: str
    asked: tuple[Staff, ...]


@dataclass(frozen=True, slots=True)
class LoweringAgreed(Event):
    """One of Legal or Security agreed: the tier is lowered now."""

    NAME = "LoweringAgreed"

    number: int


@dataclass(frozen=True, slots=True)
class LoweringDeclined(Event):
    """One of Legal or Security keeps the tier as it is."""

    NAME = "LoweringDeclined"

    number: int


@dataclass(frozen=True, slots=True)
class LoweringLapsed(Event):
    """Nobody of Legal or Security answered in time: the tier stays."""

    NAME = "LoweringLapsed"

    number: int


@dataclass(frozen=True, slots=True)
class LoweringWithdrawn(Event):
    """Nothing is asked any more, and the tier was not lowered for it."""

    NAME = "LoweringWithdrawn"

    number: int
    why: str
