"""Which ticket comes first, at an instant, and why. Source: S85-S88; D8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from protocols.queue.queued import Queued


class Band(IntEnum):
    """How near the clock that is breached first is to its breach. Source: D8."""

    LATE = 0
    NEARER = 1
    NEAR = 2
    IN_TIME = 3


Rank = tuple[int, int, int, datetime, int]
"""The lowest is the first: what goes before all, the band, the facts' key, time, the number."""


def band(entry: Queued, now: datetime) -> Band:
    """Return the band of a ticket at an instant: it is lifted before its breach, not after."""
    clock = entry.clock
    if clock is None or now < clock.near_at:
        return Band.IN_TIME
    if now < clock.nearer_at:
        return Band.NEAR
    return Band.NEARER if now < clock.breach_at else Band.LATE


def rank(entry: Queued, now: datetime) -> Rank:
    """Return a ticket's place among all; no two have the same.

    Blocked businesses first, then by band, severity, program level, category, and time in queue.
    """
    return int(entry.is_behind), int(band(entry, now)), entry.key, entry.since_at, entry.number


def in_order(entries: Iterable[Queued], now: datetime) -> tuple[Queued, ...]:
    """Return tickets as their queue shows them."""
    return tuple(sorted(entries, key=lambda entry: rank(entry, now)))
