"""The writing of the journal: append-only, one chain a ticket and one for the desk.

Source: S57, S179; M4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import JournalBroken
from store.journal_rows import (
    END_OF_CHAIN,
    ERASED,
    GENESIS,
    Entry,
    Head,
    Written,
    digest,
    header_of,
)
from store.json_text import canonical
from store.tables import chain as chains
from store.tables import journal


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


def _locked_head(conn: Connection, chain: str, team_id: str) -> Head:
    query = END_OF_CHAIN if is_sqlite(conn) else _HEAD_LOCKED
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


_INSERT = insert(journal)
_BEGIN = insert(chains)
_HEAD_LOCKED = END_OF_CHAIN.with_for_update()
_FIRST_SQLITE = sqlite_insert(chains).on_conflict_do_nothing()
_FIRST_POSTGRES = postgres_insert(chains).on_conflict_do_nothing()
_MOVE = (
    update(chains)
    .where(chains.c.name == bindparam("of"), chains.c.seq == bindparam("was"))
    .values(seq=bindparam("seq"), hash=bindparam("hash"))
)
