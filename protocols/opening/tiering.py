"""The tier that is proposed at opening, and why. Source: S1-S3, S18."""

from __future__ import annotations

from protocols.opening.signals import SIGNALS
from protocols.scales import Impact, Signal, Tier


def tier_of(impacts: frozenset[Impact], signal: Signal | None) -> Tier:
    """Return the proposed tier: the highest box wins, the signal's lower figure is a floor.

    Source: S3, S8, S12, S18, S26-S33; words.md 2.
    """
    proposed = [Tier.ROUTINE, *(impact.tier for impact in impacts)]
    if signal is not None:
        proposed.append(SIGNALS[signal].floor)
    return max(proposed)


def because(impacts: frozenset[Impact], signal: Signal | None) -> str:
    """Return why the tier was proposed, in the words of the tier sentence."""
    tier = tier_of(impacts, signal)
    ordered = [impact for impact in Impact if impact in impacts and impact.tier is tier]
    if ordered:
        return ordered[0].because
    return SIGNALS[signal].label.lower() if signal is not None else ""
