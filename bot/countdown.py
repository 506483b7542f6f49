"""Waiting for several things one after another, all within one limit."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from bot.clock import MachineClock

_log = logging.getLogger(__name__)


class Countdown:
    """What is left of a limit.

    Args:
        limit_s: How long everything together may take, from now.
    """

    def __init__(self, limit_s: float) -> None:
        self._machine = MachineClock()
        self._until_s = self._machine.monotonic() + limit_s

    @property
    def left_s(self) -> float:
        """Return the seconds that are left; never less than none."""
        return max(self._until_s - self._machine.monotonic(), 0.0)

    def at_most(self, seconds: float) -> float:
        """Return so many seconds, or what is left when that is less."""
        return min(self.left_s, seconds)


def done_within(limit_s: float, work: Callable[[], object], what: str) -> bool:
    """Have something done that may hang, and say whether it was done in time.

    Args:
        limit_s: How long it may take; what takes longer is left to itself.
        work: What to do.
        what: Its name, for the log.
    """
    done = threading.Event()

    def run() -> None:
        try:
            work()
        except Exception:  # noqa: BLE001 - logged; whoever waits learns that it is not done
            _log.exception("%s failed", what)
        else:
            done.set()

    thread = threading.Thread(target=run, name=what, daemon=True)
    thread.start()
    thread.join(limit_s)
    return done.is_set()
