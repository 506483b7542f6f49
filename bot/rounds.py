"""One thing done again and again in a thread of its own, until the program ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from bot.database_words import sentence_of
from store.faults import DATABASE_ERRORS, is_passing

_log = logging.getLogger(__name__)


class Rounds:
    """A thread that outlives every fault it meets: what did not work is tried the next time.

    Args:
        turn: What is done each time.
        name: Of the thread.
        trouble: What to say when it did not work, the beginning of a sentence.
        every_s: From one time to the next.
        first_s: Before the first.
        failed_s: Until the next time after a fault; ``every_s`` when left out.
        last: What is done once more, when it ends.
        over: Set when it is to end: a long turn looks at it.
    """

    def __init__(
        self,
        turn: Callable[[], object],
        *,
        name: str,
        trouble: str,
        every_s: float,
        first_s: float = 0.0,
        failed_s: float | None = None,
        last: Callable[[], object] | None = None,
        over: threading.Event | None = None,
    ) -> None:
        self._turn = turn
        self._trouble = trouble
        self._first_s = first_s
        self._every_s = every_s
        self._failed_s = every_s if failed_s is None else failed_s
        self._last = last
        self._over = over or threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Begin no further turn; one that hangs is left to itself."""
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=timeout_s)

    def _run(self) -> None:
        wait_s = self._first_s
        while not self._over.wait(wait_s):
            wait_s = self._every_s if self._worked(self._turn) else self._failed_s
        if self._last is not None:
            self._worked(self._last)

    def _worked(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except DATABASE_ERRORS as error:
            if is_passing(error):
                _log.info("%s for now: %s", self._trouble, sentence_of(error))
            else:
                _log.warning("%s", self._trouble, exc_info=error)
        except Exception as error:  # noqa: BLE001 - logged; the next turn comes all the same
            _log.warning("%s", self._trouble, exc_info=error)
        else:
            return True
        return False
