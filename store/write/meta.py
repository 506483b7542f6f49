"""The few facts of the installation itself, by name.

The bot's identity, and in a drill the offset of business time, so that replicas agree.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.json_text import Json
from store.tables import meta

IDENTITY = "identity"
CLOCK_OFFSET_S = "clock_offset_s"
DIRECTORY_FILE = "directory_file"


def get(conn: Connection, name: str) -> Json:
    """Return a fact, or None when it was never told."""
    return conn.execute(_GET, {"of": name}).scalar_one_or_none()


def put(conn: Connection, name: str, value: Json) -> None:
    """Keep a fact in place of what was known."""
    conn.execute(_PUT_SQLITE if is_sqlite(conn) else _PUT_POSTGRES, {"name": name, "value": value})


def forget(conn: Connection, name: str) -> None:
    """Forget a fact."""
    conn.execute(delete(meta).where(meta.c.name == name))


def clock_offset_s(conn: Connection) -> float:
    """Return by how many seconds business time leads machine time; 0.0 outside a drill."""
    return float(get(conn, CLOCK_OFFSET_S) or 0.0)


_GET = select(meta.c.value).where(meta.c.name == bindparam("of"))
_NEW_SQLITE = sqlite_insert(meta)
_NEW_POSTGRES = postgres_insert(meta)
_PUT_SQLITE = _NEW_SQLITE.on_conflict_do_update(
    index_elements=["name"], set_={"value": _NEW_SQLITE.excluded.value}
)
_PUT_POSTGRES = _NEW_POSTGRES.on_conflict_do_update(
    index_elements=["name"], set_={"value": _NEW_POSTGRES.excluded.value}
)
