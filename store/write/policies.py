"""This file owns every policy a ticket was ever opened under, by version, unchanged for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import PolicyDiffers, PolicyUnknown
from store.tables import policy


def keep(conn: Connection, version: str, body: str, first_used_at: datetime) -> bool:
    """Keep a policy's canonical body; say whether it is new.

    Raises:
        PolicyDiffers: when another body is kept under this version.
    """
    statement = _KEEP_SQLITE if is_sqlite(conn) else _KEEP_POSTGRES
    row = {"version": version, "body": body, "first_used_at": first_used_at}
    if conn.execute(statement, row).first() is not None:
        return True
    if get(conn, version) != body:
        raise PolicyDiffers(f"Another policy is kept as version {version}.")
    return False


def get(conn: Connection, version: str) -> str:
    """Return a policy's canonical body.

    Raises:
        PolicyUnknown: when no ticket was ever opened under it.
    """
    body: str | None = conn.execute(_GET, {"of": version}).scalar_one_or_none()
    if body is None:
        raise PolicyUnknown(f"No policy of version {version} was ever used here.")
    return body


def versions(conn: Connection) -> tuple[str, ...]:
    """Return every version used, the first one first."""
    found = conn.execute(select(policy.c.version).order_by(policy.c.first_used_at)).scalars()
    return tuple(found)


_GET = select(policy.c.body).where(policy.c.version == bindparam("of"))
_KEEP_SQLITE = sqlite_insert(policy).on_conflict_do_nothing().returning(policy.c.version)
_KEEP_POSTGRES = postgres_insert(policy).on_conflict_do_nothing().returning(policy.c.version)
