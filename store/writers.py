"""The queue of one process's SQLite writers: served in order of arrival.

SQLite itself lets waiting writers retry at random, so that one of many can wait for seconds.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from store.errors import NestedTransaction, WriterQueueTimeout


class WriterQueue:
    """Let one writer in at a time, the longest waiting one first."""

    def __init__(self) -> None:
        """Start free, with nobody waiting."""
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: int | None = None

    @contextmanager
    def turn(self, *, timeout_s: float) -> Iterator[None]:
        """Hold the turn for the length of the block.

        Raises:
            NestedTransaction: when this thread already has the turn.
            WriterQueueTimeout: when the turn did not come in time.
        """
        self._acquire(timeout_s)
        try:
            yield
        finally:
            self._release()

    @property
    def waiting(self) -> int:
        """Return how many writers wait for their turn."""
        with self._mutex:
            return len(self._waiting)

    def _acquire(self, timeout_s: float) -> None:
        me = threading.get_ident()
        with self._mutex:
            if self._holder == me:
                raise NestedTransaction("This thread is already inside a write transaction.")
            if self._holder is None:
                self._holder = me
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        granted = gate.acquire(timeout=timeout_s)
        with self._mutex:
            # The grant can arrive between the timeout and here; then the turn is ours after all.
            if not granted and gate in self._waiting:
                self._waiting.remove(gate)
                raise WriterQueueTimeout(f"No turn to write came within {timeout_s:g} s.")
            self._holder = me

    def _release(self) -> None:
        with self._mutex:
            if not self._waiting:
                self._holder = None
                return
            # Nobody has this identity, so that a newcomer queues until the next one has woken.
            self._holder = -1
            self._waiting.popleft().release()


_queues: WeakValueDictionary[str, WriterQueue] = WeakValueDictionary()
_queues_mutex = threading.Lock()


def queue_of(path: str) -> WriterQueue:
    """Return the one queue of this process for a database file."""
    with _queues_mutex:
        queue = _queues.get(path)
        if queue is None:
            queue = WriterQueue()
            _queues[path] = queue
        return queue
