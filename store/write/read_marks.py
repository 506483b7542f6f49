"""Up to which message each channel was read back, as Slack stamps it.

What is written there later has been heard live, or is still to be read.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from store.tables import meta as meta_table
from store.write import meta

_PREFIX = "read_to:"


def get(conn: Connection, channel_id: str) -> str:
    """Return the stamp up to which a channel was read; empty where it never was."""
    return str(meta.get(conn, f"{_PREFIX}{channel_id}") or "")


def put(conn: Connection, channel_id: str, stamp: str) -> None:
    """Keep up to where a channel was read."""
    meta.put(conn, f"{_PREFIX}{channel_id}", stamp)


def purge(conn: Connection, before_s: float) -> int:
    """Forget the marks of channels in which nothing new was read since; return how many."""
    found = conn.execute(select(meta_table.c.name, meta_table.c.value).where(_IS_MARK)).all()
    old = [row.name for row in found if float(str(row.value) or 0) < before_s]
    for name in old:
        meta.forget(conn, name)
    return len(old)


_IS_MARK = meta_table.c.name.startswith(_PREFIX, autoescape=True)
