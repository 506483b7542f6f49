"""What is seen of the outbox: what waits, what is dead, what came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select

from store.json_text import Json
from store.outbox_rows import OutboxRow, in_state, rows_of, unfinished
from store.tables import outbox, record


def waiting_of(conn: Connection, reference: str) -> tuple[OutboxRow, ...]:
    """Return what of a ticket waits and is not being sent, in order."""
    query = (
        select(outbox)
        .where(outbox.c.reference == reference, in_state(outbox, "pending"))
        .order_by(outbox.c.id)
    )
    return rows_of(conn, query)


def results(conn: Connection, keys: Iterable[str]) -> dict[str, Json]:
    """Return what came back for those of the keys that are done."""
    found = conn.execute(_RESULTS, {"keys": list(keys)})
    return {row.key: row.result for row in found}


def get(conn: Connection, row_id: int) -> OutboxRow | None:
    """Return one row as it stands."""
    found = rows_of(conn, select(outbox).where(outbox.c.id == row_id))
    return found[0] if found else None


def of_ticket(conn: Connection, reference: str) -> tuple[OutboxRow, ...]:
    """Return everything a ticket told or will tell, in order."""
    query = select(outbox).where(outbox.c.reference == reference).order_by(outbox.c.id)
    return rows_of(conn, query)


@dataclass(frozen=True, slots=True)
class PostSent:
    """A message that stands somewhere, or is on its way there."""

    key: str
    stream: str


def posts_of(conn: Connection, reference: str) -> tuple[PostSent, ...]:
    """Return every message that a ticket posted and that was not given up, in order."""
    found = conn.execute(_POSTS, {"of": reference})
    return tuple(PostSent(row.key, row.stream) for row in found)


def edits_of(conn: Connection, reference: str, beginning: str) -> frozenset[str]:
    """Return the keys of a ticket's edits that begin with these words."""
    query = _EDITS.where(outbox.c.key.startswith(beginning, autoescape=True))
    return frozenset(conn.execute(query, {"of": reference}).scalars())


def standing_edit(conn: Connection, slot: str) -> Mapping[str, Json]:
    """Return what the newest edit of a message says that was not given up; nothing without one."""
    found: Mapping[str, Json] | None = conn.execute(_STANDING, {"slot": slot}).scalar()
    return found or {}


def by_key(conn: Connection, key: str) -> OutboxRow | None:
    """Return the row of a key."""
    found = rows_of(conn, select(outbox).where(outbox.c.key == key))
    return found[0] if found else None


def posted_by(
    conn: Connection, kind: str, stream: str, *, since: datetime
) -> tuple[tuple[str, str, Json], ...]:
    """Return what records of a kind posted in a stream, newest first: record, key, what came back.

    Args:
        conn: a connection.
        kind: the kind of record.
        stream: the stream.
        since: how old a record may be.
    """
    query = (
        select(outbox.c.reference, outbox.c.key, outbox.c.result)
        .join(record, outbox.c.reference == record.c.reference)
        .where(
            record.c.kind == kind,
            record.c.opened_at >= since,
            outbox.c.stream == stream,
            outbox.c.method == "chat.postMessage",
            in_state(outbox, "done"),
        )
        .order_by(outbox.c.id.desc())
    )
    return tuple((row.reference, row.key, row.result) for row in conn.execute(query))


def dead_rows(conn: Connection, *, limit: int = 100) -> tuple[OutboxRow, ...]:
    """Return the rows set aside for a person, oldest first."""
    query = select(outbox).where(in_state(outbox, "dead")).order_by(outbox.c.id).limit(limit)
    return rows_of(conn, query)


def unsent(
    conn: Connection, *, gateway: str, since: datetime, now: datetime, limit: int = 500
) -> tuple[OutboxRow, ...]:
    """Return must-arrive rows of a gateway that have waited since before a business instant.

    One from after `now` is older than it looks: the clock was set back since it was written.
    """
    query = (
        select(outbox)
        .where(
            unfinished(outbox),
            outbox.c.gateway == gateway,
            outbox.c.surface == "must_arrive",
            or_(outbox.c.created_at <= since, outbox.c.created_at > now),
        )
        .order_by(outbox.c.id)
        .limit(limit)
    )
    return rows_of(conn, query)


def pending_count(conn: Connection) -> int:
    """Count what is not finished: waiting or being sent."""
    return conn.execute(_COUNT).scalar_one()


def oldest_pending(conn: Connection) -> datetime | None:
    """Return since when (business time) the oldest unfinished row waits; None if none does."""
    return conn.execute(_OLDEST).scalar()


def next_try_at(conn: Connection, *, after: datetime) -> datetime | None:
    """Return the first instant after this one at which a row may be tried or taken over.

    Rows that may be tried already wait for another row, whose end wakes the courier by itself.
    """
    return conn.execute(_NEXT, {"after": after}).scalar()


def state_counts(conn: Connection) -> dict[str, int]:
    """Count the rows by state."""
    rows = conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


_POSTS = (
    select(outbox.c.key, outbox.c.stream)
    .where(
        outbox.c.reference == bindparam("of"),
        outbox.c.method == "chat.postMessage",
        in_state(outbox, "pending", "sending", "done"),
    )
    .order_by(outbox.c.id)
)
_EDITS = select(outbox.c.key).where(
    outbox.c.reference == bindparam("of"), outbox.c.method == "chat.update"
)
_STANDING = (
    select(outbox.c.payload)
    .where(outbox.c.slot == bindparam("slot"), in_state(outbox, "pending", "sending", "done"))
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_RESULTS = select(outbox.c.key, outbox.c.result).where(
    outbox.c.key.in_(bindparam("keys", expanding=True)), in_state(outbox, "done")
)
_COUNT = select(func.count()).select_from(outbox).where(unfinished(outbox))
_OLDEST = select(func.min(outbox.c.created_at)).where(unfinished(outbox))
_NEXT = select(func.min(outbox.c.next_try_at)).where(
    unfinished(outbox), outbox.c.next_try_at > bindparam("after")
)
