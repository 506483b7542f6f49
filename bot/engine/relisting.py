"""What lists read of tickets is made anew from the tickets, wherever it is another.

A process of before writes none of it: what it changed is found at a start, and now and then after.
Source: design, Read side.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.engine.facts import Facts
from bot.engine.tickets import context, ticket_of
from bot.rounds import Rounds
from protocols.kernel.refusals import BeingUpdated
from protocols.people.people import ENGINE
from protocols.queue.listed import InLists, listed
from store.db import Connection, Database
from store.read import listed as kept_lists
from store.ticket_rows import TicketRow
from store.write import meta, queue, records

_log = logging.getLogger(__name__)
BATCH = 50
BETWEEN_S = 0.1
AGAIN_S, FAILED_S = 3_600.0, 60.0
IS_WHOLE = "lists_are_whole"
"""The fact that every ticket was listed once: before it, lists may lack some."""


@dataclass(frozen=True, slots=True)
class Relisted:
    """How many tickets were looked at, and how many of them were listed otherwise."""

    looked_at: int = 0
    mended: int = 0


class Relisting:
    """Looks at tickets, and writes what lists read of them where it is another.

    Args:
        database: Where both are.
        facts: What contexts are made of.
        clock: Business time.
        between_s: The pause between two batches, so that nobody waits for them.
    """

    def __init__(
        self, database: Database, facts: Facts, clock: Clock, *, between_s: float = BETWEEN_S
    ) -> None:
        self._database = database
        self._facts = facts
        self._clock = clock
        self._between_s = between_s
        self._stopping = threading.Event()

    def rounds(self) -> Rounds:
        """Return what looks at a start, and now and then after."""
        return Rounds(
            self.sweep,
            name="relisting",
            trouble="The lists could not be looked at",
            every_s=AGAIN_S,
            failed_s=FAILED_S,
            over=self._stopping,
        )

    def sweep(self) -> Relisted:
        """Look at what is open; once, after an update, at every ticket."""
        with self._database.read() as conn:
            is_whole = meta.get(conn, IS_WHOLE) is not None
            found = kept_lists.open_or_listed(conn)
        done = self._all(found[at : at + BATCH] for at in range(0, len(found), BATCH))
        return done if is_whole else self.rebuild()

    def rebuild(self, told: Callable[[Relisted], None] = lambda _: None) -> Relisted:
        """Look at every ticket, open or closed.

        Args:
            told: Hears how far it is, after each batch.
        """
        done = self._all(self._batches(), told)
        if not self._stopping.is_set():
            with self._database.write() as conn:
                meta.put(conn, IS_WHOLE, True)
        return done

    def _batches(self) -> Iterator[tuple[str, ...]]:
        after = ""
        while True:
            with self._database.read() as conn:
                found = kept_lists.after(conn, after, BATCH)
            if not found:
                return
            yield found
            after = found[-1]

    def _all(
        self,
        batches: Iterator[tuple[str, ...]],
        told: Callable[[Relisted], None] = lambda _: None,
    ) -> Relisted:
        done = Relisted()
        for references in batches:
            mended = self._batch(references)
            done = Relisted(done.looked_at + len(references), done.mended + mended)
            told(done)
            if self._stopping.wait(self._between_s):
                break
        if done.mended:
            _log.info("%d of %d tickets were listed anew", done.mended, done.looked_at)
        return done

    def _batch(self, references: Sequence[str]) -> int:
        with self._database.read() as conn:
            kept = kept_lists.kept(conn, references)
            rows = kept_lists.rows(conn, references)
            wrong = [row.reference for row in rows if self._is_wrong(conn, row, kept)]
        return sum(self._mend(reference) for reference in wrong)

    def _is_wrong(self, conn: Connection, row: TicketRow, kept: kept_lists.Kept) -> bool:
        was = kept[row.reference]
        return was is not None and was != self._listed(conn, row, was)

    def _mend(self, reference: str) -> bool:
        """Write what lists read of one ticket, while nobody else changes it."""
        with self._database.write() as conn:
            row = records.lock_if_free(conn, reference)
            was = kept_lists.kept(conn, [reference])[reference]
            if row is None or was is None:
                return False
            now = self._listed(conn, row, was)
            queue.write(conn, reference, was, now, number=row.number, version=row.version)
            return now != was

    def _listed(self, conn: Connection, row: TicketRow, was: InLists) -> InLists:
        """Return what lists are to keep; of a newer process's ticket what they keep already."""
        try:
            ticket = ticket_of(row).whole()
            ctx = context(conn, self._facts, ticket, ENGINE, self._clock.now())
        except BeingUpdated as newer:
            _log.info("%s is left to a newer process: %s", row.reference, newer)
            return was
        return listed(ticket, ctx.policy, ctx.calendar, row.number)
