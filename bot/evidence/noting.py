"""Ends of chains and digests of words that left, noted in the desk's own chain.

So a chain that was cut, taken away or written anew shows by another one, and so do words that
were changed after they were told. Source: M4.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.engine import desk_record
from store.columns import EPOCH
from store.db import Connection
from store.journal_rows import DESK, Entry, Head
from store.json_text import Json, from_json
from store.read import chains, evidence
from store.read.flaws import Flaw
from store.read.raw_rows import UNREADABLE
from store.read.verification import Noted

SETTLED = timedelta(minutes=10)
"""Words so old stand for good: no transaction is open for so long."""
IN_ONE_ENTRY = 500


@dataclass(slots=True)
class DeskNotes:
    """All that the desk's chain has noted so far.

    Attributes:
        heads: The newest noted end of each chain.
        texts: The digests of words, by record.
        until: Up to when words were noted.
        at: When anything was noted last.
    """

    heads: dict[str, Head] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)
    until: datetime = EPOCH
    at: datetime = EPOCH

    def add(self, entry: evidence.Plain) -> None:
        """Add what one entry noted."""
        payload = from_json(entry["payload"])
        at = datetime.fromisoformat(from_json(entry["header"])["at"])
        until = datetime.fromisoformat(payload["until"])
        heads = {name: Head(name, seq, end) for name, (seq, end) in payload["heads"].items()}
        texts = {name: set(digests) for name, digests in payload["texts"].items()}
        self.heads |= heads
        for name, digests in texts.items():
            self.texts.setdefault(name, set()).update(digests)
        self.until = max(self.until, until)
        self.at = max(self.at, at)


def notes(conn: Connection) -> DeskNotes:
    """Return what was noted; an entry that nobody can read is named by the walk along the chain."""
    found = DeskNotes()
    for entry in evidence.entries(conn, DESK, desk_record.NOTED):
        try:
            found.add(entry)
        except UNREADABLE:
            continue
    return found


def note(conn: Connection, now: datetime, *, team_id: str, drill: bool) -> int:
    """Note what has changed since the last time; return how many records that were.

    Raises:
        BeingUpdated: A newer process wrote to the desk's chain what is not known here.
    """
    before = notes(conn)
    until = max(before.until, now - SETTLED)
    texts = evidence.texts_between(conn, before.until, until)
    ends = {head.chain: head for head in chains.heads(conn) if head.chain != DESK}
    changed = {name for name, head in ends.items() if before.heads.get(name) != head}
    named = sorted((changed | texts.keys()) & ends.keys())
    entries = [
        Entry(desk_record.NOTED, now, "bridgewatch", _payload(part, ends, texts, until))
        for part in _parts(named)
    ]
    desk_record.append(conn, entries, team_id=team_id, drill=drill)
    return len(named)


def _parts(names: list[str]) -> Iterator[list[str]]:
    every = iter(names)
    while part := list(itertools.islice(every, IN_ONE_ENTRY)):
        yield part


def _payload(
    names: Iterable[str], ends: dict[str, Head], texts: dict[str, dict[str, str]], until: datetime
) -> dict[str, Json]:
    part = tuple(names)
    return {
        "heads": {name: [ends[name].seq, ends[name].hash] for name in part},
        "texts": {name: sorted(texts[name].values()) for name in part if name in texts},
        "until": until.isoformat(),
    }


def noted_ends(found: DeskNotes) -> Iterator[Noted]:
    """Yield the ends that the desk's chain noted."""
    yield from (Noted(head, "the desk's chain") for head in found.heads.values())


def changed_words(
    conn: Connection, found: DeskNotes, reference: str | None = None
) -> Iterator[Flaw]:
    """Yield whose words are not those that were noted."""
    for name in evidence.tellers(conn) if reference is None else (reference,):
        try:
            told = evidence.texts_between(conn, EPOCH, found.until, name).get(name, {})
        except UNREADABLE:
            yield Flaw(name, None, "its words cannot be read")
            continue
        for key in sorted(key for key in told if told[key] not in found.texts.get(name, ())):
            reason = f"the words {key} are not those that were told"
            yield Flaw(name, None, reason, "the desk's chain")
