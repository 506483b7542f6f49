"""Checkpoints at which somebody says whether a sync has passed. Source: S33.

One that nobody answers is asked again, with the CS manager, and then each business day; one that
failed is followed by the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from protocols.checklist.events import SaySynced, SyncCheckAsked, SyncChecked, SyncCheckSet
from protocols.checklist.refusals import CheckNotAhead
from protocols.checklist.state import Checklist, SyncCheck
from protocols.checklist.workers import need_worker
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides, dues_of, falls
from protocols.policy.policy import Policy
from protocols.rights.guards import need_status
from protocols.rights.roads import manager_of
from protocols.status import Status
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

_FURTHEST = timedelta(days=31)


def waiting(ticket: Ticket) -> SyncCheck | None:
    """Return the checkpoint that nobody has answered, None when there is none."""
    check = ticket.of(Checklist).check
    return check if check is not None and check.passed is None else None


def checkpoint(ticket: Ticket, at: datetime, ctx: Context) -> list[Event]:
    """Return that a checkpoint is set; none where it is the one that stands.

    Raises:
        CheckNotAhead: It lies in the past, or too far ahead.
    """
    need_status(ticket, Status.OPEN)
    check = ticket.of(Checklist).check
    if check is not None and check.at == at:
        return []
    if not ctx.now < at <= ctx.now + _FURTHEST:
        raise CheckNotAhead(reference=ticket.reference)
    return [SyncCheckSet(ctx.now, ctx.by, 1 if check is None else check.number + 1, at)]


@decides(SaySynced)
def say(ticket: Ticket, command: SaySynced, ctx: Context) -> tuple[Event, ...]:
    """Decide whether the sync has passed; after one that failed the next checkpoint is set.

    Raises:
        OldButton: Another checkpoint was set since.
        AlreadyDone: Somebody has answered.
    """
    need_worker(ticket, ctx)
    need_status(ticket, Status.OPEN)
    check = ticket.of(Checklist).check
    if check is None or check.number != command.number:
        raise OldButton(reference=ticket.reference)
    if check.said_by is not None:
        raise AlreadyDone(
            reference=ticket.reference, person=check.said_by.name, done_at=check.said_at
        )
    said = SyncChecked(ctx.now, ctx.by, check.number, command.passed)
    if command.passed:
        return (said,)
    after_at = _after(ticket, ctx.now, ctx.policy, ctx.calendar)
    return (said, SyncCheckSet(ctx.now, ctx.by, check.number + 1, after_at))


def _after(ticket: Ticket, at: datetime, policy: Policy, calendar: BusinessCalendar) -> datetime:
    rule = policy.checklist
    return at + rule.within_critical if ticket.tier.has_bridge else calendar.due(at, rule.within)


@dues_of
def asked(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when somebody is asked whether the sync has passed, until somebody says so."""
    check = waiting(ticket)
    if check is None or not ticket.is_live:
        return
    at = check.at
    if check.asked_at is not None and check.asked == 1:
        at = _after(ticket, check.asked_at, policy, calendar)
    elif check.asked_at is not None:
        at = calendar.due(check.asked_at, policy.escalate.look_every)
    key = f"sync-check:{check.number}:{check.asked + 1}"
    yield NumberedPoint(key, "sync_check", at, check.number)


@falls("sync_check")
def ask(ticket: Ticket, _point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that who has the ticket is asked, and the CS manager from the second time on."""
    check = waiting(ticket)
    if check is None:
        return ()
    manager = manager_of(ticket, ctx) if check.asked else None
    people = dict.fromkeys((*have_it(ticket, ctx), *((manager,) if manager else ())))
    return (SyncCheckAsked(ctx.now, ctx.by, check.number, check.asked + 1, tuple(people)),)
