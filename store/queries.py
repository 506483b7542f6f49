"""This file owns the small pictures that are read often: lists, counts, and the state of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, select

from store import outbox, steps
from store.json_text import Json
from store.tables import counter, ticket
from store.tables import outbox as outbox_table


@dataclass(frozen=True, slots=True)
class Listed:
    """One ticket in a list, without its body."""

    reference: str
    status: str
    open: bool
    tier: int
    account_key: str | None
    opened_at: datetime
    updated_at: datetime
    bridge_channel: str | None
    drill: bool


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


def listed_open(conn: Connection, *, limit: int = 500) -> tuple[Listed, ...]:
    """Return the open tickets for a queue: highest tier first, then the oldest."""
    query = _LISTED.where(ticket.c.open)
    order = (ticket.c.tier.desc(), ticket.c.opened_at, ticket.c.number)
    return _listed(conn, query.order_by(*order).limit(limit))


def history(conn: Connection, account_key: str, *, limit: int = 50) -> tuple[Listed, ...]:
    """Return an account's tickets, newest first."""
    query = _LISTED.where(ticket.c.account_key == account_key)
    return _listed(conn, query.order_by(ticket.c.opened_at.desc()).limit(limit))


def open_by_tier(conn: Connection) -> dict[int, int]:
    """Count the open tickets of each tier that has any."""
    query = select(ticket.c.tier, func.count()).where(ticket.c.open).group_by(ticket.c.tier)
    return {row[0]: row[1] for row in conn.execute(query)}


def last_number(conn: Connection, prefix: str) -> int | None:
    """Return the last number given for a prefix, or None before the first."""
    query = select(counter.c.value).where(counter.c.name == prefix)
    return conn.execute(query).scalar_one_or_none()


def work(conn: Connection, *, now: datetime, business_now: datetime) -> Work:
    """Return what is waiting at a moment of machine time and business time."""
    waiting = steps.counts(conn, business_now)
    ended = select(func.count()).where(
        outbox_table.c.state == "sending", outbox_table.c.lease_until <= now
    )
    dead = select(func.count()).where(outbox_table.c.state == "dead")
    opened = select(func.count()).select_from(ticket).where(ticket.c.open)
    return Work(
        pending_steps=waiting.pending,
        due_steps=waiting.due,
        oldest_due_at=waiting.oldest_due_at,
        unfinished_rows=outbox.pending_count(conn),
        oldest_row_at=outbox.oldest_pending(conn),
        dead_rows=conn.execute(dead.select_from(outbox_table)).scalar_one(),
        leases_ended=conn.execute(ended.select_from(outbox_table)).scalar_one(),
        open_tickets=conn.execute(opened).scalar_one(),
    )


def _listed(conn: Connection, query: Select[tuple[Json, ...]]) -> tuple[Listed, ...]:
    return tuple(_one(row) for row in conn.execute(query))


def _one(row: Row[tuple[Json, ...]]) -> Listed:
    values: tuple[Json, ...] = tuple(row)
    return Listed(*values)


_LISTED: Select[tuple[Json, ...]] = select(
    ticket.c.reference,
    ticket.c.status,
    ticket.c.open,
    ticket.c.tier,
    ticket.c.account_key,
    ticket.c.opened_at,
    ticket.c.updated_at,
    ticket.c.bridge_channel,
    ticket.c.drill,
)
