"""Says to the database, for as long as this process runs, which format of records it knows."""

from __future__ import annotations

from bot.clock import MachineClock
from bot.rounds import Rounds
from store.db import Database
from store.lease_clock import LeaseClock
from store.newer import FORMAT
from store.write import presence
from store.write.presence import Present

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

    def rounds(self) -> Rounds:
        """Return what says so from the start to the end."""
        return Rounds(
            self.say,
            name="presence",
            trouble="The database does not hear that this process is there",
            every_s=AGAIN_S,
            last=self._leave,
        )

    def say(self) -> None:
        """Say once that this process is there."""
        with self._database.write() as conn:
            presence.note(conn, Present(self._process, FORMAT, self._clock.now(conn)))

    def _leave(self) -> None:
        with self._database.write() as conn:
            presence.leave(conn, self._process)
