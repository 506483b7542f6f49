"""Who sends what next: free rows, in order, held by a lease.

Nothing waits behind the dead: a need that will not come holds nobody up, and a row waits in its
stream for the rows of its own ticket only.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from store.db import is_sqlite
from store.outbox_rows import OutboxRow, in_state, rows_of, unfinished
from store.tables import outbox


def claim(
    conn: Connection,
    *,
    now: datetime,
    business_now: datetime,
    owner: str,
    lease_s: float,
    limit: int,
    sweep: bool = True,
    ours: Collection[int] = (),
) -> list[OutboxRow]:
    """Take rows to send: urgent first, in order within each ticket's stream, their needs ended.

    Prompts that have lost their sense are let go, never sent. A row whose sender's lease has ended
    comes back with `taken_over`, because nobody knows whether it was sent.

    Args:
        conn: a writing connection; its commit comes before the first call.
        now: the database's time, see `store.lease_clock`.
        business_now: business time, for what has lost its sense.
        owner: who claims; the same word settles the row.
        lease_s: for how long the rows are held.
        limit: how many at most.
        sweep: look for everything that has lost its sense, not only among what is free.
        ours: ids that this process is still at. They are not free to it, whatever the clock says:
            only another process may think that it has died.
    """
    if sweep:
        _drop_stale(conn, business_now)
    query = _FREE_SQLITE if is_sqlite(conn) else _FREE_POSTGRES
    if ours:
        query = query.where(outbox.c.id.not_in(sorted(ours)))
    found = rows_of(conn, query, now=now, most=limit)
    if any(_is_stale(row, business_now) for row in found):
        _drop_stale(conn, business_now)
        found = rows_of(conn, query, now=now, most=limit)
    if not found:
        return []
    until = now + timedelta(seconds=lease_s)
    conn.execute(
        _TAKE, {"ids": [row.id for row in found], "now": now, "until": until, "owner": owner}
    )
    return [_taken(row, now, until, owner) for row in found]


def _is_stale(row: OutboxRow, business_now: datetime) -> bool:
    if row.surface != "drop_if_stale" or row.state != "pending" or row.stale_at is None:
        return False
    if row.result is not None:
        return False
    return row.stale_at <= business_now


def _drop_stale(conn: Connection, business_now: datetime) -> None:
    conn.execute(_DROP_SQLITE if is_sqlite(conn) else _DROP_POSTGRES, {"now": business_now})


def _taken(row: OutboxRow, now: datetime, until: datetime, owner: str) -> OutboxRow:
    return replace(
        row,
        state="sending",
        attempts=row.attempts + 1,
        next_try_at=until,
        lease_until=until,
        claimed_by=owner,
        first_sent_at=row.first_sent_at or now,
        last_sent_at=now,
        taken_over=row.state == "sending",
    )


_earlier = outbox.alias("earlier")
_needed = outbox.alias("needed")


def _free(unmet_need: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    # Both conditions are scalar subqueries rather than joins: then each is one look into a unique
    # or partial index, whatever the planner believes about a table that grows by the second.
    first_of_stream = (
        select(func.min(_earlier.c.id))
        .where(
            _earlier.c.stream == outbox.c.stream,
            # A channel that two tickets share is one stream: neither waits for the other's words.
            _earlier.c.reference.is_not_distinct_from(outbox.c.reference),
            unfinished(_earlier),
        )
        .scalar_subquery()
    )
    return (
        select(outbox)
        .where(
            unfinished(outbox),
            outbox.c.next_try_at <= bindparam("now"),
            outbox.c.id == first_of_stream,
            ~unmet_need,
        )
        .order_by(outbox.c.urgent.desc(), outbox.c.id)
        .limit(bindparam("most"))
    )


def _unmet_need(list_function: str) -> ColumnElement[bool]:
    # What was replaced, refused for good or has lost its sense will never come: whoever waited for
    # it goes on, without it or to an end of its own.
    each = getattr(func, list_function)(outbox.c.needs).table_valued("value", name="need")
    state = select(_needed.c.state).where(_needed.c.key == each.c.value).scalar_subquery()
    unmet = state.in_([literal_column(f"'{word}'") for word in ("pending", "sending")])
    return select(each.c.value).select_from(each).where(unmet).exists()


_stale = (
    in_state(outbox, "pending"),
    outbox.c.surface == literal_column("'drop_if_stale'"),
    outbox.c.result.is_(None),
    outbox.c.stale_at <= bindparam("now"),
)
_FREE_SQLITE = _free(_unmet_need("json_each"))
_FREE_POSTGRES = _free(_unmet_need("json_array_elements_text")).with_for_update(
    of=outbox, skip_locked=True
)
_DROP_SQLITE = update(outbox).where(*_stale).values(state="dropped")
_DROP_POSTGRES = (
    update(outbox)
    .where(
        outbox.c.id.in_(
            select(outbox.c.id).where(*_stale).with_for_update(skip_locked=True).scalar_subquery()
        )
    )
    .values(state="dropped")
)
_TAKE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state="sending",
        attempts=outbox.c.attempts + 1,
        next_try_at=bindparam("until"),
        lease_until=bindparam("until"),
        claimed_by=bindparam("owner"),
        first_sent_at=func.coalesce(outbox.c.first_sent_at, bindparam("now")),
        last_sent_at=bindparam("now"),
    )
)
