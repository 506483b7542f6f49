"""How steps and promises stand against their times: on time, late, kept, lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from protocols.ladder.events import Step, StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.promises.state import Promises
from protocols.ticket import Ticket

_MINUTE = timedelta(minutes=1)
_NOT_BEGUN_AT_ONCE = frozenset({StepKind.FIRST_UPDATE, StepKind.OUTREACH})
"""Steps that nobody can start at once: they are shown by when they fall due."""


class StepStanding(StrEnum):
    """How a step stands, as the card's ladder shows it."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    NOW = "now"
    LATER = "later"
    SUPERSEDED = "superseded"
    WAIVED = "waived"


class Timed(Protocol):
    """What the standing of a step rests on."""

    @property
    def kind(self) -> str:
        """Return the step's key."""
        ...

    @property
    def state(self) -> str:
        """Return its state's key."""
        ...

    @property
    def opens_at(self) -> datetime | None:
        """Return from when it may be done, None when at once."""
        ...

    @property
    def due_at(self) -> datetime | None:
        """Return when it is late, None when never."""
        ...

    @property
    def minutes_late(self) -> int:
        """Return by how many minutes it was done late."""
        ...


def standing(step: Timed, now: datetime) -> StepStanding:
    """Return how a step stands at an instant; its own time is already late."""
    if step.state == StepState.DONE:
        return StepStanding.DONE_LATE if step.minutes_late else StepStanding.DONE
    if step.state in (StepState.SUPERSEDED, StepState.WAIVED):
        return StepStanding(step.state)
    if step.due_at is not None and now >= step.due_at:
        return StepStanding.LATE
    if step.opens_at is None:
        return StepStanding.LATER if step.kind in _NOT_BEGUN_AT_ONCE else StepStanding.NOW
    return StepStanding.NOW if now >= step.opens_at else StepStanding.LATER


def minutes_late(step: Step, grace: timedelta) -> int:
    """Return by how many whole minutes a step was done late, none within the grace."""
    late = timedelta(seconds=step.late_by_s)
    return late // _MINUTE if late >= grace else 0


def outcome(step: Step) -> str:
    """Return ``on_time`` or ``late`` of what is done, to the second; else the step's state."""
    if step.state is StepState.DONE:
        return "late" if step.late_by_s > 0 else "on_time"
    return step.state.value


@dataclass(frozen=True, slots=True)
class Tally:
    """How many steps were on time, late, waived or lost.

    Lost is a step that passed its time without anybody being told: there must never be one.
    """

    total: int
    on_time: int
    late: int
    waived: int
    lost: int


def tally(steps: Iterable[Step], now: datetime, grace: timedelta) -> Tally:
    """Return how a ladder went; the written analysis has a clock of its own."""
    counted = [s for s in steps if s.state is not StepState.SUPERSEDED and s.kind != StepKind.RCA]
    outcomes = [outcome(step) for step in counted]
    owed_late = [s for s in counted if s.state is StepState.OWED and s.due_at < now]
    lost = sum(not step.late_told and now - step.due_at > grace for step in owed_late)
    return Tally(
        total=len(counted),
        on_time=outcomes.count("on_time"),
        late=outcomes.count("late") + len(owed_late) - lost,
        waived=outcomes.count(StepState.WAIVED),
        lost=lost,
    )


def later_updates(ticket: Ticket) -> tuple[int, int]:
    """Return how many promises followed the first update and have fallen due, and were kept."""
    first = ticket.of(Ladder).step(StepKind.FIRST_UPDATE)
    if first is None or first.settled_at is None:
        return 0, 0
    later = [
        promise
        for promise in ticket.of(Promises).promises
        if promise.made_at >= first.settled_at and (promise.lapsed or promise.kept_at is not None)
    ]
    kept = [p for p in later if p.kept_at is not None and p.kept_at <= p.at]
    return len(later), len(kept)
