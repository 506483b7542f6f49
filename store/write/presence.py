"""Which processes are at work on a database, and the newest format each one knows.

A process says so again and again; one that has been silent for a while is taken for gone. Nothing
rests on it but advice: whoever was taken for gone and goes on finds the format raised, and keeps
its hands off (`store.newer`). What another release notes of itself in another shape is left alone.
The time is the database's own (`store.lease_clock`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from store.json_text import Json
from store.tables import meta as facts
from store.write import meta

PREFIX = "process/"
GONE_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Present:
    """A process, the newest format that it knows, and when it last said so."""

    process: str
    knows: int
    at: datetime


def note(conn: Connection, present: Present) -> None:
    """Keep that a process is there, and forget those that have gone without a word."""
    for other in _all(conn):
        if other.at < present.at - GONE_AFTER:
            leave(conn, other.process)
    about = {"knows": present.knows, "at": present.at.isoformat()}
    meta.put(conn, f"{PREFIX}{present.process}", about)


def leave(conn: Connection, process: str) -> None:
    """Forget a process."""
    meta.forget(conn, f"{PREFIX}{process}")


def present(conn: Connection, now: datetime) -> list[Present]:
    """Return the processes that are there."""
    return [each for each in _all(conn) if each.at >= now - GONE_AFTER]


def _all(conn: Connection) -> list[Present]:
    read = (_read(name.removeprefix(PREFIX), about) for name, about in conn.execute(_PROCESSES))
    return [found for found in read if found is not None]


def _read(process: str, about: Json) -> Present | None:
    """Return what a process noted; nothing when only a newer release can read it."""
    try:
        at = datetime.fromisoformat(about["at"]).astimezone(UTC)
        return Present(process, int(about["knows"]), at)
    except (KeyError, TypeError, ValueError):
        return None


_PROCESSES = (
    select(facts.c.name, facts.c.value)
    .where(facts.c.name.startswith(PREFIX, autoescape=True))
    .order_by(facts.c.name)
)
