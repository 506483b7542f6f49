"""Findings and isolation: what is found stays inside. Source: S44-S46."""

from __future__ import annotations

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.people import Role
from protocols.refusals import NotAllowed
from protocols.rules.guards import need_on_ticket, need_reason, need_status
from protocols.rules.ladder import settle
from protocols.slices import Investigation, Roles
from protocols.ticket import Status, StepKind, Ticket

SCOPE_FINDING = "scope"


def record_finding(
    ticket: Ticket, command: cmd.RecordFinding, ctx: Context
) -> tuple[ev.Event, ...]:
    """Decide a finding. One of kind *scope* with both counts is the blast radius. Source: S44.

    Raises:
        NotYours: The actor is not on the ticket.
    """
    need_on_ticket(ticket, ctx)
    need_reason(command.text)
    number = len(ticket.of(Investigation).findings) + 1
    found = ev.FindingRecorded(
        ctx.now,
        ctx.by,
        number,
        command.kind,
        command.text,
        command.accounts_count,
        command.records_count,
    )
    counted = command.accounts_count is not None and command.records_count is not None
    if command.kind != SCOPE_FINDING or not counted:
        return (found,)
    records = counted_words(command.records_count, "record")
    note = f"{records}, {counted_words(command.accounts_count, 'account')}"
    return (found, *settle(ticket, StepKind.BLAST_RADIUS, ctx, note=note))


def counted_words(count: int | None, word: str) -> str:
    """Return a count with its noun, e.g. ``1 account`` or ``412 records``."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def record_isolation(
    ticket: Ticket, command: cmd.RecordIsolation, ctx: Context
) -> tuple[ev.Event, ...]:
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
        ev.NoteAdded(ctx.now, ctx.by, f"Records isolated: {note}"),
        *settle(ticket, StepKind.RECORDS_ISOLATED, ctx, note=note),
    )
