"""One change of one ticket, written whole: journal, row, due points, posts, in one transaction.

It is the translation between rules and store: events to journal entries, tickets to
rows, due points to their table. It opens no transaction of its own.

A ticket that a newer process wrote, with anything that is not known here, is never held: whoever
holds a ticket has read all of it. Source: design, Versions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.engine import posting
from protocols import subjects
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.clock.events import DuePassed
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.posting import posts
from protocols.kernel.refusals import BeingUpdated
from protocols.status import Status
from protocols.subjects import DUE_KINDS, dues
from protocols.ticket import Ticket
from store import bodies, codec, codec_errors
from store.db import Connection
from store.due_rows import DuePointRow
from store.journal_rows import ERASED, Entry
from store.newer import Newer
from store.read import chains
from store.registry import TypeRegistry
from store.ticket_rows import TicketRow
from store.write import due_points, journal, records

_log = logging.getLogger(__name__)
T = TypeVar("T")
EVENTS: TypeRegistry[Event] = TypeRegistry((Event, *subjects.EVENTS))
POINTS: TypeRegistry[DuePoint] = TypeRegistry(subjects.POINTS)
_NEWER = Newer({*EVENTS.names, ERASED}, DUE_KINDS)
OPEN = (Status.OPEN, Status.RESOLVED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class LockedTicket:
    """A ticket as it stands, with the row that is locked for it.

    Attributes:
        by_post: Whether it is held to decide what another record posted to it.
    """

    ticket: Ticket
    row: TicketRow
    by_post: bool = False


def warm() -> None:
    """Compile every codec, so that the first command is as fast as the second."""
    bodies.warm(Ticket)
    for kind in (*subjects.EVENTS, *subjects.POINTS):
        codec.pair_of(kind)


def ticket_of(row: TicketRow) -> Ticket:
    """Return the ticket of a row.

    Raises:
        BeingUpdated: A newer process wrote what is not known here.
    """
    return bodies.decoded(
        Ticket, row.body, lambda newer: BeingUpdated(reference=row.reference, found=str(newer))
    )


def readable(rows: Iterable[TicketRow], read: Callable[[Ticket], T]) -> Iterator[T]:
    """Yield what is read of each ticket of a list; a newer process's does not hide the others.

    Args:
        rows: The list.
        read: Reads all that will be asked of a ticket: what is read later may not be known here.
    """
    for row in rows:
        try:
            found = read(ticket_of(row))
        except BeingUpdated as newer:
            _log.info("%s is left out of a list: %s", row.reference, newer)
        else:
            yield found


def held(conn: Connection, reference: str) -> LockedTicket | None:
    """Lock a ticket and return it, to be written; None when there is none with this reference.

    Raises:
        BeingUpdated: A newer process wrote what is not known here; it is left to that one.
    """
    row = records.lock(conn, reference)
    if row is None:
        return None
    found = _NEWER.found(conn, reference)
    if found is not None:
        raise BeingUpdated(reference=reference, found=found)
    return LockedTicket(ticket_of(row).whole(), row)


def history(conn: Connection, reference: str) -> tuple[Event, ...]:
    """Return a ticket's events in order, without those whose payload was erased.

    That something was erased is an entry of the journal and no event of the ticket.

    Raises:
        BeingUpdated: A newer process wrote an event that is not known here.
    """
    try:
        return tuple(
            EVENTS.decode(written.payload)
            for written in chains.load(conn, reference)
            if written.payload is not None and written.kind != ERASED
        )
    except codec_errors.FromNewer as newer:
        raise BeingUpdated(reference=reference, found=str(newer)) from newer


def is_whole(conn: Connection, reference: str) -> bool:
    """Say whether nothing of a ticket's journal was erased; only then does it make its row."""
    return all(written.payload is not None for written in chains.load(conn, reference))


