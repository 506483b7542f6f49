"""A linked record that another system says anew: the ticket says it too, and what changed. S67.

Nothing of it leaves.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.program_records.events import (
    FieldChange,
    ProgramRecord,
    RecordRenewed,
    RenewRecord,
)
from protocols.program_records.state import Dealings
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket

ADDRESS = "Address"


def is_behind(ticket: Ticket, record: ProgramRecord) -> bool:
    """Say whether a ticket that is worked on is about a record, and has it as of before."""
    held = ticket.of(Dealings).named(*record.name)
    is_its = ticket.account is not None and ticket.account.key == record.account_key
    if not (ticket.is_open and is_its) or held is None:
        return False
    return held != record and held.as_of <= record.as_of


@decides(RenewRecord)
def renew(ticket: Ticket, command: RenewRecord, ctx: Context) -> tuple[Event, ...]:
    """Decide what a ticket says of a record from now on; of one that it is not about, nothing."""
    need_on_ticket(ticket, ctx)
    held = ticket.of(Dealings).named(*command.record.name)
    if held is None or not is_behind(ticket, command.record):
        return ()
    changed = tuple(differences(held, command.record))
    return (RecordRenewed(ctx.now, ctx.by, command.record, changed),)


def differences(before: ProgramRecord, after: ProgramRecord) -> Iterator[FieldChange]:
    """Yield what a record says otherwise than before, and what it does not say any more."""
    was = {field.label: field.text for field in before.fields}
    now = {field.label: field.text for field in after.fields}
    if before.address != after.address:
        yield FieldChange(ADDRESS, before.address, after.address)
    for label in dict.fromkeys((*now, *was)):
        if was.get(label, "") != now.get(label, ""):
            yield FieldChange(label, was.get(label, ""), now.get(label, ""))
