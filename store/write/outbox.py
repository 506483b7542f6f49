"""The outbox: what must be told outside, already rendered, in order, once.

A row is claimed before it is sent and settled after; one whose sender vanished is taken over when
its lease ends. `created_at` and `stale_at` are business time, every other instant machine time;
leases and waits go by the database's clock (`store.lease_clock`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, bindparam, exists, func, update

from store.errors import LeaseLost
from store.json_text import Json
from store.outbox_rows import AT_ONCE, in_state
from store.tables import outbox


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


def revive(conn: Connection, keys: Sequence[str]) -> None:
    """Let dead rows be tried again, each of which tells its record when it is taken."""
    conn.execute(
        update(outbox)
        .where(in_state(outbox, "dead"), outbox.c.key.in_(keys))
        .values(
            state="pending", next_try_at=AT_ONCE, lease_until=None, claimed_by=None, reports=True
        )
    )
    conn.execute(_GIVE_WAY)


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
