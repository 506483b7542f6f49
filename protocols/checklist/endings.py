"""What became of the reminder of a signal's actions, and of a question about a sync. S25, S33."""

from __future__ import annotations

from protocols.checklist.events import ActionSettled, SyncChecked, SyncCheckSet
from protocols.checklist.items import undone
from protocols.checklist.sync import waiting
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket

ABOUT = "checklist"
SYNC = "sync"


@ends("checklist")
def reminded(ticket: Ticket, _key: Key, events: Events, ctx: Context) -> Became | None:
    """Return that nothing on the list is open, or that the ticket ended before."""
    if undone(ticket, ctx.policy):
        return over(ticket.status, ABOUT)
    last = next((event for event in reversed(events) if isinstance(event, ActionSettled)), None)
    if last is not None:
        return Became("done", ABOUT, by=last.by, at=last.at)
    return Became("done", ABOUT)


@ends("sync-check")
def synced(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return what was said of the sync, or that another checkpoint took the place of this one."""
    number, check = key.number(), waiting(ticket)
    if check is not None and check.number == number:
        return over(ticket.status, SYNC)
    said = next((e for e in events if isinstance(e, SyncChecked) and e.number == number), None)
    if said is not None:
        return Became("said", SYNC, by=said.by, at=said.at)
    moved = next((event for event in events if isinstance(event, SyncCheckSet)), None)
    return over(ticket.status, SYNC) or (
        Became("changed", SYNC, by=moved.by, at=moved.at) if moved else Became("void", SYNC)
    )
