"""One change of one record, written whole: journal, row, due points, posts, in one transaction.

It is the translation between rules and store: events to journal entries, records to
rows, due points to their table. It opens no transaction of its own.

A record that a newer process wrote, with anything that is not known here, is never held: whoever
holds a record has read all of it. Source: design, Versions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.engine import kinds, notices, nudges, posting
from bot.engine.kinds import EVENTS, POINTS, RecordKind, Remainder, Row, reread, warm
from bot.engine.tickets import ticket_of
from protocols.clock.events import DuePassed
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.posting import posts
from protocols.kernel.record import Record
from protocols.kernel.refusals import BeingUpdated
from protocols.subjects import dues
from protocols.ticket import Ticket
from store import bodies, codec_errors
from store.db import Connection
from store.due_rows import DuePointRow
from store.journal_rows import ERASED, Entry
from store.read import chains
from store.ticket_rows import TicketRow
from store.write import due_points, journal

__all__ = ["EVENTS", "POINTS", "Held", "held", "notices", "nudges", "reread", "ticket_of", "warm"]
_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it stands, with the row that is locked for it.

    Attributes:
        by_post: Whether it is held to decide what another record posted to it.
    """

    kind: RecordKind
    record: Any
    row: Row
    by_post: bool = False


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


def held(conn: Connection, reference: str) -> Held | None:
    """Lock a record and return it, to be written; None when there is none with this reference.

    Raises:
        BeingUpdated: A newer process wrote what is not known here; it is left to that one.
    """
    row = kinds.locked(conn, reference)
    if row is None:
        return None
    kind = kinds.of_row(row)
    newer = kind.newer.found(conn, reference)
    if newer is not None:
        raise BeingUpdated(reference=reference, found=newer)
    return Held(kind, kinds.read(row).whole(), row)


def history(conn: Connection, reference: str) -> tuple[Event, ...]:
    """Return a record's events in order, without those whose payload was erased.

    That something was erased is an entry of the journal and no event of the record.

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
    """Say whether nothing of a record's journal was erased; only then does it make its row."""
    return all(written.payload is not None for written in chains.load(conn, reference))


def write_new(
    conn: Connection,
    record: Record,
    events: tuple[Event, ...],
    ctx: Context,
    *,
    number: int | None = None,
    by_post: bool = False,
) -> Row:
    """Write a record that has just been opened."""
    kind = kinds.of(record)
    row = kind.row(record, Remainder(bodies.encoded(record, {}), 1, ctx.now, number))
    kind.shelf.insert(conn, row)
    written = journal.begin(
        conn, record.reference, _entries(events), team_id=record.team_id, drill=record.drill
    )
    due_points.begin(conn, record.reference, _points(record, ctx), ctx.now)
    posting.put(conn, written, posts(events, record, ctx), ctx.now, by_post=by_post)
    kind.listing(conn, None, record, ctx, row)
    return row


def write(
    conn: Connection, before: Held, record: Record, events: tuple[Event, ...], ctx: Context
) -> Row:
    """Write a change of a record that is held."""
    body = bodies.encoded(record, before.row.body, before.record)
    row = before.kind.row(record, Remainder(body, before.row.version, ctx.now, before.row.number))
    saved: Row = before.kind.shelf.save(conn, row)
    written = journal.append(
        conn, record.reference, _entries(events), team_id=record.team_id, drill=record.drill
    )
    for event in events:
        if isinstance(event, DuePassed):
            due_points.settle(conn, record.reference, event.key, event.at)
    _sync(conn, record, ctx)
    posting.put(conn, written, posts(events, record, ctx), ctx.now, by_post=before.by_post)
    before.kind.listing(conn, before.record, record, ctx, saved)
    return saved


def _entries(events: tuple[Event, ...]) -> list[Entry]:
    return [Entry(event.NAME, event.at, event.by.key, EVENTS.encode(event)) for event in events]


def _points(record: Record, ctx: Context) -> list[due_points.Point]:
    return [
        due_points.Point(point.key, point.kind, point.at, POINTS.encode(point))
        for point in dues(record, ctx.policy, ctx.calendar)
    ]


def _sync(conn: Connection, record: Record, ctx: Context) -> None:
    points = _points(record, ctx)
    due_points.sync(
        conn, record.reference, points, ctx.now, lambda value: _point(record.reference, value)
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


def refolded(conn: Connection, row: Row) -> Row:
    """Return the row that the journal alone would make, to be compared with the one kept."""
    record: Record = fold(history(conn, row.reference))
    written = Remainder(bodies.anew(record), row.version, row.updated_at, row.number)
    return kinds.of_row(row).row(record, written)
