"""How records' rows are numbered, locked, read and saved.

Tickets have a table of their own, all other kinds share one. The row is locked first by every
writer; due points and outbox come after it, never before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Generic, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select, update
from sqlalchemy import insert as insert_into
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import TicketChanged
from store.json_text import Json
from store.record_rows import RecordRow
from store.tables import counter, record, ticket
from store.ticket_rows import TicketRow

FIRST_NUMBER = 1001
R = TypeVar("R", TicketRow, RecordRow)


def next_reference(conn: Connection, prefix: str) -> tuple[str, int]:
    """Give the next reference and number of a prefix, from 1001 up.

    The number is kept only if this transaction is, so that a gap means a deleted ticket.
    """
    statement = _NEXT_SQLITE if is_sqlite(conn) else _NEXT_POSTGRES
    number: int = conn.execute(statement, {"name": prefix, "value": FIRST_NUMBER}).scalar_one()
    return f"{prefix}-{number}", number


def wait_for_openings(conn: Connection, prefix: str) -> None:
    """Wait for who takes a number of a prefix, so that what they open is seen, as they wait here.

    Where one transaction writes at a time there is nothing to wait for.
    """
    if not is_sqlite(conn):
        conn.execute(_HELD, {"of": prefix})


class Shelf(Generic[R]):
    """One table of records.

    Args:
        table: The table.
        row: What one row of it is as a value.
    """

    def __init__(self, table: Table, row: type[R]) -> None:
        self._row: Callable[..., R] = row
        self._names = tuple(field.name for field in fields(row))
        whole: Select[tuple[Json, ...]] = select(*(table.c[name] for name in self._names))
        self._by_reference = whole.where(table.c.reference == bindparam("of"))
        self._locked = self._by_reference.with_for_update()
        self._locked_if_free = self._by_reference.with_for_update(skip_locked=True)
        self._insert = insert_into(table)
        self._save = (
            update(table)
            .where(table.c.reference == bindparam("of"), table.c.version == bindparam("was"))
            .values({name: bindparam(name) for name in self._names if name != "reference"})
        )

    def insert(self, conn: Connection, row: R) -> None:
        """Insert a new record's row as it is given."""
        conn.execute(self._insert, self._values(row))

    def get(self, conn: Connection, reference: str) -> R | None:
        """Return a record's row without locking it, or None when there is no such record."""
        return self._one(conn, self._by_reference, reference)

    def lock(self, conn: Connection, reference: str) -> R | None:
        """Return a record's row and hold it until this transaction ends; None if there is none."""
        return self._one(conn, self._by_reference if is_sqlite(conn) else self._locked, reference)

    def lock_if_free(self, conn: Connection, reference: str) -> R | None:
        """Return and hold a record's row, or None when another transaction holds it."""
        query = self._by_reference if is_sqlite(conn) else self._locked_if_free
        return self._one(conn, query, reference)

    def save(self, conn: Connection, row: R) -> R:
        """Write a record's row if it is still of the version given; the version goes up by one.

        Returns:
            The row as it stands now.

        Raises:
            TicketChanged: when somebody else wrote it in between, or it does not exist.
        """
        kept = replace(row, version=row.version + 1)
        values = self._values(kept) | {"of": row.reference, "was": row.version}
        if conn.execute(self._save, values).rowcount != 1:
            raise TicketChanged(f"{row.reference} was changed by somebody else in between.")
        return kept

    def _values(self, row: R) -> dict[str, object]:
        values = {name: getattr(row, name) for name in self._names}
        values["body"] = dict(row.body)
        return values

    def _one(self, conn: Connection, query: Select[tuple[Json, ...]], reference: str) -> R | None:
        found = conn.execute(query, {"of": reference}).one_or_none()
        return None if found is None else self._row(*found)


TICKETS = Shelf(ticket, TicketRow)
OTHERS = Shelf(record, RecordRow)
insert, get, lock = TICKETS.insert, TICKETS.get, TICKETS.lock
lock_if_free, save = TICKETS.lock_if_free, TICKETS.save


def take_if_free(conn: Connection, reference: str) -> bool:
    """Take a record of any kind; False while another transaction holds it.

    Of what is not there yet nothing can be held.
    """
    if TICKETS.lock_if_free(conn, reference) or OTHERS.lock_if_free(conn, reference):
        return True
    return not (TICKETS.get(conn, reference) or OTHERS.get(conn, reference))


_HELD = select(counter.c.value).where(counter.c.name == bindparam("of")).with_for_update()
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
