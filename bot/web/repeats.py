"""What comes in crowds is written once, and then counted: a line a minute, however many come."""

from __future__ import annotations

import asyncio
import logging

EVERY_S = 60.0


class Repeats:
    """Writes the first of a kind, and from then on how many more came; on the server's loop.

    Args:
        log: Where it goes.
        every_s: How often a count is written.
    """

    def __init__(self, log: logging.Logger, *, every_s: float = EVERY_S) -> None:
        self._log = log
        self._every_s = every_s
        self._more: dict[str, int] = {}

    def say(self, line: str) -> None:
        """Write a line, or count it."""
        if line in self._more:
            self._more[line] += 1
            return
        self._log.warning("%s", line)
        self._count(line)

    def _count(self, line: str) -> None:
        self._more[line] = 0
        asyncio.get_running_loop().call_later(self._every_s, self._tell, line)

    def _tell(self, line: str) -> None:
        more = self._more.pop(line)
        if more:
            self._log.warning("%s (%d more within %.0f s)", line, more, self._every_s)
            self._count(line)
