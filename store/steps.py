"""This file owns the due points of tickets: the truth of the timed protocol.

A tick takes a ticket first and its steps after it; taking steps first deadlocks against commands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)

from store.db import is_sqlite
from store.errors import DuePointNotPending
from store.json_text import Json
from store.tables import step, ticket

Point = tuple[str, str, datetime]


@dataclass(frozen=True, slots=True)
class DuePointRow:
    """A due point of a ticket: `key` is its name there, `kind` what the rules do when it comes."""

    reference: str
    key: str
    kind: str
    due_at: datetime
    state: str
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many due points wait, how many of them are due, and since when the oldest is."""

    pending: int
    due: int
    oldest_due_at: datetime | None


def sync(conn: Connection, reference: str, points: Iterable[Point], now: datetime) -> None:
    """Make a ticket's waiting due points exactly these (key, kind, due_at); done ones stay done.

    New ones are inserted, moved ones moved, those no longer wanted cancelled, and a cancelled one
    that is wanted again waits again. The caller holds the ticket's row.
    """
    wanted = {key: (kind, due_at) for key, kind, due_at in points}
    known = {row.key: row for row in conn.execute(_OF_TICKET, {"of": reference})}
    fresh = [
        _fresh(reference, key, kind, due_at, now)
        for key, (kind, due_at) in wanted.items()
        if key not in known
    ]
    moved = [
        {"row": row.id, "to_kind": wanted[key][0], "to": wanted[key][1]}
        for key, row in known.items()
        if key in wanted and row.state != "done" and _differs(row, *wanted[key])
    ]
    gone = [
        {"row": row.id, "at": now}
        for key, row in known.items()
        if key not in wanted and row.state == "pending"
    ]
    for statement, rows in ((_INSERT, fresh), (_MOVE, moved), (_CANCEL, gone)):
        if rows:
            conn.execute(statement, rows)


def begin(conn: Connection, reference: str, points: Iterable[Point], now: datetime) -> None:
    """Insert the waiting due points of a ticket that is new in this transaction."""
    rows = [_fresh(reference, *point, now) for point in points]
    if rows:
        conn.execute(_INSERT, rows)


def claim_ticket_with_due(
    conn: Connection, now: datetime, skip: Set[str] = frozenset()
) -> str | None:
    """Take the ticket whose waiting point is due the longest, and hold it to the end.

    Args:
        conn: a writing connection.
        now: business time.
        skip: tickets not to take, such as those that failed a moment ago.

    Returns:
        The reference, or None when no free ticket has a point that is due.
    """
    passed = set(skip)
    while True:
        query = _DUE_TICKET if is_sqlite(conn) else _DUE_TICKET_LOCKED
        if passed:
            query = query.where(step.c.reference.not_in(bindparam("skip", expanding=True)))
        found: str | None = conn.execute(query, {"now": now, "skip": list(passed)}).scalar()
        if found is None or is_sqlite(conn):
            return found
        # Between the look and the lock another may have settled the point and let the ticket go.
        if conn.execute(_STILL_DUE, {"of": found, "now": now}).first() is not None:
            return found
        passed.add(found)


def due(conn: Connection, reference: str, now: datetime) -> tuple[DuePointRow, ...]:
    """Return a ticket's waiting points that are due, the oldest first."""
    return _rows(conn, _DUE_OF_TICKET.params(of=reference, now=now))


def of_ticket(conn: Connection, reference: str) -> tuple[DuePointRow, ...]:
    """Return every due point of a ticket, waiting or not, in order of due time."""
    return _rows(conn, _COLUMNS.where(step.c.reference == reference).order_by(*_ORDER))


def settle(conn: Connection, reference: str, key: str, at: datetime) -> None:
    """Mark a waiting due point done.

    Raises:
        DuePointNotPending: when it does not wait, so that nothing is ever done twice.
    """
    if conn.execute(_SETTLE, {"of": reference, "named": key, "at": at}).rowcount != 1:
        raise DuePointNotPending(f"The due point {key} of {reference} is not waiting.")


