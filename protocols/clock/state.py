"""Which due points of a ticket have passed."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.clock.events import DuePassed
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class PassedPoints:
    """Which due points have passed."""

    passed: frozenset[str] = frozenset()


@on(DuePassed)
def _passed(passed: PassedPoints, event: DuePassed) -> PassedPoints:
    return PassedPoints(passed.passed | {event.key})
