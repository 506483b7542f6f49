"""What events of the ladder change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from protocols import events as ev
from protocols.evolving.registry import on
from protocols.ticket import Seat, Step, StepState, Ticket


@on(ev.LadderStarted)
def _ladder(ticket: Ticket, event: ev.LadderStarted) -> Ticket:
    seats = {seat.role: seat for seat in ticket.seats}
    for role in event.roles:
        seats.setdefault(role, Seat(role))
    return replace(
        ticket,
        ladder_run=event.run,
        ladder_at=event.anchor_at,
        steps=ticket.steps + event.steps,
        seats=tuple(seats.values()),
    )


def _steps(ticket: Ticket, kind: object, run: int, **changes: Any) -> Ticket:
    def change(step: Step) -> Step:
        if step.kind is kind and step.run == run and step.state is StepState.OWED:
            return replace(step, **changes)
        return step

    return replace(ticket, steps=tuple(change(step) for step in ticket.steps))


@on(ev.StepSettled)
def _step_settled(ticket: Ticket, event: ev.StepSettled) -> Ticket:
    return _steps(
        ticket,
        event.kind,
        event.run,
        state=event.state,
        settled_at=event.at,
        settled_by=event.by,
        note=event.note,
        link=event.link,
    )


@on(ev.StepsAdded)
def _steps_added(ticket: Ticket, event: ev.StepsAdded) -> Ticket:
    return replace(ticket, steps=ticket.steps + event.steps)


@on(ev.StepLate)
def _step_late(ticket: Ticket, event: ev.StepLate) -> Ticket:
    return _steps(ticket, event.kind, event.run, late_told=True)


@on(ev.DuePassed)
def _due_passed(ticket: Ticket, event: ev.DuePassed) -> Ticket:
    return replace(ticket, passed=ticket.passed | {event.key})
