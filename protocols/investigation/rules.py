"""Scope, exposure, findings, isolation: what is found stays inside.

Source: S36, S41, S44-S46; D16.
"""

from __future__ import annotations

from protocols.counts import counted
from protocols.helpers.calling import reviewers
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    ExposureConfirmed,
    FindingRecorded,
    RecordFinding,
    RecordIsolation,
    ScopeConfirmed,
)
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind
from protocols.ladder.rules import settle
from protocols.people.people import Role
from protocols.rights.guards import need_on_ticket, need_reason, need_status
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.timeline.events import NoteAdded


@decides(ConfirmScope)
def confirm_scope(ticket: Ticket, command: ConfirmScope, ctx: Context) -> tuple[Event, ...]:
    """Decide that the scope is confirmed; saying it again corrects it. Source: S36."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    confirmed = ScopeConfirmed(ctx.now, ctx.by, command.accounts, command.since, command.how)
    return (confirmed, *settle(ticket, StepKind.SCOPE, ctx, note=command.how))


@decides(ConfirmExposure)
def confirm_exposure(ticket: Ticket, _command: ConfirmExposure, ctx: Context) -> tuple[Event, ...]:
    """Decide that financial exposure is confirmed. Source: S41, D16."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    known = ticket.of(Investigation)
    if known.exposure_at is not None:
        by = known.exposure_by.name if known.exposure_by is not None else ""
        raise AlreadyDone(person=by, done_at=known.exposure_at)
    return (ExposureConfirmed(ctx.now, ctx.by), *reviewers(ctx, ticket))


SCOPE_FINDING = "scope"


@decides(RecordFinding)
def record_finding(ticket: Ticket, command: RecordFinding, ctx: Context) -> tuple[Event, ...]:
    """Decide a finding. One of kind *scope* with both counts is the blast radius. Source: S44.

    Raises:
        NotYours: The actor is not on the ticket.
    """
    need_on_ticket(ticket, ctx)
    need_reason(command.text)
    number = len(ticket.of(Investigation).findings) + 1
    found = FindingRecorded(
        ctx.now,
        ctx.by,
        number,
        command.kind,
        command.text,
        command.accounts_count,
        command.records_count,
    )
    accounts, records = command.accounts_count, command.records_count
    if command.kind != SCOPE_FINDING or accounts is None or records is None:
        return (found,)
    note = f"{counted(records, 'record')}, {counted(accounts, 'account')}"
    return (found, *settle(ticket, StepKind.BLAST_RADIUS, ctx, note=note))


@decides(RecordIsolation)
def record_isolation(ticket: Ticket, command: RecordIsolation, ctx: Context) -> tuple[Event, ...]:
    """Decide **Isolated** (where and how) or *Not possible* (why). Source: S45, words.md 4.6.

    Raises:
        NotAllowed: Another than the investigator or a lead presses it.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    need_reason(command.text)
    seat = ticket.of(Roles).seat(Role.INVESTIGATOR)
    holder = seat.holder if seat is not None else None
    own = holder is None or ctx.same(holder.key, ctx.by.key)
    if holder is not None and not own and not ctx.actor.holds("engineering-lead"):
        raise NotAllowed(duties="the investigator", people=holder.name)
    note = command.text if command.possible else f"not possible: {command.text}"
    return (
        NoteAdded(ctx.now, ctx.by, f"Records isolated: {note}"),
        *settle(ticket, StepKind.RECORDS_ISOLATED, ctx, note=note),
    )
