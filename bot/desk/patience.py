"""How long whoever made a gesture is kept waiting: its work goes on in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import TypeVar

from bot.right_of_way import RightOfWay
from handlers.kit.ports import NotYet

PATIENCE_S = 2.0
"""Slack shows an error after three seconds, and the answer takes a moment, too."""
AT_ONCE = 64
T = TypeVar("T")


class Patience:
    """Does work for people, and waits for it only so long.

    Args:
        pool: Threads for it, at least as many as gestures come at the same time.
        way: What somebody waits for has it.
        patience_s: How long somebody is kept waiting.
        most: How much work may go on that nobody waits for any more: beyond it nothing is begun.
    """

    def __init__(
        self,
        pool: Executor,
        way: RightOfWay,
        *,
        patience_s: float = PATIENCE_S,
        most: int = AT_ONCE,
    ) -> None:
        self._pool = pool
        self._way = way
        self._patience_s = patience_s
        self._free = threading.BoundedSemaphore(most)

    def in_time(self, work: Callable[[], T]) -> T:
        """Do the work, in time.

        Raises:
            NotYet: It goes on, or it was not begun because as much goes on as can.
        """
        if not self._free.acquire(blocking=False):
            raise NotYet
        future = self._pool.submit(self._first, work)
        future.add_done_callback(self._done)
        try:
            return future.result(self._patience_s)
        except TimeoutError:
            if future.done():
                raise  # its own
            raise NotYet from None

    def _first(self, work: Callable[[], T]) -> T:
        with self._way.taken():
            return work()

    def close(self) -> None:
        """End the threads; what still goes on is left."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _done(self, _: Future[T]) -> None:
        self._free.release()
