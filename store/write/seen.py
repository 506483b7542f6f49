"""What was received before, so that a redelivery is recognised.

`at` is machine time: redeliveries and replays follow the real clock.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.tables import seen


def claim(conn: Connection, key: str, at: datetime) -> bool:
    """Note a key; say whether it is new.

    Of two transactions with one key the second waits for the first, and is told what became of it.
    """
    statement = _SQLITE if is_sqlite(conn) else _POSTGRES
    return conn.execute(statement, {"key": key, "at": at}).first() is not None


def opened(conn: Connection, key: str, reference: str) -> None:
    """Note which record was opened by what was received under a key."""
    conn.execute(_OPENED, {"of": key, "what": reference})


def reference_of(conn: Connection, key: str) -> str | None:
    """Return the record that was opened by it; None when none was, or an older process did."""
    return conn.execute(_REFERENCE, {"of": key}).scalar_one_or_none()


def purge(conn: Connection, before: datetime) -> int:
    """Forget what was noted before an instant; return how many keys that were."""
    return conn.execute(delete(seen).where(seen.c.at < before)).rowcount


_SQLITE = sqlite_insert(seen).on_conflict_do_nothing().returning(seen.c.key)
_POSTGRES = postgres_insert(seen).on_conflict_do_nothing().returning(seen.c.key)
_OPENED = update(seen).where(seen.c.key == bindparam("of")).values(reference=bindparam("what"))
_REFERENCE = select(seen.c.reference).where(seen.c.key == bindparam("of"))
