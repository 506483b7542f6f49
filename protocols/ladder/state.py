"""The steps of a ticket's ladder, of every run of it. Source: S35-S53."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ladder.events import (
    LadderStarted,
    Step,
    StepKind,
    StepLate,
    StepsAdded,
    StepSettled,
    StepState,
)
from protocols.opening.events import TicketOpened
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of the tier's ladder, of every run of it."""

    ladder_run: int = 1
    ladder_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    def step(self, kind: StepKind) -> Step | None:
        """Return the newest step of a kind, None when the ladder has none."""
        return next((step for step in reversed(self.steps) if step.kind is kind), None)

    def owes(self, kind: StepKind) -> bool:
        """Say whether a step of this kind is still owed."""
        step = self.step(kind)
        return step is not None and step.state is StepState.OWED


@on(TicketOpened)
def _ladder_begun(event: TicketOpened) -> Ladder:
    return Ladder(ladder_at=event.at)


@on(LadderStarted)
def _ladder_started(ladder: Ladder, event: LadderStarted) -> Ladder:
    return Ladder(event.run, event.anchor_at, ladder.steps + event.steps)


def _steps(ladder: Ladder, kind: object, run: int, **changes: Any) -> Ladder:
    def change(step: Step) -> Step:
        if step.kind is kind and step.run == run and step.state is StepState.OWED:
            return replace(step, **changes)
        return step

    return replace(ladder, steps=tuple(change(step) for step in ladder.steps))


@on(StepSettled)
def _step_settled(ladder: Ladder, event: StepSettled) -> Ladder:
    return _steps(
        ladder,
        event.kind,
        event.run,
        state=event.state,
        settled_at=event.at,
        settled_by=event.by,
        note=event.note,
        link=event.link,
    )


@on(StepsAdded)
def _steps_added(ladder: Ladder, event: StepsAdded) -> Ladder:
    return replace(ladder, steps=ladder.steps + event.steps)


@on(StepLate)
def _step_late(ladder: Ladder, event: StepLate) -> Ladder:
    return _steps(ladder, event.kind, event.run, late_told=True)
