"""How a ticket's row is numbered, locked, read and saved.

The row is locked first by every writer; due points and outbox come after it, never before.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, Select, bindparam, update
from sqlalchemy import insert as insert_into
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import TicketChanged
from store.json_text import Json
from store.tables import counter, ticket
from store.ticket_rows import NAMES, WHOLE, TicketRow, row_of

FIRST_NUMBER = 1001


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


def _values(row: TicketRow) -> dict[str, object]:
    values = {name: getattr(row, name) for name in NAMES}
    values["body"] = dict(row.body)
    return values


def _one(conn: Connection, query: Select[tuple[Json, ...]], reference: str) -> TicketRow | None:
    found = conn.execute(query, {"of": reference}).one_or_none()
    return None if found is None else row_of(found)


_BY_REFERENCE = WHOLE.where(ticket.c.reference == bindparam("of"))
_LOCKED = _BY_REFERENCE.with_for_update()
_LOCKED_IF_FREE = _BY_REFERENCE.with_for_update(skip_locked=True)
_INSERT = insert_into(ticket)
_SAVE = (
    update(ticket)
    .where(ticket.c.reference == bindparam("of"), ticket.c.version == bindparam("was"))
    .values({name: bindparam(name) for name in NAMES if name != "reference"})
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
