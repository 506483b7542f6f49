"""The figures of /metrics that are asked of the database. Source: L7."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge

from bot.clock import Clock, MachineClock
from store.db import Database
from store.faults import DATABASE_ERRORS
from store.read import workload as queries

LOOK_AGAIN_S = 0.5


def add_gauges(
    metrics: CollectorRegistry, database: Database, machine: MachineClock, clock: Clock
) -> None:
    """Add what waits, what is late and what is dead; no number while the database is away."""
    look = _Look(database, machine, clock)

    def work(pick: Callable[[queries.Work], float]) -> Callable[[], float]:
        def read() -> float:
            found = look.work()
            return math.nan if found is None else pick(found)

        return read

    for name, says, pick in (
        ("bridgewatch_steps_pending", "Due points that wait", lambda w: w.pending_steps),
        (
            "bridgewatch_steps_due",
            "Due points that have come and are not decided",
            lambda w: w.due_steps,
        ),
        (
            "bridgewatch_posts_pending",
            "Posted commands that are not decided",
            lambda w: w.pending_posts,
        ),
        ("bridgewatch_outbox_unfinished", "Deliveries not finished", lambda w: w.unfinished_rows),
        ("bridgewatch_outbox_dead", "Deliveries refused for good", lambda w: w.dead_rows),
        ("bridgewatch_tickets_open", "Open tickets", lambda w: w.open_tickets),
    ):
        Gauge(name, says, registry=metrics).set_function(work(pick))


class _Look:
    """One look at the database for all the figures of a page."""

    def __init__(self, database: Database, machine: MachineClock, clock: Clock) -> None:
        self._database = database
        self._machine = machine
        self._clock = clock
        self._lock = threading.Lock()
        self._looked_s = -math.inf
        self._found: queries.Work | None = None

    def work(self) -> queries.Work | None:
        """Return what waits; None while the database is away."""
        with self._lock:
            if self._machine.monotonic() - self._looked_s > LOOK_AGAIN_S:
                self._found = self._read()
                self._looked_s = self._machine.monotonic()
            return self._found

    def _read(self) -> queries.Work | None:
        now, business_now = self._machine.now(), self._clock.now()
        try:
            with self._database.read() as conn:
                return queries.work(conn, now=now, business_now=business_now)
        except DATABASE_ERRORS:
            return None
