"""Looks who of the accounts' people has left or cannot be reached, and has that told once.

What was told is kept beside the other facts of the installation, so that no start and no other
process tells it again; once it is so no longer it is forgotten, and may be told anew. Source: M25.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from bot.clock import Clock
from bot.engine.facts import OUTSIDERS, Acquaintance, Facts, Kept
from bot.rounds import Rounds
from protocols.directory.missing import Gone, Missing, grouped, missing
from protocols.kernel.stamps import stamp
from protocols.people.people import ENGINE, Staff
from store.db import Connection, Database, after_commit
from store.outbox_rows import NewRow
from store.write import meta, swaps
from store.write.enqueue import enqueue
from templates.directory.facts import missing_facts
from templates.kit import render

TOLD = "people_missing"
EVERY_S, FIRST_S = 60.0, 30.0
URGENT = 10


class MissingPeople:
    """Compares the directory with who is there.

    Args:
        database: Where is kept what was told.
        facts: Who is who, and whom Slack knows.
        clock: Business time.
        committed: Called when there is something to send.
    """

    def __init__(
        self, database: Database, facts: Facts, clock: Clock, committed: Callable[[], None]
    ) -> None:
        self._database = database
        self._facts = facts
        self._clock = clock
        self._committed = committed
        self._looked: tuple[Acquaintance, Kept] | None = None

    def rounds(self) -> Rounds:
        """Return what looks every minute."""
        return Rounds(
            self.look,
            name="missing-people",
            trouble="Who of the accounts' people is missing could not be told",
            every_s=EVERY_S,
            first_s=FIRST_S,
        )

    def look(self) -> None:
        """Tell what is new, unless nothing has changed since the last look."""
        now_known = self._facts.known, self._facts.kept
        if not now_known[0].complete or self._is_looked_at(*now_known):
            return
        found = {each.key: each for each in missing(self._facts.directory, self._gone())}
        with self._database.read() as conn:
            told = meta.get(conn, TOLD) or {}
        if found.keys() == told.keys() or self._tell(found):
            self._looked = now_known

    def _is_looked_at(self, known: Acquaintance, kept: Kept) -> bool:
        looked = self._looked
        return looked is not None and looked[0] is known and looked[1] is kept

    def _tell(self, found: Mapping[str, Missing]) -> bool:
        """Tell what was not told; return whether somebody was there for all of it."""
        with self._database.write() as conn:
            told = meta.merge(conn, TOLD, {})
            fresh = [each for key, each in found.items() if key not in told]
            now = self._clock.now()
            ctx = self._facts.context(
                now, ENGINE, self._facts.policy, swaps=swaps.standing(conn, now)
            )
            by_reader = grouped(fresh, self._facts.directory, ctx)
            said = {each.key: now.isoformat() for group in by_reader.values() for each in group}
            meta.put(conn, TOLD, {key: at for key, at in told.items() if key in found} | said)
            self._send(conn, by_reader)
        return len(said) == len(fresh)

    def _send(self, conn: Connection, by_reader: Mapping[Staff, list[Missing]]) -> None:
        rows = [self._row(reader, found) for reader, found in by_reader.items()]
        if rows:
            enqueue(conn, rows)
            after_commit(conn, self._committed)

    def _row(self, reader: Staff, found: list[Missing]) -> NewRow:
        now = self._clock.now()
        message = render.message("people_missing", missing_facts(found))
        return NewRow(
            key=f"desk/missing/{reader.key}/{_digest(each.key for each in found)}/{stamp(now)}",
            team_id=self._facts.known.identity.team_id,
            gateway="slack",
            method="chat.postMessage",
            stream=f"dm/{reader.key}/desk",
            payload={
                "channel": {"$dm": reader.key},
                "text": message.text,
                "blocks": message.blocks,
            },
            created_at=now,
            urgent=URGENT,
        )

    def _gone(self) -> Gone:
        """Return who is gone, as Slack and the directory say."""
        known, kept = self._facts.known, self._facts.kept
        closed = [each for each in known.people.values() if each.kind == "deactivated"]
        mails = {each.email.casefold() for each in closed if each.email}
        members = {
            each.email.casefold()
            for each in known.people.values()
            if each.email and each.kind not in ("deactivated", *OUTSIDERS)
        }
        left = {
            key
            for key in self._facts.unreachable
            if (at := self._facts.mail_of(key)) and at.casefold() in mails - members
        }
        outside = {each.slack_id: each.email or "" for each in closed}
        names = {key: each.value.name for key, each in kept.held.people.items()}
        return Gone(self._facts.unreachable, frozenset(left), outside, names)


def _digest(keys: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:16]
