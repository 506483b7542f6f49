"""This file owns the outbox: what must be told outside, already rendered, in order, once.

A row is claimed before it is sent and settled after; one whose sender vanished is taken over when
its lease ends. `created_at` and `stale_at` are business time, every other instant machine time;
leases and waits go by the database's clock (`store.lease_clock`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, bindparam, exists, func, or_, select, update

from store.errors import LeaseLost
from store.json_text import Json
from store.outbox_claim import claim
from store.outbox_enqueue import begin, enqueue
from store.outbox_rows import AT_ONCE, NewRow, OutboxRow, in_state, rows_of, unfinished
from store.tables import outbox

__all__ = [
    "AT_ONCE",
    "NewRow",
    "OutboxRow",
    "Settled",
    "begin",
    "claim",
    "dead",
    "dead_rows",
    "done",
    "done_all",
    "drop",
    "end_waiting",
    "enqueue",
    "get",
    "hand_on",
    "next_try_at",
    "of_ticket",
    "oldest_pending",
    "pending_count",
    "release",
    "requeue",
    "results",
    "retry",
    "state_counts",
    "unsent",
    "waiting_of",
]


@dataclass(frozen=True, slots=True)
class Settled:
    """A claimed row that is done: who held it, what came back, and when (machine time)."""

    row_id: int
    owner: str
    result: Mapping[str, Json] | None
    at: datetime

    def bound(self) -> dict[str, Json]:
        """Return what the statement takes."""
        result = None if self.result is None else dict(self.result)
        return {"of": self.row_id, "by": self.owner, "result": result, "at": self.at}


def done(
    conn: Connection, row_id: int, owner: str, result: Mapping[str, Json] | None, at: datetime
) -> None:
    """Mark a claimed row done, with what came back.

    Raises:
        LeaseLost: when somebody else holds the row by now, or it is settled already.
    """
    held = Settled(row_id, owner, result, at).bound()
    if conn.execute(_DONE, held).rowcount != 1:
        raise LeaseLost(f"The outbox row {row_id} is no longer held by {owner}.")


def done_all(conn: Connection, settled: Sequence[Settled]) -> int:
    """Mark claimed rows done, all in one statement.

    Returns:
        How many were still held; the others are somebody else's by now and stay as they are.
    """
    if not settled:
        return 0
    return conn.execute(_DONE, [one.bound() for one in settled]).rowcount


def retry(conn: Connection, row_id: int, owner: str, at: datetime, error: str) -> None:
    """Give a claimed row back, not to be tried before an instant.

    A picture whose slot has a newer one by now is replaced instead: the old one must not come last.

    Raises:
        LeaseLost: when somebody else holds the row by now, or it is settled already.
    """
    _settle(conn, _RETRY, row_id, owner, {"at": at, "error": error})
    conn.execute(_GIVE_WAY.where(outbox.c.id == row_id))


def hand_on(
    conn: Connection,
    row_id: int,
    owner: str,
    at: datetime,
    error: str,
    result: Mapping[str, Json] | None = None,
) -> None:
    """Give a row back whose end is known and could not be reported, to be reported from `at` on.

    With a result it was taken: whoever claims it has only to say so, and sends nothing.

    Raises:
        LeaseLost: when somebody else holds the row by now, or it is settled already.
    """
    kept = None if result is None else dict(result)
    _settle(conn, _HAND_ON, row_id, owner, {"at": at, "error": error, "result": kept})


def dead(conn: Connection, row_id: int, owner: str, error: str) -> None:
    """Set a claimed row aside for a person: it will not be tried again by itself.

    Raises:
        LeaseLost: when somebody else holds the row by now, or it is settled already.
    """
    _settle(conn, _DEAD, row_id, owner, {"error": error})


def drop(conn: Connection, row_id: int, owner: str, error: str) -> None:
    """Let a claimed row go unsent, because it has lost its sense.

    Raises:
        LeaseLost: when somebody else holds the row by now, or it is settled already.
    """
    _settle(conn, _DROP, row_id, owner, {"error": error})


def end_waiting(conn: Connection, row_id: int, *, state: str, error: str) -> bool:
    """End a row that waits and that nobody is sending: ``dead`` or ``dropped``, with the reason.

    Returns:
        Whether it still waited; one that a courier holds is the courier's.
    """
    waiting = outbox.c.id == row_id, in_state(outbox, "pending")
    ended = update(outbox).where(*waiting).values(state=state, last_error=error)
    return conn.execute(ended).rowcount == 1


def waiting_of(conn: Connection, reference: str) -> tuple[OutboxRow, ...]:
    """Return what of a ticket waits and is not being sent, in order."""
    query = (
        select(outbox)
        .where(outbox.c.reference == reference, in_state(outbox, "pending"))
        .order_by(outbox.c.id)
    )
    return rows_of(conn, query)


def release(conn: Connection, row_ids: Sequence[int], owner: str) -> int:
    """Give claimed rows back as if they had never been claimed; only for those not yet begun.

    Returns:
        How many were still held.
    """
    if not row_ids:
        return 0
    return conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(row_ids), outbox.c.claimed_by == owner, in_state(outbox, "sending"))
        .values(
            state="pending",
            next_try_at=AT_ONCE,
            lease_until=None,
            claimed_by=None,
            attempts=outbox.c.attempts - 1,
            first_sent_at=_first_sent_before_this_try(),
        )
    ).rowcount


def requeue(conn: Connection, row_id: int | None, *, at: datetime = AT_ONCE) -> int:
    """Let a dead row, or every dead row, be tried again, at once or from an instant on.

    A dead picture whose slot has had a newer one since is replaced instead.

    Returns:
        How many rows there were.
    """
    statement = (
        update(outbox)
        .where(in_state(outbox, "dead"))
        .values(state="pending", next_try_at=at, lease_until=None, claimed_by=None)
    )
    if row_id is not None:
        statement = statement.where(outbox.c.id == row_id)
    count = conn.execute(statement).rowcount
    conn.execute(_GIVE_WAY)
    return count


def results(conn: Connection, keys: Iterable[str]) -> dict[str, Json]:
    """Return what came back for those of the keys that are done."""
    found = conn.execute(_RESULTS, {"keys": list(keys)})
    return {row.key: row.result for row in found}


def get(conn: Connection, row_id: int) -> OutboxRow | None:
    """Return one row as it stands."""
    found = rows_of(conn, select(outbox).where(outbox.c.id == row_id))
    return found[0] if found else None


def of_ticket(conn: Connection, reference: str) -> tuple[OutboxRow, ...]:
    """Return everything a ticket told or will tell, in order."""
    query = select(outbox).where(outbox.c.reference == reference).order_by(outbox.c.id)
    return rows_of(conn, query)


def dead_rows(conn: Connection, *, limit: int = 100) -> tuple[OutboxRow, ...]:
    """Return the rows set aside for a person, oldest first."""
    query = select(outbox).where(in_state(outbox, "dead")).order_by(outbox.c.id).limit(limit)
    return rows_of(conn, query)


def unsent(
    conn: Connection, *, gateway: str, since: datetime, now: datetime, limit: int = 500
) -> tuple[OutboxRow, ...]:
    """Return must-arrive rows of a gateway that have waited since before a business instant.

    One from after `now` is older than it looks: the clock was set back since it was written.
    """
    query = (
        select(outbox)
        .where(
            unfinished(outbox),
            outbox.c.gateway == gateway,
            outbox.c.surface == "must_arrive",
            or_(outbox.c.created_at <= since, outbox.c.created_at > now),
        )
        .order_by(outbox.c.id)
        .limit(limit)
    )
    return rows_of(conn, query)


def pending_count(conn: Connection) -> int:
    """Count what is not finished: waiting or being sent."""
    return conn.execute(_COUNT).scalar_one()


def oldest_pending(conn: Connection) -> datetime | None:
    """Return since when (business time) the oldest unfinished row waits; None if none does."""
    return conn.execute(_OLDEST).scalar()


def next_try_at(conn: Connection, *, after: datetime) -> datetime | None:
    """Return the first instant after this one at which a row may be tried or taken over.

    Rows that may be tried already wait for another row, whose end wakes the courier by itself.
    """
    return conn.execute(_NEXT, {"after": after}).scalar()


def state_counts(conn: Connection) -> dict[str, int]:
    """Count the rows by state."""
    rows = conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


def _settle(
    conn: Connection, statement: Update, row_id: int, owner: str, values: Mapping[str, Json]
) -> None:
    if conn.execute(statement, {"of": row_id, "by": owner, **values}).rowcount != 1:
        raise LeaseLost(f"The outbox row {row_id} is no longer held by {owner}.")


def _first_sent_before_this_try() -> Json:
    # A first try that never began leaves no trace, or a look-back would search for nothing.
    return func.nullif(outbox.c.first_sent_at, outbox.c.last_sent_at)


_HELD = (
    outbox.c.id == bindparam("of"),
    outbox.c.claimed_by == bindparam("by"),
    in_state(outbox, "sending"),
)
_FREE: dict[str, None] = {"lease_until": None, "claimed_by": None}
_DONE = (
    update(outbox)
    .where(*_HELD)
    .values(state="done", result=bindparam("result"), last_sent_at=bindparam("at"), **_FREE)
)
_RETRY = (
    update(outbox)
    .where(*_HELD)
    .values(state="pending", next_try_at=bindparam("at"), last_error=bindparam("error"), **_FREE)
)
_HAND_ON = _RETRY.values(result=bindparam("result"))
_DEAD = update(outbox).where(*_HELD).values(
    state="dead", last_error=bindparam("error"), **_FREE
)  # fmt: skip
_DROP = update(outbox).where(*_HELD).values(
    state="dropped", last_error=bindparam("error"), **_FREE
)  # fmt: skip
_newer = outbox.alias("newer")
_GIVE_WAY = (
    update(outbox)
    .where(
        in_state(outbox, "pending"),
        outbox.c.surface == "latest_only",
        exists().where(
            _newer.c.slot == outbox.c.slot,
            _newer.c.team_id == outbox.c.team_id,
            _newer.c.id > outbox.c.id,
            in_state(_newer, "pending", "sending", "done"),
        ),
    )
    .values(state="replaced")
)
_RESULTS = select(outbox.c.key, outbox.c.result).where(
    outbox.c.key.in_(bindparam("keys", expanding=True)), in_state(outbox, "done")
)
_COUNT = select(func.count()).select_from(outbox).where(unfinished(outbox))
_OLDEST = select(func.min(outbox.c.created_at)).where(unfinished(outbox))
_NEXT = select(func.min(outbox.c.next_try_at)).where(
    unfinished(outbox), outbox.c.next_try_at > bindparam("after")
)
