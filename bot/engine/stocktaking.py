"""Whether who and what open tickets count on is there: looked at when any of it changed, or a duty.

Slack tells of those who leave and of channels by events, which may be lost; the reader reads all of
it again every few minutes, and the directory is read at a start. Whatever the way, what is known
is another thing afterwards, and each open ticket is looked at once. Source: D24, D29.
"""

from __future__ import annotations

import logging

from bot.clock import Clock
from bot.engine import kinds, ledger
from bot.engine.engine import Engine
from bot.engine.facts import Acquaintance, Facts
from bot.engine.saving import CommandNotSaved
from bot.rounds import Rounds
from protocols.kernel.refusals import Refusal
from protocols.losses.events import TakeStock
from protocols.losses.rules import take_stock
from protocols.people.people import ENGINE
from protocols.people.swaps import Swap
from protocols.ticket import Ticket
from store.db import Connection, Database
from store.read import tickets
from store.write import swaps

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
        self._swapped: tuple[Swap, ...] = ()

    def rounds(self) -> Rounds:
        """Return what looks every second, and less often while it cannot."""
        return Rounds(
            self.look,
            name="stocktaking",
            trouble="Open tickets could not be looked at",
            first_s=LOOK_S,
            every_s=LOOK_S,
            failed_s=AGAIN_S,
        )

    def look(self) -> int:
        """Look at each open ticket, if anything is known anew; return for how many it mattered."""
        known = self._facts.known
        # Whoever was never met cannot be missed: first all of Slack's people have to be read.
        if not known.complete:
            return 0
        swapped = self._swaps()
        if known is self._looked_at and swapped == self._swapped:
            return 0
        found = self._missing()
        for reference in found:
            self._decide(reference)
        self._looked_at, self._swapped = known, swapped
        return len(found)

    def _swaps(self) -> tuple[Swap, ...]:
        """Return the swaps of duties that stand: who takes one over may be waited for."""
        with self._database.read() as conn:
            return swaps.standing(conn, self._clock.now())

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
