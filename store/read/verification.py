"""The proof that the journal is what was written: nothing edited, lost or added.

It reads only. What it finds is the first thing wrong, with the row that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from store.journal_rows import DESK, ERASED, GENESIS, Head, digest, header_of
from store.json_text import from_json
from store.tables import chain as chains
from store.tables import counter, journal, record, ticket
from store.write.records import FIRST_NUMBER


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found; `reason` is None when everything proves."""

    chains: int
    entries: int
    chain: str | None = None
    seq: int | None = None
    reason: str | None = None

    @property
    def sound(self) -> bool:
        """Say whether everything proves."""
        return self.reason is None


@dataclass(slots=True)
class _Walk:
    """Where the walk along one chain stands."""

    chain: str
    seq: int = 0
    hash: str = GENESIS
    team_id: str | None = None


class _Broken(Exception):
    """The first thing wrong; never leaves this file."""

    def __init__(self, chain: str, seq: int | None, reason: str) -> None:
        super().__init__(reason)
        self.chain, self.seq, self.reason = chain, seq, reason


def verify(conn: Connection, chain: str | None = None, *, anchors: Iterable[Head] = ()) -> Report:
    """Walk one chain, or all of them and the tickets' numbers.

    Args:
        conn: a connection; a reading one is enough.
        chain: only this chain, or None for everything.
        anchors: ends of chains noted earlier outside the database; each must still be there.

    Returns:
        A report that names the first bad chain, the row and the reason.
    """
    entries = 0
    ends: dict[str, Head] = {}
    noted = {anchor.chain: anchor for anchor in anchors}
    try:
        ends = _stored_heads(conn, chain)
        entries = _walk_all(conn, chain, ends, noted)
        if chain is None:
            _check_records(conn, ends)
    except _Broken as broken:
        return Report(len(ends), entries, broken.chain, broken.seq, broken.reason)
    return Report(len(ends), entries)


def _stored_heads(conn: Connection, chain: str | None) -> dict[str, Head]:
    query = select(chains.c.name, chains.c.seq, chains.c.hash)
    if chain is not None:
        query = query.where(chains.c.name == chain)
    return {row.name: Head(row.name, row.seq, row.hash) for row in conn.execute(query)}


def _walk_all(
    conn: Connection, chain: str | None, ends: Mapping[str, Head], noted: Mapping[str, Head]
) -> int:
    query = select(journal).order_by(journal.c.chain, journal.c.seq)
    if chain is not None:
        query = query.where(journal.c.chain == chain)
    erased = _erased(conn)
    entries = 0
    seen: set[str] = set()
    walk: _Walk | None = None
    with conn.execute(query.execution_options(yield_per=500)) as rows:
        for row in rows:
            if walk is None or walk.chain != row.chain:
                _check_end(walk, ends, noted)
                walk = _Walk(row.chain)
                seen.add(row.chain)
            _check_row(row, walk, erased, noted.get(row.chain))
            entries += 1
    _check_end(walk, ends, noted)
    for name in sorted(set(ends) | set(noted) if chain is None else {chain} & set(ends)):
        if name not in seen and (name in noted or ends[name].seq):
            raise _Broken(name, 1, "the whole chain is missing")
    return entries


def _check_row(
    row: Row[Any], walk: _Walk, erased: Mapping[str, frozenset[int]], anchor: Head | None
) -> None:
    if row.seq != walk.seq + 1:
        raise _Broken(row.chain, walk.seq + 1, f"entry {walk.seq + 1} is missing")
    if row.previous_hash != walk.hash:
        raise _Broken(row.chain, row.seq, "it does not follow the entry before it")
    try:
        drill = from_json(row.header)["drill"]
    except (ValueError, KeyError, TypeError):
        raise _Broken(row.chain, row.seq, "its header cannot be read") from None
    fields = {name: getattr(row, name) for name in _COLUMNS} | {"drill": drill}
    if header_of(fields) != row.header:
        raise _Broken(row.chain, row.seq, "its columns differ from its header")
    if not row.header.isascii() or digest(row.header) != row.hash:
        raise _Broken(row.chain, row.seq, "its header differs from its hash")
    if walk.team_id not in (None, row.team_id):
        raise _Broken(row.chain, row.seq, "it belongs to another team")
    _check_payload(row, erased)
    if anchor is not None and anchor.seq == row.seq and anchor.hash != row.hash:
        raise _Broken(row.chain, row.seq, "it differs from the anchor")
    walk.seq, walk.hash, walk.team_id = row.seq, row.hash, row.team_id


