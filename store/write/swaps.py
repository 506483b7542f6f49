"""The swaps of duties: each kept once, read while it may stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select

from protocols.people.people import Who
from protocols.people.swaps import Swap
from store.json_text import Json
from store.tables import swap


def by_key(conn: Connection, key: str) -> Swap | None:
    """Return the swap that a gesture made, None when it made none."""
    found = conn.execute(_BY_KEY, {"of": key}).one_or_none()
    return None if found is None else _swap(found)


def put(conn: Connection, key: str, made: Swap, team_id: str) -> None:
    """Keep one swap; a key is kept once."""
    instead = made.instead
    conn.execute(
        _PUT,
        {
            "key": key,
            "team_id": team_id,
            "duty": made.duty,
            "person_key": made.person.key,
            "person_name": made.person.name,
            "instead_key": instead.key if instead is not None else None,
            "instead_name": instead.name if instead is not None else None,
            "by_key": made.by.key,
            "by_name": made.by.name,
            "from_at": made.from_at,
            "until_at": made.until_at,
        },
    )


def standing(conn: Connection, now: datetime) -> tuple[Swap, ...]:
    """Return the swaps that have not ended, in the order in which they were made."""
    return tuple(_swap(found) for found in conn.execute(_STANDING, {"now": now}))


def _swap(found: Row[tuple[Json, ...]]) -> Swap:
    instead = found.instead_key
    return Swap(
        found.duty,
        Who(found.person_key, found.person_name),
        None if instead is None else Who(instead, found.instead_name),
        Who(found.by_key, found.by_name),
        found.from_at,
        found.until_at,
    )


_PUT = insert(swap)
_BY_KEY = select(swap).where(swap.c.key == bindparam("of"))
_STANDING = select(swap).where(swap.c.until_at > bindparam("now")).order_by(swap.c.id)
