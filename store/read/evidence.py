"""What of a record leaves as evidence: its rows whole, as plain JSON with instants spelled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from store.json_text import Json, canonical
from store.tables import journal, outbox, record, step, ticket
from store.write import policies

OUTWARD = (
    "created_at",
    "gateway",
    "key",
    "method",
    "needs",
    "payload",
    "reference",
    "reports",
    "slot",
    "stale_at",
    "stream",
    "surface",
    "team_id",
    "urgent",
)
"""What of words stays as it is from the day they are written; the rest tells of their sending."""
DIGITS = 32
Plain = dict[str, Json]


def digest_of(words: Mapping[str, Json]) -> str:
    """Return the digest of words that leave, as they were written."""
    named = canonical({name: words[name] for name in OUTWARD})
    return hashlib.sha256(named.encode("ascii")).hexdigest()[:DIGITS]


def entries(conn: Connection, chain: str, kind: str | None = None) -> list[Plain]:
    """Return a chain's entries, of one kind if asked: header, payload and hash as they stand."""
    query = select(journal.c.header, journal.c.payload, journal.c.hash).where(
        journal.c.chain == chain
    )
    if kind is not None:
        query = query.where(journal.c.kind == kind)
    return _all(conn, query.order_by(journal.c.seq))


def texts(conn: Connection, reference: str) -> list[Plain]:
    """Return everything that a record told or will tell, whole, in order."""
    query = select(outbox).where(outbox.c.reference == reference)
    return _all(conn, query.order_by(outbox.c.id))


def texts_between(
    conn: Connection, since: datetime, until: datetime, reference: str | None = None
) -> dict[str, dict[str, str]]:
    """Return digests of what records, or one of them, told in (since, until]: by record and key."""
    found: dict[str, dict[str, str]] = {}
    query = select(*(outbox.c[name] for name in OUTWARD)).where(
        outbox.c.created_at > since,
        outbox.c.created_at <= until,
        outbox.c.reference.is_not(None),
    )
    if reference is not None:
        query = query.where(outbox.c.reference == reference)
    with conn.execute(query.execution_options(yield_per=500)) as rows:
        for row in rows.mappings():
            found.setdefault(row["reference"], {})[row["key"]] = digest_of(_plain(row))
    return found


def tellers(conn: Connection) -> tuple[str, ...]:
    """Return which records told anything, whatever else their words' rows hold."""
    query = select(outbox.c.reference).where(outbox.c.reference.is_not(None)).distinct()
    return tuple(conn.execute(query.order_by(outbox.c.reference)).scalars())


def due_points(conn: Connection, reference: str) -> list[Plain]:
    """Return every due point of a record, in order."""
    return _all(conn, select(step).where(step.c.reference == reference).order_by(step.c.id))


def row(conn: Connection, reference: str) -> Plain | None:
    """Return the row of a record of any kind, None when there is none."""
    for table in (ticket, record):
        found = _all(conn, select(table).where(table.c.reference == reference))
        if found:
            return found[0]
    return None


def policy(conn: Connection, version: str) -> Plain:
    """Return the policy that a record was opened under.

    Raises:
        PolicyUnknown: when it is not kept.
    """
    schema, body = policies.get(conn, version)
    return {"version": version, "schema": schema, "body": body}


def _all(conn: Connection, query: Select[Any]) -> list[Plain]:
    return [_plain(found) for found in conn.execute(query).mappings()]


def _plain(found: RowMapping) -> Plain:
    return {name: _spelled(value) for name, value in found.items()}


def _spelled(value: Json) -> Json:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
