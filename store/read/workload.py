"""The watchers' picture of the whole: what waits, what is due, what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from store.outbox_rows import in_state, unfinished
from store.read import deliveries, upcoming
from store.tables import outbox as outbox_table
from store.tables import ticket


@dataclass(frozen=True, slots=True)
class Work:
    """What is waiting: the watchers' picture of the whole."""

    pending_steps: int
    due_steps: int
    oldest_due_at: datetime | None
    unfinished_rows: int
    oldest_row_at: datetime | None
    dead_rows: int
    leases_ended: int
    open_tickets: int
    pending_posts: int


def work(conn: Connection, *, now: datetime, business_now: datetime) -> Work:
    """Return what is waiting at a moment of machine time and business time."""
    waiting = upcoming.counts(conn, business_now)
    ended = select(func.count()).where(
        unfinished(outbox_table),
        in_state(outbox_table, "sending"),
        outbox_table.c.lease_until <= now,
    )
    dead = select(func.count()).where(in_state(outbox_table, "dead"))
    opened = select(func.count()).select_from(ticket).where(ticket.c.open)
    return Work(
        pending_steps=waiting.pending,
        due_steps=waiting.due,
        oldest_due_at=waiting.oldest_due_at,
        unfinished_rows=deliveries.pending_count(conn),
        oldest_row_at=deliveries.oldest_pending(conn),
        dead_rows=conn.execute(dead.select_from(outbox_table)).scalar_one(),
        leases_ended=conn.execute(ended.select_from(outbox_table)).scalar_one(),
        open_tickets=conn.execute(opened).scalar_one(),
        pending_posts=upcoming.posts_waiting(conn),
    )
