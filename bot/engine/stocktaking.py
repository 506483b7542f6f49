"""Whether who and what open tickets count on is still there: looked at when any of it changed.

Slack tells of those who leave and of channels by events, which may be lost; the reader reads all of
it again every few minutes, and the directory is read at a start. Whatever the way, what is known
is another thing afterwards, and each open ticket is looked at once. Source: D24, D29.
"""

from __future__ import annotations

import logging
import threading

from bot.clock import Clock
from bot.engine import kinds, ledger
from bot.engine.engine import Engine
from bot.engine.facts import Acquaintance, Facts
from bot.engine.saving import CommandNotSaved
from protocols.kernel.refusals import Refusal
from protocols.losses.events import TakeStock
from protocols.losses.rules import take_stock
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS
from store.read import tickets

_log = logging.getLogger(__name__)
LOOK_S = 1.0
AGAIN_S = 30.0


class Stocktaking:
    """Looks at open tickets whenever what is known of people and channels has changed.

    Args:
        database: Where tickets are.
        engine: Decides for the tickets that miss somebody or something.
        facts: What is known.
        clock: Business time.
    """

    def __init__(self, database: Database, engine: Engine, facts: Facts, clock: Clock) -> None:
        self._database = database
        self._engine = engine
        self._facts = facts
        self._clock = clock
        self._looked_at: Acquaintance | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="stocktaking", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Stop; a look that has begun may end."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=timeout_s)

    def _run(self) -> None:
        wait_s = LOOK_S
        while not self._stopping.wait(wait_s):
            wait_s = LOOK_S
            try:
                self.look()
            except DATABASE_ERRORS as error:
                _log.info("open tickets are looked at later: %s", error)
                wait_s = AGAIN_S
            except Exception:  # noqa: BLE001 - logged; this thread outlives every fault it meets
                _log.warning("open tickets could not be looked at", exc_info=True)
                wait_s = AGAIN_S

    def look(self) -> int:
        """Look at each open ticket, if anything is known anew; return for how many it mattered."""
        known = self._facts.known
        # Whoever was never met cannot be missed: first all of Slack's people have to be read.
        if known is self._looked_at or not known.complete:
            return 0
        found = self._missing()
        for reference in found:
            self._decide(reference)
        self._looked_at = known
        return len(found)

    def _missing(self) -> list[str]:
        with self._database.read() as conn:
            rows = tickets.all_open(conn)
            known = ledger.readable(rows, lambda each: (each.reference, self._misses(conn, each)))
            return [reference for reference, misses in known if misses]

    def _misses(self, conn: Connection, ticket: Ticket) -> bool:
        kind = kinds.of(ticket)
        ctx = kind.context(conn, self._facts, ticket, ENGINE, self._clock.now(), ())
        return bool(take_stock(ticket, TakeStock(ticket.reference), ctx))

    def _decide(self, reference: str) -> None:
        try:
            self._engine.submit(TakeStock(reference), ENGINE)
        except Refusal as newer:
            _log.info("%s is left to a newer process: %s", reference, newer)
        except CommandNotSaved as error:
            _log.warning("who is missing on %s is seen to later: %s", reference, error)
