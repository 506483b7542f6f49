"""The instants at which the clock must speak next, derived from the ticket alone.

Nobody arms a timer: what is due follows from the state, so that nothing can be forgotten. The
store keeps the answer as rows only so that a query can find what is due. Source: S35, S65, S171.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from protocols.calendar import BusinessCalendar
from protocols.people import Role
from protocols.policy import Policy
from protocols.rules.fixed_texts import on_its_way
from protocols.rules.ladder import ACTIVATION, INVESTIGATION
from protocols.slices import (
    Clock,
    Closure,
    Decisions,
    Holds,
    Ladder,
    Promises,
    Roles,
    Tiers,
    Updates,
)
from protocols.stamps import stamp
from protocols.ticket import (
    DraftKind,
    DraftState,
    HoldKind,
    HoldState,
    Resolution,
    Status,
    Step,
    StepState,
    Ticket,
)
from protocols.ticket_parts import BridgeState


@dataclass(frozen=True, slots=True)
class DuePoint:
    """An instant at which something is decided: ``kind`` names the rule, ``key`` is unique."""

    key: str
    kind: str
    at: datetime


def dues(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> tuple[DuePoint, ...]:
    """Return every due point of a ticket that has not passed, in order of time."""
    points = [
        point
        for point in _all(ticket, policy, calendar)
        if point.key not in ticket.of(Clock).passed
    ]
    return tuple(sorted(points, key=lambda point: (point.at, point.key)))


def _all(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    yield from _reviews(ticket, policy)
    if ticket.status is Status.OPENED_IN_ERROR:
        yield from _archive(ticket, ticket.of(Closure).error_at, policy)
        return
    yield from _late_steps(ticket)
    yield from _stops(ticket, policy)
    if ticket.status is Status.OPEN:
        yield from _windows(ticket)
        yield from _roles(ticket, policy)
        yield from _promises(ticket, policy)
        yield from _decisions(ticket)
        yield from _lowering(ticket, policy)
    yield from _closure(ticket, policy, calendar)


def _late_steps(ticket: Ticket) -> Iterator[DuePoint]:
    for step in ticket.of(Ladder).steps:
        if step.state is StepState.OWED and not step.late_told and _has_own_point(step):
            yield DuePoint(f"late:{step.kind}:{step.run}", "step_late", step.due_at)


def _has_own_point(step: Step) -> bool:
    """Steps whose lateness the clock announces; the analysis has reminders of its own."""
    return step.kind != "rca"


def _windows(ticket: Ticket) -> Iterator[DuePoint]:
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


def _roles(ticket: Ticket, policy: Policy) -> Iterator[DuePoint]:
    if not ticket.tier.has_bridge:
        return
    for seat in ticket.of(Roles).seats:
        if seat.asked is None or seat.asked_at is None:
            continue
        number = stamp(seat.asked_at)
        key = f"role:{seat.role}:{seat.asked.key}:{number}"
        yield DuePoint(key, f"role_{seat.role}", seat.asked_at + policy.roles.accept_within)


def _stops(ticket: Ticket, policy: Policy) -> Iterator[DuePoint]:
    """A stop that is asked for and not confirmed, whatever became of the ticket. Source: D17."""
    for hold in ticket.of(Holds).holds_in_force(HoldKind.TRANSACTION):
        if hold.state is not HoldState.ASKED or hold.stopper_asked_at is None:
            continue
        key = f"stop:{hold.number}:{stamp(hold.stopper_asked_at)}"
        at = hold.stopper_asked_at + policy.holds.answer_within
        yield DuePoint(key, "stop_unanswered", at)


def _promises(ticket: Ticket, policy: Policy) -> Iterator[DuePoint]:
    promise = ticket.of(Promises).promise
    if promise is None:
        return
    update = policy.update
    drafted = any(d.state is DraftState.REVIEW for d in ticket.of(Updates).drafts)
    lead = promise.at - update.prompt_before
    if lead > promise.made_at:
        yield DuePoint(f"prompt:{promise.number}", "prompt_update", lead)
    last_call = promise.at - update.bridge_reminder_before
    if drafted and last_call > promise.made_at:
        yield DuePoint(f"last-call:{promise.number}", "last_call", last_call)
    if not on_its_way(ticket):
        yield DuePoint(f"promise:{promise.number}", "promise_due", promise.at)


def _decisions(ticket: Ticket) -> Iterator[DuePoint]:
    for decision in ticket.of(Decisions).open_decisions:
        yield DuePoint(f"decision:{decision.number}", "decision_due", decision.due_at)


def _lowering(ticket: Ticket, policy: Policy) -> Iterator[DuePoint]:
    """A lower tier that nobody agreed to in time is not asked for any more. Source: D12."""
    asked = ticket.of(Tiers).waiting_lowering
    if asked is not None:
        at = asked.asked_at + policy.lowering.answer_within
        yield DuePoint(f"lowering:{asked.number}", "lowering_unanswered", at)


def _reviews(ticket: Ticket, policy: Policy) -> Iterator[DuePoint]:
    for draft in ticket.of(Updates).waiting_drafts():
        if (ticket.status is Status.OPENED_IN_ERROR) is not (draft.kind is DraftKind.DISREGARD):
            continue
        text = f"{draft.number}:{draft.text_hash}:{stamp(draft.review_since)}"
        update = policy.update
        yield DuePoint(
            f"review:{text}", "review_waits", draft.review_since + update.releaser_reminder
        )
        yield DuePoint(
            f"review-on:{text}",
            "review_escalates",
            draft.review_since + update.releaser_escalation,
        )


def _closure(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    resolution = ticket.of(Closure).resolution
    if resolution is None or ticket.status is Status.OPEN:
        return
    turn = ticket.of(Closure).reopened
    if ticket.status is Status.RESOLVED and resolution.told_at is not None:
        remind_at = calendar.due(resolution.told_at, policy.resolution.confirm_reminder)
        reopen_at = calendar.due(resolution.told_at, policy.resolution.reopen_after)
        yield DuePoint(f"confirm-remind:{turn}", "confirm_remind", remind_at)
        yield DuePoint(f"confirm-reopen:{turn}", "confirm_reopen", reopen_at)
    if resolution.rca_due_at is not None and resolution.rca_delivered_at is None:
        whole = resolution.rca_due_at - resolution.at
        for share in policy.rca.remind_percents:
            at = resolution.at + timedelta(seconds=whole.total_seconds() * share / 100)
            yield DuePoint(f"rca:{turn}:{share}", "rca_remind", at)
        yield DuePoint(f"rca:{turn}:due", "rca_late", resolution.rca_due_at)
    if ticket.status is Status.CLOSED:
        yield from _archive(ticket, _closed_at(ticket, resolution), policy)


def _archive(ticket: Ticket, since: datetime | None, policy: Policy) -> Iterator[DuePoint]:
    """A bridge is archived some time after nothing is owed there any more. Source: D18."""
    archived = (
        ticket.of(BridgeState).archived_at is not None or not ticket.of(BridgeState).channel_id
    )
    if since is not None and not archived:
        at = since + policy.bridge.archive_after
        yield DuePoint(f"archive:{ticket.of(Closure).reopened}", "archive", at)


def _closed_at(ticket: Ticket, resolution: Resolution) -> datetime:
    """Return when the last thing owed was settled: that closed the ticket. Source: D18."""
    settled = [resolution.confirmed_at, resolution.rca_delivered_at, ticket.of(Closure).closed_at]
    settled += [
        hold.cleared_at for hold in ticket.of(Holds).holds if hold.kind is not HoldKind.RETENTION
    ]
    return max((at for at in settled if at is not None), default=resolution.at)


def role_of(kind: str) -> Role:
    """Return the role that a due point of kind ``role_…`` is about."""
    return Role(kind.removeprefix("role_"))
