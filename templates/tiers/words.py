"""Ids of buttons and forms, and sentences of events: tiers."""

from __future__ import annotations

from protocols.classification.state import Classification
from protocols.scales import Impact
from protocols.tiers.events import (
    ImpactsFound,
    LoweringAgreed,
    LoweringAsked,
    LoweringDeclined,
    LoweringLapsed,
    LoweringWithdrawn,
    TierChanged,
)
from protocols.tiers.state import Tiers
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says

TIER_OPEN = action("tier.open", "Change tier")
TIER_AGREE = action("tier.agree")
TIER_KEEP = action("tier.keep")
VIEW_CHANGE_TIER = form("change_tier")


@says(ImpactsFound, decided=True)
def _found(_: Scene, event: ImpactsFound) -> str:
    found = ", ".join(impact.because for impact in Impact if impact in event.impacts)
    return f'{event.by.name} found that {found}: "{event.reason}"'


@says(TierChanged, decided=True)
def _tier(scene: Scene, event: TierChanged) -> str:
    if scene.ticket.of(Classification).settled_at == event.at:
        return ""  # nobody had said a tier before
    before, after = int(event.before), int(event.after)
    agreed = f", agreed by {event.agreed_by.name}" if event.agreed_by is not None else ""
    return f'{event.by.name} changed Tier {before} to Tier {after}{agreed}: "{event.reason}"'


@says(LoweringAsked)
def _lowering_asked(_: Scene, event: LoweringAsked) -> str:
    names = ", ".join(who.name for who in event.asked)
    after = int(event.after)
    return f'{event.by.name} asked {names} to agree to Tier {after}: "{event.reason}"'


@says(LoweringAgreed, decided=True)
def _lowering_agreed(scene: Scene, event: LoweringAgreed) -> str:
    return f"{event.by.name} agreed to {_lower(scene, event.number)}"


@says(LoweringDeclined, decided=True)
def _lowering_declined(scene: Scene, event: LoweringDeclined) -> str:
    return f"{event.by.name} did not agree to {_lower(scene, event.number)}; the tier stays"


@says(LoweringLapsed)
def _lowering_lapsed(scene: Scene, event: LoweringLapsed) -> str:
    return f"nobody answered for {_lower(scene, event.number)}; the tier stays"


@says(LoweringWithdrawn)
def _lowering_withdrawn(scene: Scene, event: LoweringWithdrawn) -> str:
    return f"{_lower(scene, event.number)} is not asked for any more, because {event.why}"


def _lower(scene: Scene, number: int) -> str:
    found = scene.ticket.of(Tiers).lowering(number)
    return f"Tier {int(found.after)}" if found is not None else "a lower tier"
