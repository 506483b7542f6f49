"""The commands that records post to each other: each decided once, in order.

As with due points, the record is taken first and what was posted to it after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import PostNotPending
from store.json_text import Json
from store.tables import posted
from store.write import records

# Written out, because the planner finds a partial index by its exact words.
WAITING = posted.c.state == literal_column("'pending'")


@dataclass(frozen=True, slots=True)
class NewPost:
    """A command for another record; a key is posted once."""

    key: str
    target: str
    command: Mapping[str, Json]
    actor: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Posted:
    """A command that waits."""

    id: int
    key: str
    command: Mapping[str, Json]
    actor: Mapping[str, Json]


def put(conn: Connection, posts: Sequence[NewPost], at: datetime) -> None:
    """Keep what a change posts, in order."""
    rows = [_row(post, at) for post in posts]
    if rows:
        conn.execute(insert(posted), rows)


def _row(post: NewPost, at: datetime) -> dict[str, Json]:
    return {
        "key": post.key,
        "target": post.target,
        "command": dict(post.command),
        "actor": dict(post.actor),
        "created_at": at,
        "state": "pending",
    }


def put_once(conn: Connection, posts: Sequence[NewPost], at: datetime) -> None:
    """Keep what a start posts, unless it was posted at an earlier one."""
    rows = [_row(post, at) for post in posts]
    if rows:
        made = sqlite_insert if is_sqlite(conn) else postgres_insert
        conn.execute(made(posted).on_conflict_do_nothing(index_elements=["key"]), rows)


def claim_target(conn: Connection, skip: Set[str] = frozenset()) -> str | None:
    """Take the record to which the oldest waiting command was posted, and hold it to the end.

    Args:
        conn: a writing connection.
        skip: records not to take, such as those that failed a moment ago.

    Returns:
        Its reference, of which there may be no record; None when nothing waits for a free one.
    """
    passed = set(skip)
    while True:
        query = _OLDEST.where(posted.c.target.not_in(bindparam("skip", expanding=True)))
        target: str | None = conn.execute(query, {"skip": sorted(passed)}).scalar()
        if target is None:
            return None
        if records.take_if_free(conn, target) and oldest(conn, target) is not None:
            return target
        passed.add(target)


def oldest(conn: Connection, target: str) -> Posted | None:
    """Return the oldest command that waits for a record, and hold it; None when none is free.

    Of a record that is not there yet nothing is held but this: the one behind it waits, because
    the oldest may begin the record.
    """
    query = _OF_TARGET if is_sqlite(conn) else _OF_TARGET_LOCKED
    found = conn.execute(query, {"of": target}).one_or_none()
    return None if found is None else Posted(*found)


def settle(
    conn: Connection, post: Posted, state: str, at: datetime, refusal: str | None = None
) -> None:
    """Mark a waiting command done or refused, with the refusal's code.

    Raises:
        PostNotPending: when it does not wait, so that nothing is ever done twice.
    """
    values = {"row": post.id, "to": state, "at": at, "why": refusal}
    if conn.execute(_SETTLE, values).rowcount != 1:
        raise PostNotPending(f"What was posted as {post.key} is not waiting.")


_OLDEST = select(posted.c.target).where(WAITING).order_by(posted.c.id).limit(1)
_OF_TARGET = (
    select(posted.c.id, posted.c.key, posted.c.command, posted.c.actor)
    .where(WAITING, posted.c.target == bindparam("of"))
    .order_by(posted.c.id)
    .limit(1)
)
_first = posted.alias("first")
_FIRST = select(func.min(_first.c.id)).where(
    _first.c.state == literal_column("'pending'"), _first.c.target == bindparam("of")
)
_OF_TARGET_LOCKED = _OF_TARGET.where(posted.c.id == _FIRST.scalar_subquery()).with_for_update(
    of=posted, skip_locked=True
)
_SETTLE = (
    update(posted)
    .where(posted.c.id == bindparam("row"), WAITING)
    .values(state=bindparam("to"), settled_at=bindparam("at"), refusal=bindparam("why"))
)
