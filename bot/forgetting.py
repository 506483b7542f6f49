"""Forgets what was received, told and decided long ago, a small batch at a time.

Nothing that is owed is forgotten, and nothing of an open record; the journal stays whole.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from bot.clock import Clock, MachineClock
from bot.rounds import Rounds
from store.db import Database
from store.write import purging, read_marks

_log = logging.getLogger(__name__)
AGAIN_S = 3_600.0
FIRST_S = 300.0
BETWEEN_S = 0.2
SEEN_KEPT = timedelta(days=30)
"""Slack sends something again for an hour; what it missed is read back from much later."""


class Forgetting:
    """Forgets now and then; an end that is asked for is heeded after each batch.

    Args:
        database: Where it is kept.
        clock: Business time, by which most of it ages.
        machine: Machine time, by which what was received ages.
        kept: How long it is kept.
        between_s: The pause between two batches, so that nobody waits for them.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        machine: MachineClock,
        kept: timedelta,
        between_s: float = BETWEEN_S,
    ) -> None:
        self._database = database
        self._clock = clock
        self._machine = machine
        self._kept = kept
        self._between_s = between_s
        self._over = threading.Event()

    def rounds(self) -> Rounds:
        """Return what forgets now and then, the first time a while after the start."""
        return Rounds(
            self.forget,
            name="forgetting",
            trouble="What is old could not be forgotten",
            first_s=FIRST_S,
            every_s=AGAIN_S,
            over=self._over,
        )

    def forget(self) -> int:
        """Forget once all that is old; return how many rows that were."""
        gone = self._seen() + self._marks() + sum(self._of(kind) for kind in purging.KINDS)
        if gone:
            _log.info("%d rows of before were forgotten", gone)
        return gone

    def _seen(self) -> int:
        before, total = self._machine.now() - SEEN_KEPT, 0
        while not self._over.is_set():
            with self._database.write() as conn:
                gone = purging.forget_seen(conn, before)
            total += gone
            if gone < purging.BATCH:
                break
            self._over.wait(self._between_s)
        return total

    def _marks(self) -> int:
        """Forget up to where channels were read in which nothing was written for long."""
        before = self._clock.now() - self._kept
        with self._database.write() as conn:
            return read_marks.purge(conn, before.timestamp())

    def _of(self, kind: purging.Kind) -> int:
        before, after, total = self._clock.now() - self._kept, 0, 0
        while not self._over.is_set():
            with self._database.write() as conn:
                done = purging.batch(conn, kind, after, before)
            total += done.gone
            if done.after is None:
                break
            after = done.after
            self._over.wait(self._between_s)
        return total
