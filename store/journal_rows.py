"""An entry of the journal: what it says, and how it is chained to the one before it.

A row's header is canonical text that holds everything but the payload, of which it holds the
digest; the row's hash is the header's. So a payload can be erased and the chain still proves.
Source: S57, S179; M4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row, bindparam, select

from store.json_text import Json, canonical, from_json
from store.tables import chain as chains

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


def digest(spelled: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(spelled.encode("ascii")).hexdigest()


def header_of(fields: Mapping[str, object]) -> str:
    """Spell the header: the text a row's hash is taken from."""
    at = fields["at"]
    spelled = at.astimezone(UTC).isoformat() if isinstance(at, datetime) else at
    return canonical({**fields, "at": spelled})


def row_of(row: Row[tuple[Json, ...]]) -> Written:
    """Return an entry from its row."""
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


END_OF_CHAIN = select(chains.c.seq, chains.c.hash).where(chains.c.name == bindparam("of"))
