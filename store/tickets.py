"""This file owns the ticket's current row: what the rules need at hand, beside the journal.

The row is locked first by every writer; due points and outbox come after it, never before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection, Row, Select, bindparam, select, update
from sqlalchemy import insert as insert_into
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import TicketChanged
from store.json_text import Json
from store.tables import counter, ticket

FIRST_NUMBER = 1001


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket as it stands; `version` counts its writes, `open` says whether it is owed."""

    reference: str
    team_id: str
    number: int
    status: str
    open: bool
    tier: int
    account_key: str | None
    body: Mapping[str, Json]
    version: int
    policy_version: str
    opened_at: datetime
    updated_at: datetime
    bridge_channel: str | None = None
    customer_channel: str | None = None
    customer_thread: str | None = None
    drill: bool = False


def next_reference(conn: Connection, prefix: str) -> tuple[str, int]:
    """Give the next reference and number of a prefix, from 1001 up.

    The number is kept only if this transaction is, so that a gap means a deleted ticket.
    """
    statement = _NEXT_SQLITE if is_sqlite(conn) else _NEXT_POSTGRES
    number: int = conn.execute(statement, {"name": prefix, "value": FIRST_NUMBER}).scalar_one()
    return f"{prefix}-{number}", number


def insert(conn: Connection, row: TicketRow) -> None:
    """Insert a new ticket's row as it is given."""
    conn.execute(_INSERT, _values(row))


def get(conn: Connection, reference: str) -> TicketRow | None:
    """Return a ticket's row without locking it, or None when there is no such ticket."""
    return _one(conn, _BY_REFERENCE, reference)


def lock(conn: Connection, reference: str) -> TicketRow | None:
    """Return a ticket's row and hold it until this transaction ends; None if there is none."""
    return _one(conn, _BY_REFERENCE if is_sqlite(conn) else _LOCKED, reference)


def lock_if_free(conn: Connection, reference: str) -> TicketRow | None:
    """Return and hold a ticket's row, or None when another transaction holds it."""
    return _one(conn, _BY_REFERENCE if is_sqlite(conn) else _LOCKED_IF_FREE, reference)


def save(conn: Connection, row: TicketRow) -> TicketRow:
    """Write a ticket's row if it is still of the version given; the version goes up by one.

    Returns:
        The row as it stands now.

    Raises:
        TicketChanged: when somebody else wrote it in between, or it does not exist.
    """
    kept = replace(row, version=row.version + 1)
    values = _values(kept) | {"of": row.reference, "was": row.version}
    if conn.execute(_SAVE, values).rowcount != 1:
        raise TicketChanged(f"{row.reference} was changed by somebody else in between.")
    return kept


def by_bridge_channel(conn: Connection, channel_id: str) -> TicketRow | None:
    """Return the ticket whose bridge this channel is, if it is one."""
    return _first(conn, _BY_BRIDGE.params(of=channel_id))


def by_customer_channel(
    conn: Connection, channel_id: str, thread_ts: str | None = None
) -> TicketRow | None:
    """Return the ticket of a customer's thread; without a thread, the channel's newest open one."""
    query = _newest_first().where(ticket.c.customer_channel == channel_id)
    if thread_ts is None:
        query = query.where(ticket.c.open)
    else:
        query = query.where(ticket.c.customer_thread == thread_ts)
    return _first(conn, query)


def open_for_account(conn: Connection, account_key: str) -> tuple[TicketRow, ...]:
    """Return an account's open tickets, newest first."""
    query = _newest_first().where(ticket.c.account_key == account_key, ticket.c.open)
    return _all(conn, query)


def all_open(conn: Connection) -> tuple[TicketRow, ...]:
    """Return every open ticket: highest tier first, then the oldest."""
    query = _SELECT.where(ticket.c.open).order_by(
        ticket.c.tier.desc(), ticket.c.opened_at, ticket.c.number
    )
    return _all(conn, query)


def recent(
    conn: Connection,
    *,
    limit: int,
    account_key: str | None = None,
    status: str | None = None,
    before: datetime | None = None,
    since: datetime | None = None,
) -> tuple[TicketRow, ...]:
    """Return tickets, newest first; `before` and `since` bound when they were opened."""
    query = _newest_first().limit(limit)
    if account_key is not None:
        query = query.where(ticket.c.account_key == account_key)
    if status is not None:
        query = query.where(ticket.c.status == status)
    if before is not None:
        query = query.where(ticket.c.opened_at < before)
    if since is not None:
        query = query.where(ticket.c.opened_at >= since)
    return _all(conn, query)


_NAMES = tuple(field.name for field in fields(TicketRow))


def _values(row: TicketRow) -> dict[str, object]:
    values = {name: getattr(row, name) for name in _NAMES}
    values["body"] = dict(row.body)
    return values


def _row(found: Row[tuple[Json, ...]]) -> TicketRow:
    values: tuple[Json, ...] = tuple(found)
    return TicketRow(*values)


def _one(conn: Connection, query: Select[tuple[Json, ...]], reference: str) -> TicketRow | None:
    found = conn.execute(query, {"of": reference}).one_or_none()
    return None if found is None else _row(found)


def _first(conn: Connection, query: Select[tuple[Json, ...]]) -> TicketRow | None:
    found = conn.execute(query.limit(1)).first()
    return None if found is None else _row(found)


def _all(conn: Connection, query: Select[tuple[Json, ...]]) -> tuple[TicketRow, ...]:
    return tuple(_row(found) for found in conn.execute(query))


_SELECT: Select[tuple[Json, ...]] = select(*(ticket.c[name] for name in _NAMES))
_BY_REFERENCE = _SELECT.where(ticket.c.reference == bindparam("of"))
_LOCKED = _BY_REFERENCE.with_for_update()
_LOCKED_IF_FREE = _BY_REFERENCE.with_for_update(skip_locked=True)
_BY_BRIDGE = _SELECT.where(ticket.c.bridge_channel == bindparam("of"))
_INSERT = insert_into(ticket)
_SAVE = (
    update(ticket)
    .where(ticket.c.reference == bindparam("of"), ticket.c.version == bindparam("was"))
    .values({name: bindparam(name) for name in _NAMES if name != "reference"})
)
_NEXT_SQLITE = (
    sqlite_insert(counter)
    .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1})
    .returning(counter.c.value)
)
_NEXT_POSTGRES = (
    postgres_insert(counter)
    .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1})
    .returning(counter.c.value)
)


def _newest_first() -> Select[tuple[Json, ...]]:
    return _SELECT.order_by(ticket.c.opened_at.desc(), ticket.c.number.desc())
