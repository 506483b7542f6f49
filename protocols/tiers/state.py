"""How the tier came about. Source: S18-S24; D12."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.scales import Impact, Tier
from protocols.ticket import Ticket
from protocols.tiers.events import (
    ImpactsFound,
    LoweringAgreed,
    LoweringAsked,
    LoweringDeclined,
    LoweringLapsed,
    LoweringWithdrawn,
    TierChanged,
)


class LoweringState(StrEnum):
    """What became of the question."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Lowering:
    """A question to Legal and Security; until one of them agrees the tier stays. Source: D12."""

    number: int
    before: Tier
    after: Tier
    asked_by: Staff
    asked_at: datetime
    reason: str
    asked: tuple[Staff, ...] = ()
    state: LoweringState = LoweringState.ASKED
    settled_by: Who | None = None
    settled_at: datetime | None = None
    why: str = ""

    @property
    def waits(self) -> bool:
        """Say whether nobody has answered yet."""
        return self.state is LoweringState.ASKED


@dataclass(frozen=True, slots=True)
class TierChange:
    """A raise or a lowering of the tier. Source: S24."""

    before: Tier
    after: Tier
    by: Who
    at: datetime
    reason: str


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Tiers:
    """How the tier came about: what was found, what was changed, what was asked."""

    tier_changes: tuple[TierChange, ...] = ()
    impacts_found: frozenset[Impact] = frozenset()
    lowerings: tuple[Lowering, ...] = ()

    def lowering(self, number: int) -> Lowering | None:
        """Return the question about a lower tier with this number."""
        return next((one for one in self.lowerings if one.number == number), None)

    @property
    def waiting_lowering(self) -> Lowering | None:
        """Return the question about a lower tier that nobody has answered yet."""
        return next((one for one in reversed(self.lowerings) if one.waits), None)


@on(TierChanged)
def _tier_changed(tiers: Tiers, event: TierChanged) -> Tiers:
    change = TierChange(event.before, event.after, event.by, event.at, event.reason)
    return replace(tiers, tier_changes=(*tiers.tier_changes, change))


@on(ImpactsFound)
def _impacts_found(tiers: Tiers, event: ImpactsFound) -> Tiers:
    return replace(tiers, impacts_found=tiers.impacts_found | event.impacts)


@on(LoweringAsked)
def _lowering_asked(tiers: Tiers, event: LoweringAsked) -> Tiers:
    lowering = Lowering(
        number=event.number,
        before=event.before,
        after=event.after,
        asked_by=Staff(event.by),
        asked_at=event.at,
        reason=event.reason,
        asked=event.asked,
    )
    return replace(tiers, lowerings=(*tiers.lowerings, lowering))


_SETTLED = {
    LoweringAgreed: LoweringState.AGREED,
    LoweringDeclined: LoweringState.DECLINED,
    LoweringLapsed: LoweringState.LAPSED,
    LoweringWithdrawn: LoweringState.WITHDRAWN,
}


@on(*_SETTLED)
def _lowering_settled(
    tiers: Tiers,
    event: LoweringAgreed | LoweringDeclined | LoweringLapsed | LoweringWithdrawn,
) -> Tiers:
    changes: dict[str, object] = {
        "state": _SETTLED[type(event)],
        "settled_by": event.by,
        "settled_at": event.at,
    }
    if isinstance(event, LoweringWithdrawn):
        changes["why"] = event.why
    return replace(tiers, lowerings=numbered(tiers.lowerings, event.number, **changes))
