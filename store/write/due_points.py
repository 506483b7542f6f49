"""This file owns the points that fall due: the truth of the timed protocol.

A tick takes a record first and its points after it; taking points first deadlocks against commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from store.db import is_sqlite
from store.due_rows import IN_ORDER, IS_DUE, WAITING, WHOLE, DuePointRow, rows_of
from store.errors import DuePointNotPending
from store.json_text import Json
from store.tables import record, step, ticket

Point = tuple[str, str, datetime]


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
    .values(kind=bindparam("to_kind"), due_at=bindparam("to"), state="pending", settled_at=None)
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
