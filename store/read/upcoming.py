"""What is coming: which points wait, which is next, how many are due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from store.due_rows import IN_ORDER, IS_DUE, WAITING, WHOLE, DuePointRow, rows_of
from store.tables import posted, step
from store.write.posted import WAITING as POSTED


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many due points wait, how many of them are due, and since when the oldest is."""

    pending: int
    due: int
    oldest_due_at: datetime | None


def of_ticket(conn: Connection, reference: str) -> tuple[DuePointRow, ...]:
    """Return every due point of a ticket, waiting or not, in order of due time."""
    return rows_of(conn, WHOLE.where(step.c.reference == reference).order_by(*IN_ORDER))


@dataclass(frozen=True, slots=True)
class Coming:
    """When the next due point is, which may be past, None when none waits; whether a post waits."""

    due_at: datetime | None
    is_posted: bool


def coming(conn: Connection) -> Coming:
    """Return what is to be decided next."""
    return Coming(*conn.execute(_COMING).one())


def posts_waiting(conn: Connection) -> int:
    """Count the posted commands that are not decided."""
    return conn.execute(_POSTED).scalar_one()


def next_point(conn: Connection, besides: Collection[str] = ()) -> DuePointRow | None:
    """Return the due point that is next, which may be past; None when none waits.

    Args:
        conn: a connection.
        besides: tickets whose due points are left to others.
    """
    waiting = WHOLE.where(WAITING, step.c.reference.not_in(sorted(besides)))
    found = rows_of(conn, waiting.order_by(*IN_ORDER).limit(1))
    return found[0] if found else None


def counts(conn: Connection, now: datetime) -> DueCounts:
    """Count the due points that wait and those that are due."""
    pending = conn.execute(_PENDING).scalar_one()
    overdue, oldest = conn.execute(_OVERDUE, {"now": now}).one()
    return DueCounts(pending, overdue, oldest)


_NEXT = select(func.min(step.c.due_at)).where(WAITING)
_COMING = select(_NEXT.scalar_subquery(), exists().where(POSTED))
_POSTED = select(func.count()).select_from(posted).where(POSTED)
_PENDING = select(func.count()).select_from(step).where(WAITING)
_OVERDUE = select(func.count(), func.min(step.c.due_at)).where(WAITING, IS_DUE)
