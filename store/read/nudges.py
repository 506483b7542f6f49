"""What is seen of the questions whether a message is a report. Source: M16."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from store.record_rows import RecordRow
from store.tables import record

KIND = "nudge"


def open_of(conn: Connection, account_key: str, *, since: datetime) -> tuple[RecordRow, ...]:
    """Return the rows of an account's questions that are not settled, newest first.

    Args:
        conn: a connection.
        account_key: the account.
        since: how old a question may be.
    """
    found = conn.execute(_OPEN, {"of": account_key, "since": since}).mappings()
    return tuple(RecordRow(**row) for row in found)


def asked_since(conn: Connection, account_key: str, *, since: datetime) -> tuple[RecordRow, ...]:
    """Return the rows of all of an account's questions since an instant, newest first."""
    found = conn.execute(_SINCE, {"of": account_key, "since": since}).mappings()
    return tuple(RecordRow(**row) for row in found)


def first_at(conn: Connection, account_key: str) -> datetime | None:
    """Return when our people were asked about an account for the first time."""
    at: datetime | None = conn.execute(_FIRST, {"of": account_key}).scalar()
    return at


_NAMES = tuple(RecordRow.__dataclass_fields__)
_OF_ACCOUNT = (record.c.kind == KIND) & (record.c.account_key == bindparam("of"))
_SINCE = (
    select(*(record.c[name] for name in _NAMES))
    .where(_OF_ACCOUNT, record.c.opened_at >= bindparam("since"))
    .order_by(record.c.opened_at.desc())
)
_OPEN = _SINCE.where(record.c.open)
_FIRST = select(record.c.opened_at).where(_OF_ACCOUNT).order_by(record.c.opened_at).limit(1)