def _check_payload(row: Row[Any], erased: Mapping[str, frozenset[int]]) -> None:
    if row.payload is None:
        if row.seq not in erased.get(row.chain, frozenset()):
            raise _Broken(row.chain, row.seq, "its payload was erased without an entry saying so")
    elif not row.payload.isascii() or digest(row.payload) != row.payload_digest:
        raise _Broken(row.chain, row.seq, "its payload differs from its digest")


def _check_end(walk: _Walk | None, ends: Mapping[str, Head], noted: Mapping[str, Head]) -> None:
    if walk is None:
        return
    end = ends.get(walk.chain)
    if end is None:
        raise _Broken(walk.chain, walk.seq, "the chain's end was never noted")
    if end.seq != walk.seq:
        raise _Broken(walk.chain, min(end.seq, walk.seq) + 1, _tail(end.seq, walk.seq))
    anchor = noted.get(walk.chain)
    if anchor is not None and anchor.seq > walk.seq:
        raise _Broken(walk.chain, walk.seq + 1, _tail(anchor.seq, walk.seq))
    if end.hash != walk.hash:
        raise _Broken(walk.chain, walk.seq, "the last entry is not the one noted")


def _tail(noted: int, found: int) -> str:
    if found < noted:
        return f"the chain ends at {found}, but {noted} entries were written"
    return f"the chain goes on to {found}, but only {noted} entries were written"


def _erased(conn: Connection) -> dict[str, frozenset[int]]:
    said: dict[str, frozenset[int]] = {}
    rows = conn.execute(
        select(journal.c.chain, journal.c.payload).where(
            journal.c.kind == ERASED, journal.c.payload.is_not(None)
        )
    )
    for row in rows:
        try:
            seqs = frozenset(from_json(row.payload)["seqs"])
        except (ValueError, KeyError, TypeError):
            # The walk names this row: its payload cannot match its digest.
            continue
        said[row.chain] = said.get(row.chain, frozenset()) | seqs
    return said


def _check_records(conn: Connection, ends: Mapping[str, Head]) -> None:
    found = conn.execute(select(ticket.c.reference, ticket.c.number).order_by(ticket.c.number))
    numbers: dict[str, set[int]] = {}
    for row in found:
        prefix, _, number = row.reference.rpartition("-")
        if number != str(row.number):
            raise _Broken(row.reference, None, "the ticket's number differs from its reference")
        if ends and row.reference not in ends:
            raise _Broken(row.reference, 1, "the ticket has no chain")
        numbers.setdefault(prefix, set()).add(row.number)
    others = set(conn.execute(select(record.c.reference)).scalars())
    for name in sorted(others - set(ends)):
        raise _Broken(name, 1, "the record has no chain")
    for name in sorted(set(ends) - others - {DESK}):
        prefix, _, number = name.rpartition("-")
        if number.isdigit() and int(number) not in numbers.get(prefix, ()):
            raise _Broken(name, None, "the chain's ticket is missing")
        if not number.isdigit():
            raise _Broken(name, None, "the chain's record is missing")
    _check_numbers(conn, numbers)


def _check_numbers(conn: Connection, numbers: Mapping[str, set[int]]) -> None:
    counters = {row.name: row.value for row in conn.execute(select(counter))}
    for prefix in sorted(set(counters) | set(numbers)):
        given = counters.get(prefix, FIRST_NUMBER - 1)
        present = numbers.get(prefix, set())
        expected = range(FIRST_NUMBER, given + 1)
        missing = sorted(set(expected) - present)
        if missing:
            raise _Broken(f"{prefix}-{missing[0]}", None, "the ticket is missing")
        if len(present) != len(expected):
            raise _Broken(f"{prefix}-{max(present)}", None, "the ticket's number was never given")


_COLUMNS = (
    "team_id",
    "chain",
    "seq",
    "kind",
    "at",
    "actor",
    "payload_digest",
    "previous_hash",
)
