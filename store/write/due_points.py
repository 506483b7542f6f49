"""The points that fall due: the truth of the timed protocol.

A tick takes a record first and its points after it; taking points first deadlocks against commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from store.db import is_sqlite
from store.due_rows import IN_ORDER, IS_DUE, WAITING, WHOLE, DuePointRow, rows_of
from store.errors import DuePointNotPending
from store.json_text import Json
from store.tables import record, step, ticket


class Point(NamedTuple):
    """A due point that is to wait: the value, and what a query finds it by."""

    key: str
    kind: str
    due_at: datetime
    value: Json = None


def sync(
    conn: Connection,
    reference: str,
    points: Iterable[Point],
    now: datetime,
    read: Callable[[Json], object],
) -> None:
    """Make a ticket's waiting due points exactly these; done ones stay done.

    New ones are inserted, changed ones changed, those no longer wanted cancelled, and a cancelled
    one that is wanted again waits again. The caller holds the ticket's row.

    Args:
        conn: a writing connection.
        reference: the ticket.
        points: what is to wait.
        now: business time.
        read: reads a value that would be lost; refuses one that only a newer program can read.
    """
    wanted = {point.key: point for point in points}
    known = {row.key: row for row in conn.execute(_OF_TICKET, {"of": reference})}
    fresh = [_fresh(reference, wanted[key], now) for key in wanted if key not in known]
    changed = [
        row
        for key, row in known.items()
        if key in wanted and row.state != "done" and _differs(row, wanted[key])
    ]
    gone = [row for key, row in known.items() if key not in wanted and row.state == "pending"]
    for row in (*changed, *gone):
        if row.state == "pending" and row.value is not None:
            read(row.value)
    moved = [{"row": row.id, **_said(wanted[row.key])} for row in changed]
    over = [{"row": row.id, "at": now} for row in gone]
    for statement, rows in ((_INSERT, fresh), (_MOVE, moved), (_CANCEL, over)):
        if rows:
            conn.execute(statement, rows)


def begin(conn: Connection, reference: str, points: Iterable[Point], now: datetime) -> None:
    """Insert the waiting due points of a ticket that is new in this transaction."""
    rows = [_fresh(reference, point, now) for point in points]
    if rows:
        conn.execute(_INSERT, rows)


def claim_ticket_with_due(
    conn: Connection, now: datetime, skip: Set[str] = frozenset()
) -> str | None:
    """Take the record whose waiting point is due the longest, tickets first; hold it to the end.

    Args:
        conn: a writing connection.
        now: business time.
        skip: records not to take, such as those that failed a moment ago.

    Returns:
        The reference, or None when no free record has a point that is due.
    """
    passed = set(skip)
    while True:
        found = _first_due(conn, now, passed)
        if found is None or is_sqlite(conn):
            return found
        # Between the look and the lock another may have settled the point and let the ticket go.
        if conn.execute(_STILL_DUE, {"of": found, "now": now}).first() is not None:
            return found
        passed.add(found)


def _first_due(conn: Connection, now: datetime, passed: Set[str]) -> str | None:
    """Return what is due the longest and free: of tickets, and else of records of other kinds."""
    for every in (_DUE_RECORD,) if is_sqlite(conn) else _DUE_LOCKED:
        besides = step.c.reference.not_in(bindparam("skip", expanding=True))
        query = every.where(besides) if passed else every
        found: str | None = conn.execute(query, {"now": now, "skip": list(passed)}).scalar()
        if found is not None:
            return found
    return None


def due(conn: Connection, reference: str, now: datetime) -> tuple[DuePointRow, ...]:
    """Return a ticket's waiting points that are due, the oldest first."""
    return rows_of(conn, _DUE_OF_TICKET.params(of=reference, now=now))


def settle(conn: Connection, reference: str, key: str, at: datetime) -> None:
    """Mark a waiting due point done.

    Raises:
        DuePointNotPending: when it does not wait, so that nothing is ever done twice.
    """
    if conn.execute(_SETTLE, {"of": reference, "named": key, "at": at}).rowcount != 1:
        raise DuePointNotPending(f"The due point {key} of {reference} is not waiting.")


def _said(point: Point) -> dict[str, object]:
    return {"to_kind": point.kind, "to": point.due_at, "to_value": point.value}


def _fresh(reference: str, point: Point, now: datetime) -> dict[str, object]:
    return {**point._asdict(), "reference": reference, "state": "pending", "created_at": now}


def _differs(row: Row[tuple[Json, ...]], point: Point) -> bool:
    return bool(row.state != "pending" or (row.kind, row.due_at, row.value) != point[1:])


_OF_TICKET = select(step).where(step.c.reference == bindparam("of"))
_DUE_OF_TICKET = WHOLE.where(step.c.reference == bindparam("of"), WAITING, IS_DUE).order_by(
    *IN_ORDER
)
_DUE_RECORD = select(step.c.reference).where(WAITING, IS_DUE).order_by(*IN_ORDER).limit(1)
_DUE_LOCKED = tuple(
    _DUE_RECORD.join(table, table.c.reference == step.c.reference).with_for_update(
        of=table, skip_locked=True
    )
    for table in (ticket, record)
)
_STILL_DUE = select(step.c.id).where(step.c.reference == bindparam("of"), WAITING, IS_DUE)
_INSERT = insert(step)
_MOVE = (
    update(step)
    .where(step.c.id == bindparam("row"))
    .values(
        kind=bindparam("to_kind"),
        due_at=bindparam("to"),
        value=bindparam("to_value"),
        state="pending",
        settled_at=None,
    )
)
_CANCEL = (
    update(step)
    .where(step.c.id == bindparam("row"))
    .values(state="cancelled", settled_at=bindparam("at"))
)
_SETTLE = (
    update(step)
    .where(step.c.reference == bindparam("of"), step.c.key == bindparam("named"), WAITING)
    .values(state="done", settled_at=bindparam("at"))
)
