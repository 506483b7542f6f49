"""Up to which message each channel was read back, as Slack stamps it.

What is written there later has been heard live, or is still to be read.
"""

from __future__ import annotations

from sqlalchemy import Connection

from store.write import meta

_PREFIX = "read_to:"


def get(conn: Connection, channel_id: str) -> str:
    """Return the stamp up to which a channel was read; empty where it never was."""
    return str(meta.get(conn, f"{_PREFIX}{channel_id}") or "")


def put(conn: Connection, channel_id: str, stamp: str) -> None:
    """Keep up to where a channel was read."""
    meta.put(conn, f"{_PREFIX}{channel_id}", stamp)
