"""What Slack told about its users, with the machine time it was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.json_text import Json
from store.tables import person


@dataclass(frozen=True, slots=True)
class SlackUser:
    """One Slack user; `kind` is member, guest, stranger, bot, deactivated or unknown.

    Until when their status says that they are out of office is not kept: Slack tells it anew.
    """

    slack_id: str
    team_id: str
    email: str | None
    name: str
    zone: str | None
    kind: str
    checked_at: datetime
    away_until: datetime | None = None


def put(conn: Connection, people: Iterable[SlackUser]) -> None:
    """Keep what was learned, in place of what was known of the same users."""
    rows = [{name: getattr(one, name) for name in _NAMES} for one in people]
    if rows:
        conn.execute(_PUT_SQLITE if is_sqlite(conn) else _PUT_POSTGRES, rows)


def get(conn: Connection, slack_id: str) -> SlackUser | None:
    """Return what is known of a Slack user."""
    found = conn.execute(_BY_ID, {"of": slack_id}).one_or_none()
    return None if found is None else _person(found)


def by_email(conn: Connection, email: str) -> SlackUser | None:
    """Return the Slack user of a mail address, whatever its capitals; the latest checked."""
    found = conn.execute(_BY_EMAIL, {"of": email.lower()}).first()
    return None if found is None else _person(found)


def everyone(conn: Connection) -> tuple[SlackUser, ...]:
    """Return every Slack user known, by identity."""
    return tuple(_person(found) for found in conn.execute(_EVERYONE))


_NAMES = tuple(field.name for field in fields(SlackUser) if field.name in person.c)


def _person(found: Row[tuple[Json, ...]]) -> SlackUser:
    values: tuple[Json, ...] = tuple(found)
    return SlackUser(*values)


_ALL = select(*(person.c[name] for name in _NAMES))
_BY_ID = _ALL.where(person.c.slack_id == bindparam("of"))
_BY_EMAIL = _ALL.where(func.lower(person.c.email) == bindparam("of")).order_by(
    person.c.checked_at.desc()
)
_EVERYONE = _ALL.order_by(person.c.slack_id)
_NEW_SQLITE = sqlite_insert(person)
_NEW_POSTGRES = postgres_insert(person)
_OTHERS = tuple(name for name in _NAMES if name != "slack_id")
_PUT_SQLITE = _NEW_SQLITE.on_conflict_do_update(
    index_elements=["slack_id"], set_={name: _NEW_SQLITE.excluded[name] for name in _OTHERS}
)
_PUT_POSTGRES = _NEW_POSTGRES.on_conflict_do_update(
    index_elements=["slack_id"], set_={name: _NEW_POSTGRES.excluded[name] for name in _OTHERS}
)
