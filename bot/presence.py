"""Says to the database, for as long as this process runs, which format of records it knows."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from bot.clock import MachineClock
from store.db import Database
from store.faults import DATABASE_ERRORS
from store.lease_clock import LeaseClock
from store.newer import FORMAT
from store.write import presence
from store.write.presence import Present

_log = logging.getLogger(__name__)
AGAIN_S = presence.GONE_AFTER.total_seconds() / 3


class Presence:
    """Notes that this process is there, three times in the time after which it counts as gone.

    Args:
        database: Where it is noted.
        machine: This machine's time.
        process: A name that no other process uses.
    """

    def __init__(self, database: Database, machine: MachineClock, process: str) -> None:
        self._database = database
        self._clock = LeaseClock(machine)
        self._process = process
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        """Begin to say so."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Say that this process ends; a database that hangs is told nothing."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=timeout_s)

    def _run(self) -> None:
        self._tries(self.say)
        while not self._stopping.wait(AGAIN_S):
            self._tries(self.say)
        self._tries(self._leave)

    def say(self) -> None:
        """Say once that this process is there."""
        with self._database.write() as conn:
            presence.note(conn, Present(self._process, FORMAT, self._clock.now(conn)))

    def _leave(self) -> None:
        with self._database.write() as conn:
            presence.leave(conn, self._process)

    def _tries(self, act: Callable[[], None]) -> None:
        try:
            act()
        except DATABASE_ERRORS as error:
            _log.info("the database does not hear that this process is there: %s", error)
