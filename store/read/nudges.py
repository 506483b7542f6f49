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


_NAMES = tuple(RecordRow.__dataclass_fields__)
_OPEN = (
    select(*(record.c[name] for name in _NAMES))
    .where(
        record.c.kind == KIND,
        record.c.opened_at >= bindparam("since"),
        record.c.account_key == bindparam("of"),
        record.c.open,
    )
    .order_by(record.c.opened_at.desc())
)
