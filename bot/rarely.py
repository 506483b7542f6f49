"""Log lines that say the same again and again: each is written once in a while."""

from __future__ import annotations

import logging

from bot.clock import MachineClock

AGAIN_S = 300.0


class Rarely:
    """Writes a line unless it was written a while ago.

    Args:
        log: Where it goes.
        machine: Tells the time.
        again_s: After how long the same line is worth another.
    """

    def __init__(
        self, log: logging.Logger, machine: MachineClock, *, again_s: float = AGAIN_S
    ) -> None:
        self._log = log
        self._machine = machine
        self._again_s = again_s
        self._told: dict[str, float] = {}

    def say(self, level: int, line: str) -> None:
        """Write a line that tells nothing but itself."""
        now_s = self._machine.monotonic()
        self._told = {key: at for key, at in self._told.items() if now_s - at < self._again_s}
        if line not in self._told:
            self._told[line] = now_s
            self._log.log(level, "%s", line)
