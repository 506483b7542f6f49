"""What is forgotten by age, in small batches: what was received, told and decided long ago.

The journal is never touched, nor anything of a record that is open or changed since, nor what
waits, is being sent or was refused. A pass walks along the primary key from the oldest row to the
first young one, so that no batch reads a whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
)

from store.outbox_rows import in_state
from store.tables import outbox, posted, record, seen, step, ticket

BATCH = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A table that is purged: whose rows they are, and which are over."""

    table: Table
    owner: ColumnElement[str]
    over: ColumnElement[bool]
    since: ColumnElement[datetime]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did: how many rows went, and after which the next begins; None at the end."""

    gone: int
    after: int | None


def _waits(reference: ColumnElement[str]) -> ColumnElement[bool]:
    """Say that something of a record is still to be sent, or was refused: it may need the rest."""
    other = outbox.alias("other")
    unsettled = in_state(other, "pending", "sending", "dead")
    return exists(select(other.c.id).where(other.c.reference == reference, unsettled))


KINDS = (
    Kind(
        outbox,
        outbox.c.reference,
        and_(in_state(outbox, "done", "dropped", "replaced"), ~_waits(outbox.c.reference)),
        outbox.c.created_at,
    ),
    Kind(step, step.c.reference, in_state(step, "done", "cancelled"), step.c.created_at),
    Kind(posted, posted.c.target, in_state(posted, "done", "refused"), posted.c.created_at),
)


def batch(conn: Connection, kind: Kind, after: int, before: datetime) -> Batch:
    """Forget what of the next rows is over, and belongs to nothing that is open or was changed.

    Args:
        conn: a writing connection.
        kind: which table.
        after: the last row that was looked at; 0 to begin.
        before: business time: what is younger stays.
    """
    row_id = kind.table.c.id
    window = (
        select(row_id, kind.since.label("since"))
        .where(row_id > bindparam("after"))
        .order_by(row_id)
        .limit(BATCH)
    )
    looked = conn.execute(window, {"after": after}).all()
    old = [row.id for row in looked if row.since < before]
    if not old:
        return Batch(0, None)
    is_over = (row_id.between(old[0], old[-1]), kind.since < before, kind.over, _left(kind, before))
    gone = conn.execute(delete(kind.table).where(*is_over)).rowcount
    return Batch(gone, old[-1] if len(old) == BATCH else None)


def forget_seen(conn: Connection, before: datetime) -> int:
    """Forget some of what was received before an instant of machine time; return how many."""
    oldest = select(seen.c.key).where(seen.c.at < before).order_by(seen.c.at).limit(BATCH)
    return conn.execute(delete(seen).where(seen.c.key.in_(oldest))).rowcount


def _left(kind: Kind, before: datetime) -> ColumnElement[bool]:
    """Say that a row is nobody's, or of a record that is closed and was not changed since."""
    return ~or_(*(_lives(table, kind.owner, before) for table in (ticket, record)))


def _lives(table: Table, owner: ColumnElement[str], before: datetime) -> ColumnElement[bool]:
    is_kept = or_(table.c.open, table.c.updated_at >= before)
    return exists(select(table.c.reference).where(table.c.reference == owner, is_kept))
