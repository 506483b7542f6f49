"""Who goes first: what somebody waits for, before what nobody waits for.

A process decides one thing at a time, however many threads it has. What falls due and what is told
of a delivery can stand a moment's wait; whoever has written or pressed a button cannot. The wait is
bounded, so that nothing owed is ever put off by a crowd for long.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_S = 0.2
"""How long one thing gives way; a crowd that never ends lets five a second of each lane pass."""
LANES = 4
"""How much goes on at the same time of what nobody waits for: more would only share one core."""


class RightOfWay:
    """Lets work that somebody waits for pass work that nobody waits for.

    Args:
        most_s: How long the latter gives way each time.
        lanes: How much of it goes on at the same time.
    """

    def __init__(self, *, most_s: float = MOST_S, lanes: int = LANES) -> None:
        self._most_s = most_s
        self._lanes = threading.BoundedSemaphore(lanes)
        self._passed = threading.Condition()
        self._passing = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the way for something that somebody waits for."""
        with self._passed:
            self._passing += 1
        try:
            yield
        finally:
            with self._passed:
                self._passing -= 1
                self._passed.notify_all()

    @contextmanager
    def given(self) -> Iterator[None]:
        """Wait, a moment at most each, for a lane of few and until nobody waits; then go on."""
        # All lanes may be held by what waits for a frozen process: nothing owed waits with it.
        is_in_lane = self._lanes.acquire(timeout=self._most_s)
        try:
            with self._passed:
                self._passed.wait_for(lambda: not self._passing, self._most_s)
            yield
        finally:
            if is_in_lane:
                self._lanes.release()
