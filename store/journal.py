"""This file owns the journal: hash-chained, append-only, one chain a ticket and one for the desk.

A row's header is canonical text that holds everything but the payload, of which it holds the
digest; the row's hash is the header's. So a payload can be erased and the chain still proves.
Source: S57, S179; M4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import JournalBroken
from store.json_text import Json, canonical, from_json
from store.tables import chain as chains
from store.tables import journal

DESK = "desk"
GENESIS = "0" * 64
ERASED = "payload_erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to be written: its kind, when and by whom, and what it says."""

    kind: str
    at: datetime
    actor: str
    payload: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: an anchor to compare with later."""

    chain: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Written:
    """One fact as it stands in the journal; the payload is None once erased."""

    team_id: str
    chain: str
    seq: int
    kind: str
    at: datetime
    actor: str
    payload: Mapping[str, Json] | None
    drill: bool
    payload_digest: str
    previous_hash: str
    hash: str


def append(
    conn: Connection, chain: str, entries: Iterable[Entry], *, team_id: str, drill: bool
) -> tuple[Written, ...]:
    """Write facts at the end of a chain, in this transaction.

    The caller holds the ticket's row for a ticket chain; the chain's own row is locked here.

    Raises:
        JournalBroken: when a row already stands where the next one belongs.
    """
    facts = tuple(entries)
    if not facts:
        return ()
    was = _locked_head(conn, chain, team_id)
    written, rows, end = _chained(facts, was, team_id=team_id, drill=drill)
    conn.execute(_INSERT, rows)
    moved = conn.execute(_MOVE, {"of": chain, "was": was.seq, "seq": end.seq, "hash": end.hash})
    if moved.rowcount != 1:
        raise JournalBroken(f"The chain {chain} was moved by somebody else.")
    return written


def begin(
    conn: Connection, chain: str, entries: Iterable[Entry], *, team_id: str, drill: bool
) -> tuple[Written, ...]:
    """Write the first facts of a chain that nobody can have begun: its ticket is new.

    Raises:
        IntegrityError: when the chain was begun all the same.
    """
    facts = tuple(entries)
    written, rows, end = _chained(facts, Head(chain, 0, GENESIS), team_id=team_id, drill=drill)
    conn.execute(_INSERT, rows)
    conn.execute(_BEGIN, {"name": chain, "team_id": team_id, "seq": end.seq, "hash": end.hash})
    return written


def head(conn: Connection, chain: str) -> Head:
    """Return the end of a chain; (0, GENESIS) for one that has no entry."""
    found = conn.execute(_HEAD, {"of": chain}).one_or_none()
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
    return tuple(_written(row) for row in conn.execute(_LOAD, {"of": chain, "after": after}))


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
            yield _written(row)


def erase(
    conn: Connection,
    chain: str,
    seqs: Sequence[int],
    *,
    at: datetime,
    actor: str,
    reason: str,
    team_id: str,
    drill: bool,
) -> int:
    """Erase payloads for good, and write into the chain that this was done, when and by whom.

    Returns:
        How many payloads were there to erase.
    """
    gone = conn.execute(
        update(journal)
        .where(journal.c.chain == chain, journal.c.seq.in_(seqs), journal.c.payload.is_not(None))
        .values(payload=None)
    ).rowcount
    said = {"seqs": sorted(seqs), "reason": reason}
    append(conn, chain, [Entry(ERASED, at, actor, said)], team_id=team_id, drill=drill)
    return gone


def count(conn: Connection, chain: str | None = None) -> int:
    """Count the facts of a chain, or of all."""
    query = select(func.count()).select_from(journal)
    if chain is not None:
        query = query.where(journal.c.chain == chain)
    return conn.execute(query).scalar_one()


def digest(spelled: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(spelled.encode("ascii")).hexdigest()


def header_of(fields: Mapping[str, object]) -> str:
    """Spell the header: the text a row's hash is taken from."""
    at = fields["at"]
    spelled = at.astimezone(UTC).isoformat() if isinstance(at, datetime) else at
    return canonical({**fields, "at": spelled})


def _locked_head(conn: Connection, chain: str, team_id: str) -> Head:
    query = _HEAD if is_sqlite(conn) else _HEAD_LOCKED
    found = conn.execute(query, {"of": chain}).one_or_none()
    if found is None:
        first = _FIRST_SQLITE if is_sqlite(conn) else _FIRST_POSTGRES
        conn.execute(first, {"name": chain, "team_id": team_id, "seq": 0, "hash": GENESIS})
        found = conn.execute(query, {"of": chain}).one()
    return Head(chain, found.seq, found.hash)


def _chained(
    facts: Sequence[Entry], end: Head, *, team_id: str, drill: bool
) -> tuple[tuple[Written, ...], list[dict[str, object]], Head]:
    """Return the facts as written, their rows, and the chain's end after them."""
    written: list[Written] = []
    rows: list[dict[str, object]] = []
    for entry in facts:
        row = _row(entry, end, team_id=team_id, drill=drill)
        end = Head(end.chain, end.seq + 1, str(row["hash"]))
        rows.append(row)
        written.append(_written_of(entry, row, drill=drill))
    return tuple(written), rows, end


def _row(entry: Entry, end: Head, *, team_id: str, drill: bool) -> dict[str, object]:
    payload = canonical(entry.payload)
    header = header_of(
        {
            "team_id": team_id,
            "chain": end.chain,
            "seq": end.seq + 1,
            "kind": entry.kind,
            "at": entry.at,
            "actor": entry.actor,
            "drill": drill,
            "payload_digest": digest(payload),
            "previous_hash": end.hash,
        }
    )
    return {
        "team_id": team_id,
        "chain": end.chain,
        "seq": end.seq + 1,
        "kind": entry.kind,
        "at": entry.at,
        "actor": entry.actor,
        "header": header,
        "payload": payload,
        "payload_digest": digest(payload),
        "previous_hash": end.hash,
        "hash": digest(header),
    }


def _written_of(entry: Entry, row: Mapping[str, object], *, drill: bool) -> Written:
    return Written(
        team_id=str(row["team_id"]),
        chain=str(row["chain"]),
        seq=int(str(row["seq"])),
        kind=entry.kind,
        at=entry.at.astimezone(UTC),
        actor=entry.actor,
        payload=entry.payload,
        drill=drill,
        payload_digest=str(row["payload_digest"]),
        previous_hash=str(row["previous_hash"]),
        hash=str(row["hash"]),
    )


def _written(row: Row[tuple[Json, ...]]) -> Written:
    return Written(
        team_id=row.team_id,
        chain=row.chain,
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        actor=row.actor,
        payload=None if row.payload is None else from_json(row.payload),
        drill=from_json(row.header)["drill"],
        payload_digest=row.payload_digest,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


_INSERT = insert(journal)
_BEGIN = insert(chains)
_HEAD = select(chains.c.seq, chains.c.hash).where(chains.c.name == bindparam("of"))
_TEAM = select(chains.c.team_id).where(chains.c.name == bindparam("of"))
_HEAD_LOCKED = _HEAD.with_for_update()
_FIRST_SQLITE = sqlite_insert(chains).on_conflict_do_nothing()
_FIRST_POSTGRES = postgres_insert(chains).on_conflict_do_nothing()
_MOVE = (
    update(chains)
    .where(chains.c.name == bindparam("of"), chains.c.seq == bindparam("was"))
    .values(seq=bindparam("seq"), hash=bindparam("hash"))
)
_LOAD = (
    select(journal)
    .where(journal.c.chain == bindparam("of"), journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
)