def next_due_at(conn: Connection) -> datetime | None:
    """Return when the next due point is, which may be past; None when none waits."""
    return conn.execute(_NEXT).scalar()


def next_point(conn: Connection, besides: Collection[str] = ()) -> DuePointRow | None:
    """Return the due point that is next, which may be past; None when none waits.

    Args:
        conn: a connection.
        besides: tickets whose due points are left to others.
    """
    waiting = _COLUMNS.where(_WAITING, step.c.reference.not_in(sorted(besides)))
    found = _rows(conn, waiting.order_by(*_ORDER).limit(1))
    return found[0] if found else None


def counts(conn: Connection, now: datetime) -> StepCounts:
    """Count the due points that wait and those that are due."""
    pending = conn.execute(_PENDING).scalar_one()
    overdue, oldest = conn.execute(_OVERDUE, {"now": now}).one()
    return StepCounts(pending, overdue, oldest)


def _fresh(
    reference: str, key: str, kind: str, due_at: datetime, now: datetime
) -> dict[str, object]:
    return {
        "reference": reference,
        "key": key,
        "kind": kind,
        "due_at": due_at,
        "state": "pending",
        "created_at": now,
    }


def _differs(row: Row[tuple[Json, ...]], kind: str, due_at: datetime) -> bool:
    return bool(row.state != "pending" or row.due_at != due_at or row.kind != kind)


def _rows(conn: Connection, query: Select[tuple[Json, ...]]) -> tuple[DuePointRow, ...]:
    found: list[tuple[Json, ...]] = [tuple(row) for row in conn.execute(query)]
    return tuple(DuePointRow(*values) for values in found)


# Written out, because the planner finds a partial index by its exact words.
_WAITING = step.c.state == literal_column("'pending'")
_IS_DUE = step.c.due_at <= bindparam("now")
_ORDER = (step.c.due_at, step.c.id)
_COLUMNS: Select[tuple[Json, ...]] = select(
    step.c.reference,
    step.c.key,
    step.c.kind,
    step.c.due_at,
    step.c.state,
    step.c.created_at,
    step.c.settled_at,
)
_OF_TICKET = select(step).where(step.c.reference == bindparam("of"))
_DUE_OF_TICKET = _COLUMNS.where(step.c.reference == bindparam("of"), _WAITING, _IS_DUE).order_by(
    *_ORDER
)
_DUE_TICKET = select(step.c.reference).where(_WAITING, _IS_DUE).order_by(*_ORDER).limit(1)
_DUE_TICKET_LOCKED = (
    select(step.c.reference)
    .join(ticket, ticket.c.reference == step.c.reference)
    .where(_WAITING, _IS_DUE)
    .order_by(*_ORDER)
    .limit(1)
    .with_for_update(of=ticket, skip_locked=True)
)
_STILL_DUE = select(step.c.id).where(step.c.reference == bindparam("of"), _WAITING, _IS_DUE)
_INSERT = insert(step)
_MOVE = (
    update(step)
    .where(step.c.id == bindparam("row"))
    .values(kind=bindparam("to_kind"), due_at=bindparam("to"), state="pending", settled_at=None)
)
_CANCEL = (
    update(step)
    .where(step.c.id == bindparam("row"))
    .values(state="cancelled", settled_at=bindparam("at"))
)
_SETTLE = (
    update(step)
    .where(step.c.reference == bindparam("of"), step.c.key == bindparam("named"), _WAITING)
    .values(state="done", settled_at=bindparam("at"))
)
_NEXT = select(func.min(step.c.due_at)).where(_WAITING)
_PENDING = select(func.count()).select_from(step).where(_WAITING)
_OVERDUE = select(func.count(), func.min(step.c.due_at)).where(_WAITING, _IS_DUE)
