"""The proof that the database takes a command's writes now.

Nothing of the proof is kept. On SQLite it is written to the disk and taken out again in one
transaction, so that a disk without room for a command fails it; on PostgreSQL the tables are taken
as an insert takes them, so that whatever would keep a command waiting keeps it waiting too.
"""

from __future__ import annotations

from sqlalchemy import text

from store.db import Connection, Database, is_sqlite
from store.errors import NotMigrated
from store.schema import HEAD, revision
from store.write import meta

# About what a command that opens a ticket adds.
_ROOM = "x" * 24_000
_LIKE_AN_INSERT = text("LOCK TABLE ticket, journal, step, outbox, meta IN ROW EXCLUSIVE MODE")


def prove(database: Database, mark: str) -> None:
    """Write as a command would, and leave nothing behind.

    Args:
        database: what is proven.
        mark: a name that no other process uses, so that none waits for another.

    Raises:
        NotMigrated: when the database has another shape than this program's.
        DatabaseRefused: when it has become another program's, or a newer one's.
    """
    with database.write() as conn:
        if (found := revision(conn)) != HEAD:
            raise NotMigrated(f"The database is at revision {found}; this program needs {HEAD}.")
        _write(conn, f"writable/{mark}")


def _write(conn: Connection, name: str) -> None:
    if not is_sqlite(conn):
        conn.execute(_LIKE_AN_INSERT)
    meta.put(conn, name, _ROOM)
    meta.forget(conn, name)
