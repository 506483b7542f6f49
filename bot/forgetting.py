"""Forgets what was received, told and decided long ago, a small batch at a time.

Nothing that is owed is forgotten, and nothing of an open record; the journal stays whole.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from bot.clock import Clock, MachineClock
from bot.database_words import say_again
from store.db import Database
from store.faults import DATABASE_ERRORS
from store.write import purging, read_marks

_log = logging.getLogger(__name__)
AGAIN_S = 3_600.0
FIRST_S = 300.0
BETWEEN_S = 0.2
SEEN_KEPT = timedelta(days=30)
"""Slack sends something again for an hour; what it missed is read back from much later."""


class Forgetting:
    """Forgets now and then, in a thread of its own.

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
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="forgetting", daemon=True)

    def start(self) -> None:
        """Begin; the first time a while after the start."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Stop after the running batch."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=timeout_s)

    def forget(self) -> int:
        """Forget once all that is old; return how many rows that were."""
        gone = self._seen() + self._marks() + sum(self._of(kind) for kind in purging.KINDS)
        if gone:
            _log.info("%d rows of before were forgotten", gone)
        return gone

    def _run(self) -> None:
        wait_s = FIRST_S
        while not self._stopping.wait(wait_s):
            wait_s = AGAIN_S
            try:
                self.forget()
            except DATABASE_ERRORS as error:
                say_again(_log, "What is old could not be forgotten", error, logging.WARNING)

    def _seen(self) -> int:
        before, total = self._machine.now() - SEEN_KEPT, 0
        while not self._stopping.is_set():
            with self._database.write() as conn:
                gone = purging.forget_seen(conn, before)
            total += gone
            if gone < purging.BATCH:
                break
            self._stopping.wait(self._between_s)
        return total

    def _marks(self) -> int:
        """Forget up to where channels were read in which nothing was written for long."""
        before = self._clock.now() - self._kept
        with self._database.write() as conn:
            return read_marks.purge(conn, before.timestamp())

    def _of(self, kind: purging.Kind) -> int:
        before, after, total = self._clock.now() - self._kept, 0, 0
        while not self._stopping.is_set():
            with self._database.write() as conn:
                done = purging.batch(conn, kind, after, before)
            total += done.gone
            if done.after is None:
                break
            after = done.after
            self._stopping.wait(self._between_s)
        return total
