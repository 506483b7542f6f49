"""Events of a lower tier: asked, agreed to, declined, lapsed, withdrawn. Source: D12."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.event import Event
from protocols.people.people import Who
from protocols.scales import Tier


@dataclass(frozen=True, slots=True)
class LoweringAsked(Event):
    """A CS manager asked for a lower tier; Legal and Security on duty are asked to agree."""

    number: int
    before: Tier
    after: Tier
    reason: str
    asked: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class LoweringAgreed(Event):
    """One of Legal or Security agreed: the tier is lowered now."""

    number: int


@dataclass(frozen=True, slots=True)
class LoweringDeclined(Event):
    """One of Legal or Security keeps the tier as it is."""

    number: int


@dataclass(frozen=True, slots=True)
class LoweringLapsed(Event):
    """Nobody of Legal or Security answered in time: the tier stays."""

    number: int


@dataclass(frozen=True, slots=True)
class LoweringWithdrawn(Event):
    """Nothing is asked any more, and the tier was not lowered for it."""

    number: int
    why: str
