"""The figures of /metrics that are asked of the database. Source: L7."""

from __future__ import annotations

import math
from collections.abc import Callable

from bot.clock import Clock, MachineClock
from bot.web.metrics import Gauge, MetricRegistry
from store.db import Database
from store.faults import DATABASE_ERRORS
from store.read import workload as queries


def add_gauges(
    metrics: MetricRegistry, database: Database, machine: MachineClock, clock: Clock
) -> None:
    """Add what waits, what is late and what is dead; no number while the database is away."""

    def work(pick: Callable[[queries.Work], float]) -> Callable[[], float]:
        def read() -> float:
            try:
                with database.read() as conn:
                    return pick(queries.work(conn, now=machine.now(), business_now=clock.now()))
            except DATABASE_ERRORS:
                return math.nan

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
        metrics.add(Gauge(name, says, work(pick)))
