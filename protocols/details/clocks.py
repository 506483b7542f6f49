"""How the clocks stand that an account's answer holds up. Source: S84, D33, D41."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from protocols.kernel.context import Context
from protocols.targets.counted import counted
from protocols.ticket import Ticket
from protocols.time.basis import NEVER_PAUSED
from protocols.time.targets import Measure


@dataclass(frozen=True, slots=True)
class HeldUp:
    """What a request for details does to clocks: nothing where all are met or late.

    Attributes:
        runs: Whether one runs, and would be stopped.
        stands: Whether one stands still already.
    """

    runs: bool = False
    stands: bool = False


PAUSED = tuple(measure for measure in Measure if measure not in NEVER_PAUSED)
TO_RESOLVE = (Measure.RESOLVE,)


def held_up(ticket: Ticket, ctx: Context, measures: Collection[Measure] = PAUSED) -> HeldUp:
    """Return whether clocks of these measures stand still, or run."""
    found = counted(ticket, ctx, measures)
    owed = [each for each in found if each.applies and each.met_at is None]
    if any(each.stopped_since_at is not None for each in owed):
        return HeldUp(stands=True)
    return HeldUp(runs=any(each.breach_at and each.breach_at > ctx.now for each in owed))
