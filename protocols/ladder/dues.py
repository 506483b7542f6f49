"""When steps are late and windows open. Source: S35, S43, S177."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.ladder.events import Step, StepKind, StepLate, StepsOpened, StepState
from protocols.ladder.rules import ACTIVATION, INVESTIGATION
from protocols.ladder.state import Ladder
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class StepPoint(DuePoint):
    """When a step is late."""

    step: StepKind
    run: int


@dues_of
def late_steps(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when a step that is owed is late; of a ticket opened in error none is owed."""
    if ticket.status is Status.OPENED_IN_ERROR:
        return
    for step in ticket.of(Ladder).steps:
        if step.state is StepState.OWED and not step.late_told and _has_own_point(step):
            key = f"late:{step.kind}:{step.run}"
            yield StepPoint(key, "step_late", step.due_at, step.kind, step.run)


def _has_own_point(step: Step) -> bool:
    """Steps whose lateness the clock announces; the analysis has reminders of its own."""
    return step.kind != "rca"


@dues_of
def windows_open(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the windows of the activation and of the investigation open."""
    if ticket.status is not Status.OPEN:
        return
    for name, kinds in (("activation", ACTIVATION), ("investigation", INVESTIGATION)):
        steps = [
            step
            for step in ticket.of(Ladder).steps
            if step.kind in kinds and step.run == ticket.of(Ladder).ladder_run
        ]
        owed = [step for step in steps if step.state is StepState.OWED]
        if owed:
            opens_at = min(step.opens_at for step in owed)
            yield DuePoint(f"open:{name}:{ticket.of(Ladder).ladder_run}", f"open_{name}", opens_at)


@falls("step_late")
def step_late(ticket: Ticket, point: StepPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that a step is late, unless it was settled in the meantime."""
    return tuple(
        StepLate(ctx.now, ctx.by, step.kind, step.run)
        for step in ticket.of(Ladder).steps
        if (step.kind, step.run) == (point.step, point.run) and step.state is StepState.OWED
    )


@falls("open_investigation")
def open_investigation(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the steps of the investigation are open."""
    return (StepsOpened(ctx.now, ctx.by, INVESTIGATION),)
