"""A ticket is about a record of its account; the account reads nothing of it. S67, S69, S90."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.program_records.events import (
    LinkRecord,
    RecordLinked,
    RecordUnlinked,
    UnlinkRecord,
)
from protocols.program_records.refusals import (
    OlderRecord,
    RecordOfAnotherAccount,
    TooManyRecords,
)
from protocols.program_records.state import Dealings
from protocols.routing.rules import need_sorter
from protocols.ticket import Ticket

MOST_LINKED = 10


@decides(LinkRecord)
def link(ticket: Ticket, command: LinkRecord, ctx: Context) -> tuple[Event, ...]:
    """Decide that a ticket is about a record; linked again, what it says now is what it shows.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        RecordOfAnotherAccount: It is of another account than the ticket, or the ticket of none.
        AlreadyDone: It is linked, and says the same.
        OlderRecord: It is linked as it was known later.
        TooManyRecords: The ticket is about as many as it can be.
    """
    need_sorter(ticket, ctx)
    record, dealings = command.record, ticket.of(Dealings)
    if ticket.account is None or record.account_key != ticket.account.key:
        raise RecordOfAnotherAccount(reference=ticket.reference)
    held = dealings.named(*record.name)
    if held == record:
        raise AlreadyDone(reference=ticket.reference)
    if held is not None and held.as_of > record.as_of:
        raise OlderRecord(reference=ticket.reference, at=held.as_of)
    if held is None and len(dealings.records) >= MOST_LINKED:
        raise TooManyRecords(reference=ticket.reference, most=MOST_LINKED)
    return (RecordLinked(ctx.now, ctx.by, record),)


@decides(UnlinkRecord)
def unlink(ticket: Ticket, command: UnlinkRecord, ctx: Context) -> tuple[Event, ...]:
    """Decide that a ticket is not about a record.

    Raises:
        AlreadyDone: It is not linked.
    """
    need_sorter(ticket, ctx)
    if ticket.of(Dealings).named(command.kind, command.number) is None:
        raise AlreadyDone(reference=ticket.reference)
    return (RecordUnlinked(ctx.now, ctx.by, command.kind, command.number),)
