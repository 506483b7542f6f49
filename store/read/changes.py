"""How far the journal has come: another number after every change of any record."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from store.tables import journal


def newest(conn: Connection) -> int:
    """Return the number of the newest entry; 0 while there is none."""
    return conn.execute(_NEWEST).scalar_one() or 0


_NEWEST = select(func.max(journal.c.id))
