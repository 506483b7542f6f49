"""Every policy a ticket was ever opened under, by version, unchanged for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import PolicyDiffers, PolicyUnknown
from store.tables import policy

FIRST_SCHEMA = 1
"""The schema of a body beside which none is noted: there was no other when it was kept."""


def keep(conn: Connection, version: str, body: str, schema: int, first_used_at: datetime) -> bool:
    """Keep a policy's canonical body and its schema; say whether it is new.

    Raises:
        PolicyDiffers: when another body is kept under this version.
    """
    statement = _KEEP_SQLITE if is_sqlite(conn) else _KEEP_POSTGRES
    row = {"version": version, "body": body, "schema": schema, "first_used_at": first_used_at}
    if conn.execute(statement, row).first() is not None:
        return True
    _, kept = get(conn, version)
    if kept != body:
        raise PolicyDiffers(f"Another policy is kept as version {version}.")
    return False


def get(conn: Connection, version: str) -> tuple[int, str]:
    """Return a policy's schema and its canonical body.

    Raises:
        PolicyUnknown: when no ticket was ever opened under it.
    """
    found = conn.execute(_GET, {"of": version}).one_or_none()
    if found is None:
        raise PolicyUnknown(f"No policy of version {version} was ever used here.")
    return found.schema or FIRST_SCHEMA, found.body


def versions(conn: Connection) -> tuple[str, ...]:
    """Return every version used, the first one first."""
    found = conn.execute(select(policy.c.version).order_by(policy.c.first_used_at)).scalars()
    return tuple(found)


_GET = select(policy.c.schema, policy.c.body).where(policy.c.version == bindparam("of"))
_KEEP_SQLITE = sqlite_insert(policy).on_conflict_do_nothing().returning(policy.c.version)
_KEEP_POSTGRES = postgres_insert(policy).on_conflict_do_nothing().returning(policy.c.version)
