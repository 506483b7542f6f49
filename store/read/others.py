"""Reading records that are no tickets, of every kind."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, select

from store.record_rows import RecordRow
from store.tables import record


def every(conn: Connection) -> list[RecordRow]:
    """Return every record of the kinds that share a table, in order of reference."""
    return [RecordRow(*row) for row in conn.execute(_EVERY)]


def references(conn: Connection) -> tuple[str, ...]:
    """Return the reference of each, whatever else its row holds."""
    return tuple(conn.execute(_REFERENCES).scalars())


_REFERENCES = select(record.c.reference).order_by(record.c.reference)
_EVERY = select(*(record.c[field.name] for field in fields(RecordRow))).order_by(record.c.reference)
