"""The proof that the journal is what was written: nothing edited, lost or added.

It reads only, ends whatever was done to a row, and names everything that it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from store.journal_rows import ERASED, GENESIS, Head, digest
from store.json_text import from_json
from store.read.flaws import Flaw, Report
from store.read.raw_rows import UNREADABLE, parsed, raw, spelled
from store.read.records_check import of_records
from store.tables import chain as chains
from store.tables import journal

__all__ = ["Flaw", "Noted", "Report", "verify"]


@dataclass(frozen=True, slots=True)
class Noted:
    """An end of a chain that was noted outside of it, and where."""

    head: Head
    where: str


@dataclass(slots=True)
class _Walk:
    """Where the walk along one chain stands, and what it found."""

    chain: str
    seq: int = 0
    hash: object = GENESIS
    team_id: object = None
    id: int = 0
    entries: int = 0
    found: list[Flaw] = field(default_factory=list)
    hashes: dict[int, object] = field(default_factory=dict)

    def say(self, seq: int | None, reason: str, noted: str = "") -> None:
        """Keep what is wrong."""
        self.found.append(Flaw(self.chain, seq, reason, noted))


def verify(conn: Connection, chain: str | None = None, *, noted: Iterable[Noted] = ()) -> Report:
    """Walk one chain, or all of them and what must agree with them.

    Args:
        conn: a connection; a reading one is enough.
        chain: only this chain, or None for everything.
        noted: ends of chains noted earlier elsewhere; each must still be there.
    """
    outside = [each for each in noted if chain in (None, each.head.chain)]
    ends = _stored_ends(conn, chain)
    walks = {walk.chain: walk for walk in _walks(conn, chain, outside)}
    entries = sum(walk.entries for walk in walks.values())
    for name in sorted({*ends, *(each.head.chain for each in outside)} - walks.keys()):
        walks[name] = _Walk(name)
    for walk in walks.values():
        _check_end(walk, ends.get(walk.chain))
    for each in outside:
        _check_noted(walks[each.head.chain], each)
    found = [each for name in sorted(walks) for each in walks[name].found]
    if chain is None:
        found += of_records(conn, set(ends))
    return Report(len(ends), entries, tuple(found))


def _stored_ends(conn: Connection, chain: str | None) -> dict[str, Row[Any]]:
    query = raw(chains.c)
    if chain is not None:
        query = query.where(chains.c.name == chain)
    return {str(row.name): row for row in conn.execute(query)}


def _walks(conn: Connection, chain: str | None, noted: Iterable[Noted]) -> Iterator[_Walk]:
    query = raw(journal.c).order_by(journal.c.chain, journal.c.seq)
    if chain is not None:
        query = query.where(journal.c.chain == chain)
    erased = _erased(conn, chain)
    kept: dict[str, set[int]] = {}
    for each in noted:
        kept.setdefault(each.head.chain, set()).add(each.head.seq)
    walk: _Walk | None = None
    with conn.execute(query.execution_options(yield_per=500)) as rows:
        for row in rows:
            if walk is None or walk.chain != str(row.chain):
                if walk is not None:
                    yield walk
                walk = _Walk(str(row.chain))
            _check_row(row, walk, erased.get(walk.chain, frozenset()))
            walk.entries += 1
            if walk.seq in kept.get(walk.chain, ()):
                walk.hashes[walk.seq] = row.hash
    if walk is not None:
        yield walk


def _check_row(row: Row[Any], walk: _Walk, erased: frozenset[int]) -> None:
    seq = row.seq if isinstance(row.seq, int) else walk.seq + 1
    if row.seq != walk.seq + 1:
        walk.say(walk.seq + 1, f"entry {walk.seq + 1} is missing")
    if row.previous_hash != walk.hash:
        walk.say(seq, "it does not follow the entry before it")
    header = parsed(row.header)
    if header is None or "drill" not in header:
        walk.say(seq, "its header cannot be read")
    elif any(header.get(name) != _column(row, name) for name in _COLUMNS):
        walk.say(seq, "its columns differ from its header")
    elif not header.keys() <= _IN_HEADER:
        walk.say(seq, "its header says what no entry says")
    if isinstance(row.header, str) and row.header.isascii() and digest(row.header) != row.hash:
        walk.say(seq, "its header differs from its hash")
    if walk.team_id not in (None, row.team_id):
        walk.say(seq, "it belongs to another team")
    if not isinstance(row.id, int) or row.id <= walk.id:
        walk.say(seq, "it was put elsewhere in the order of all entries")
    _check_payload(row, walk, seq, erased)
    walk.seq, walk.hash, walk.team_id = seq, row.hash, row.team_id
    walk.id = row.id if isinstance(row.id, int) else walk.id


def _column(row: Row[Any], name: str) -> object:
    return spelled(row.at) if name == "at" else getattr(row, name)


def _check_payload(row: Row[Any], walk: _Walk, seq: int, erased: frozenset[int]) -> None:
    if row.payload is None:
        if seq not in erased:
            walk.say(seq, "its payload was erased without an entry saying so")
    elif not isinstance(row.payload, str) or not row.payload.isascii():
        walk.say(seq, "its payload cannot be read")
    elif digest(row.payload) != row.payload_digest:
        walk.say(seq, "its payload differs from its digest")


def _check_end(walk: _Walk, end: Row[Any] | None) -> None:
    if end is None:
        if walk.seq:
            walk.say(walk.seq, "the chain's end was never noted")
        return
    if not isinstance(end.seq, int) or not isinstance(end.hash, str):
        walk.say(None, "the chain's noted end cannot be read")
    elif end.seq and not walk.seq:
        walk.say(1, "the whole chain is missing")
    elif end.seq != walk.seq:
        walk.say(min(end.seq, walk.seq) + 1, _tail(end.seq, walk.seq))
    elif end.hash != walk.hash:
        walk.say(walk.seq, "the last entry is not the one noted")
    if walk.team_id not in (None, end.team_id):
        walk.say(None, "the chain's noted end is of another team")


def _check_noted(walk: _Walk, noted: Noted) -> None:
    head = noted.head
    if not walk.seq:
        walk.say(1, "the whole chain is missing", noted.where)
    elif head.seq > walk.seq:
        walk.say(walk.seq + 1, _tail(head.seq, walk.seq), noted.where)
    elif head.seq and walk.hashes.get(head.seq) != head.hash:
        walk.say(head.seq, "it is not the entry that was noted", noted.where)


def _tail(noted: int, found: int) -> str:
    if found < noted:
        return f"the chain ends at {found}, but {noted} entries were written"
    return f"the chain goes on to {found}, but only {noted} entries were written"


def _erased(conn: Connection, chain: str | None) -> dict[str, frozenset[int]]:
    said: dict[str, frozenset[int]] = {}
    query = select(journal.c.chain, journal.c.payload).where(journal.c.kind == ERASED)
    if chain is not None:
        query = query.where(journal.c.chain == chain)
    for row in conn.execute(query):
        # One that nobody can read is named by the walk: its payload differs from its digest.
        try:
            seqs = frozenset(from_json(row.payload)["seqs"])
        except UNREADABLE:
            continue
        said[str(row.chain)] = said.get(str(row.chain), frozenset()) | seqs
    return said


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
_IN_HEADER = frozenset((*_COLUMNS, "drill"))