def write_new(
    conn: Connection, ticket: Ticket, number: int, events: tuple[Event, ...], ctx: Context
) -> TicketRow:
    """Write a ticket that has just been opened."""
    body = bodies.encoded(ticket, {})
    row = _row(ticket, body, number=number, version=1, updated_at=ctx.now)
    records.insert(conn, row)
    written = journal.begin(
        conn, ticket.reference, _entries(events), team_id=ticket.team_id, drill=ticket.drill
    )
    due_points.begin(conn, ticket.reference, _points(ticket, ctx), ctx.now)
    posting.put(conn, written, posts(events, ticket, ctx), ctx.now, by_post=False)
    return row


def write(
    conn: Connection,
    before: LockedTicket,
    ticket: Ticket,
    events: tuple[Event, ...],
    ctx: Context,
) -> TicketRow:
    """Write a change of a ticket that is held."""
    row = _row(
        ticket,
        bodies.encoded(ticket, before.row.body, before.ticket),
        number=before.row.number,
        version=before.row.version,
        updated_at=ctx.now,
    )
    saved = records.save(conn, row)
    written = journal.append(
        conn, ticket.reference, _entries(events), team_id=ticket.team_id, drill=ticket.drill
    )
    for event in events:
        if isinstance(event, DuePassed):
            due_points.settle(conn, ticket.reference, event.key, event.at)
    _sync(conn, ticket, ctx)
    posting.put(conn, written, posts(events, ticket, ctx), ctx.now, by_post=before.by_post)
    return saved


def _entries(events: tuple[Event, ...]) -> list[Entry]:
    return [Entry(event.NAME, event.at, event.by.key, EVENTS.encode(event)) for event in events]


def _points(ticket: Ticket, ctx: Context) -> list[due_points.Point]:
    return [
        due_points.Point(point.key, point.kind, point.at, POINTS.encode(point))
        for point in dues(ticket, ctx.policy, ctx.calendar)
    ]


def _sync(conn: Connection, ticket: Ticket, ctx: Context) -> None:
    points = _points(ticket, ctx)
    due_points.sync(
        conn, ticket.reference, points, ctx.now, lambda value: _point(ticket.reference, value)
    )


def _point(reference: str, value: Mapping[str, object]) -> DuePoint:
    try:
        return POINTS.decode(value)
    except codec_errors.FromNewer as newer:
        raise BeingUpdated(reference=reference, found=f"a due point: {newer}") from newer


def falling(row: DuePointRow, owed: Iterable[DuePoint]) -> DuePoint | None:
    """Return the due point of a row, if it is owed; an older process's row keeps only its key.

    Raises:
        BeingUpdated: A newer process wrote what is not known here.
    """
    if row.value is None:
        return next((point for point in owed if point.key == row.key), None)
    stored = _point(row.reference, row.value)
    return stored if stored in owed else None


def _row(
    ticket: Ticket, body: Mapping[str, object], *, number: int, version: int, updated_at: datetime
) -> TicketRow:
    return TicketRow(
        reference=ticket.reference,
        team_id=ticket.team_id,
        number=number,
        status=ticket.status.value,
        open=ticket.status in OPEN,
        tier=int(ticket.tier),
        account_key=ticket.account.key if ticket.account is not None else None,
        body=body,
        version=version,
        policy_version=ticket.policy_version,
        opened_at=ticket.opened_at,
        updated_at=updated_at,
        bridge_channel=ticket.of(BridgeState).channel_id or None,
        customer_channel=ticket.of(Road).route.channel_id or ticket.of(Road).thread_channel or None,
        customer_thread=ticket.of(Road).thread_ts or None,
        drill=ticket.drill,
    )


def refolded(conn: Connection, row: TicketRow) -> TicketRow:
    """Return the row that the journal alone would make, to be compared with the one kept."""
    ticket: Ticket = fold(history(conn, row.reference))
    body = bodies.anew(ticket)
    return _row(ticket, body, number=row.number, version=row.version, updated_at=row.updated_at)


def reread(row: TicketRow) -> TicketRow:
    """Return a row as this version would write it: a field that came since is at its default."""
    return replace(row, body=bodies.anew(ticket_of(row)))
