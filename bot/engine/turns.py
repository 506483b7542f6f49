"""One record after the other, a transaction each; one that fails rests, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

from bot.clock import MachineClock
from protocols.kernel.refusals import BeingUpdated
from store.db import Connection, Database
from store.faults import Fault, fault_of, is_passing

_log = logging.getLogger(__name__)
WAIT_AFTER_FAILURE_S = 1.0
WAIT_AFTER_FAILURE_MOST_S = 300.0
OF_THE_WHOLE_DATABASE = (Fault.FULL, Fault.READ_ONLY, Fault.DAMAGED)
"""With these no record can be decided; any other failure is one record's own."""
Claim: TypeAlias = Callable[[Connection, frozenset[str]], str | None]
"""Takes a record that has something to decide and is not among those that rest."""


class Turns:
    """Decides what waits for records.

    Args:
        database: Where they are.
        machine: Machine time, by which a record rests.
        claim: Takes the next record.
        decide: Decides what waits for it.
    """

    def __init__(
        self,
        database: Database,
        machine: MachineClock,
        claim: Claim,
        decide: Callable[[Connection, str], None],
    ) -> None:
        self._database = database
        self._machine = machine
        self._claim = claim
        self._decide = decide
        self._failed: dict[str, tuple[int, float]] = {}

    def next(self) -> bool:
        """Give one record its turn; say whether there was one."""
        reference: str | None = None
        try:
            with self._database.write() as conn:
                reference = self._claim(conn, self._resting())
                if reference is None:
                    return False
                self._decide(conn, reference)
        except Exception as error:
            if reference is None or fault_of(error) in OF_THE_WHOLE_DATABASE:
                raise
            self._rest(reference)
            _say(reference, error)
        else:
            self._failed.pop(reference, None)
        return True

    def _resting(self) -> frozenset[str]:
        now_s = self._machine.monotonic()
        return frozenset(ref for ref, (_, until) in self._failed.items() if until > now_s)

    def _rest(self, reference: str) -> None:
        """Keep away from a record that failed, longer each time; it is never given up."""
        times, _ = self._failed.get(reference, (0, 0.0))
        wait_s = min(WAIT_AFTER_FAILURE_S * 2**times, WAIT_AFTER_FAILURE_MOST_S)
        self._failed[reference] = (times + 1, self._machine.monotonic() + wait_s)


def _say(reference: str, error: Exception) -> None:
    if isinstance(error, BeingUpdated):
        _log.info("%s is left to the newer process that wrote it: %s", reference, error)
    elif is_passing(error):
        _log.info("%s is decided again: %s", reference, error)
    else:
        _log.error("what waits for %s could not be decided", reference, exc_info=error)
