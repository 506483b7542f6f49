"""What an error of the database means, the same words for both dialects.

It only names; whether and how often to try again is decided by the caller.
"""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from store.errors import StoreError, WriterQueueTimeout


class Fault(StrEnum):
    """Name why a transaction did not happen."""

    BUSY = "busy"
    CONFLICT = "conflict"
    FULL = "full"
    READ_ONLY = "read_only"
    UNREACHABLE = "unreachable"
    DAMAGED = "damaged"
    OTHER = "other"


_SQLITE = {
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Fault.UNREACHABLE,
    sqlite3.SQLITE_IOERR: Fault.UNREACHABLE,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
}
_POSTGRES = {
    "40001": Fault.CONFLICT,
    "40P01": Fault.CONFLICT,
    "55P03": Fault.BUSY,
    "53100": Fault.FULL,
    "25006": Fault.READ_ONLY,
    "55000": Fault.READ_ONLY,
    "0A000": Fault.UNREACHABLE,
    "25P03": Fault.UNREACHABLE,
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
}
_POSTGRES_CLASSES = {"08": Fault.UNREACHABLE, "57": Fault.UNREACHABLE, "53": Fault.BUSY}
_PASSING = frozenset({Fault.BUSY, Fault.CONFLICT, Fault.UNREACHABLE})

DATABASE_ERRORS = (DBAPIError, PoolTimeout, StoreError)
"""Everything that a transaction can fail with, for those who must not know SQLAlchemy."""


def fault_of(error: BaseException) -> Fault:
    """Name what a database error means."""
    if isinstance(error, WriterQueueTimeout | PoolTimeout):
        return Fault.BUSY
    if not isinstance(error, DBAPIError):
        return Fault.OTHER
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF, Fault.OTHER)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2], Fault.OTHER)
    # psycopg gives a broken connection no state at all.
    if error.connection_invalidated or type(error.orig).__name__ == "OperationalError":
        return Fault.UNREACHABLE
    return Fault.OTHER


def is_passing(error: BaseException) -> bool:
    """Say whether the same transaction, run again from its start, can succeed by itself."""
    if isinstance(error, StoreError) and not isinstance(error, WriterQueueTimeout):
        return False
    fault = fault_of(error)
    # A session that may only read was given up with its error: the next may be another server's.
    is_new = isinstance(error, DBAPIError) and error.connection_invalidated
    return fault in _PASSING or (fault is Fault.READ_ONLY and is_new)
