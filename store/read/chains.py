"""How the journal is read: a chain, its end, or everything of a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from store.journal_rows import END_OF_CHAIN, GENESIS, Head, Written, row_of
from store.tables import chain as chains
from store.tables import journal


def head(conn: Connection, chain: str) -> Head:
    """Return the end of a chain; (0, GENESIS) for one that has no entry."""
    found = conn.execute(END_OF_CHAIN, {"of": chain}).one_or_none()
    return Head(chain, 0, GENESIS) if found is None else Head(chain, found.seq, found.hash)


def team_of(conn: Connection, chain: str) -> str | None:
    """Return the team in which a chain began; None for one that has no entry."""
    found: str | None = conn.execute(_TEAM, {"of": chain}).scalar_one_or_none()
    return found


def heads(conn: Connection) -> tuple[Head, ...]:
    """Return the end of every chain: what an anchor outside the database keeps."""
    rows = conn.execute(select(chains.c.name, chains.c.seq, chains.c.hash).order_by(chains.c.name))
    return tuple(Head(row.name, row.seq, row.hash) for row in rows)


def load(conn: Connection, chain: str, *, after: int = 0) -> tuple[Written, ...]:
    """Return a chain's facts in order, those behind a sequence number only if asked."""
    return tuple(row_of(row) for row in conn.execute(_LOAD, {"of": chain, "after": after}))


def stream(conn: Connection, *, since: datetime, until: datetime) -> Iterator[Written]:
    """Yield the facts of every chain in [since, until), oldest first, without holding them all."""
    query = (
        select(journal)
        .where(journal.c.at >= since, journal.c.at < until)
        .order_by(journal.c.at, journal.c.id)
        .execution_options(yield_per=500)
    )
    with conn.execute(query) as rows:
        for row in rows:
            yield row_of(row)


def count(conn: Connection, chain: str | None = None) -> int:
    """Count the facts of a chain, or of all."""
    query = select(func.count()).select_from(journal)
    if chain is not None:
        query = query.where(journal.c.chain == chain)
    return conn.execute(query).scalar_one()


_TEAM = select(chains.c.team_id).where(chains.c.name == bindparam("of"))
_LOAD = (
    select(journal)
    .where(journal.c.chain == bindparam("of"), journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
)
