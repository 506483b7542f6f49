"""The courier takes the outbox to Slack, mail and pages: once, in order, whatever breaks.

It owns the claiming thread and the workers. A row is committed as being sent before its call; what
came of the call is committed after it, and where that cannot be known, the row is looked up before
it goes out again.

Between processes leases go by the database's clock. Within this one a row is ours by the monotonic
clock from just before its claim, and is never claimed again while we are at it: whoever sets the
machine's clock makes no message go out twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from bot.countdown import Countdown, done_within
from bot.courier.attempts import Attempt, Budget, Deliverer
from bot.courier.claims import ClaimedRow, CourierPace, Reports
from bot.courier.references import keys_in
from bot.courier.settlement import NOT_BEGUN, UNSURE, Settlement, ended_before
from bot.database_words import say_again
from bot.gateways.brakes import Brakes
from bot.gateways.outcomes import RateLimited, Refused, Unknown
from bot.right_of_way import RightOfWay
from bot.threads import Threads, real_threads
from store.db import Database
from store.faults import is_passing
from store.lease_clock import BootClock, LeaseClock
from store.outbox_rows import OutboxRow
from store.read import deliveries
from store.write.claim import claim

_log = logging.getLogger(__name__)
_MOST_BREAKS = 5
_GIVE_WAY_S = 0.05
_LAST_S = 0.5
# Under load many deliveries end within a moment; one look at the outbox serves them all.
_BETWEEN_ROUNDS_S = 0.02


class Courier:
    """Delivers the outbox.

    Args:
        database: where the outbox lives.
        deliverers: gateway name to its deliverer.
        brakes: the shared brakes of the Slack gateway.
        clock: machine time.
        business_now: business time, by which a prompt grows stale.
        owner: this process's name, unique among those on the database.
        reports: whom to tell.
        pace: how many and how fast.
        way: given to what somebody waits for, before a ticket is told.
        gives_way: says that claiming should wait a moment; what it waits for is bounded.
        pool_of: makes the workers' threads.
    """

    def __init__(
        self,
        database: Database,
        deliverers: Mapping[str, Deliverer],
        *,
        brakes: Brakes,
        clock: BootClock,
        business_now: Callable[[], datetime],
        owner: str,
        reports: Reports,
        way: RightOfWay,
        pace: CourierPace | None = None,
        gives_way: Callable[[], bool] = lambda: False,
        pool_of: Threads = real_threads,
    ) -> None:
        self._database = database
        self._deliverers = deliverers
        self._brakes = brakes
        self._clock = clock
        self._business_now = business_now
        self._owner = owner
        self._reports = reports
        self._pace = pace or CourierPace()
        self._gives_way = gives_way
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Condition()
        self._running: set[int] = set()
        self._lease_clock = LeaseClock(clock)
        self._claims = 0
        self._settlement = Settlement(
            database, brakes=brakes, clock=clock, reports=reports, pace=self._pace, way=way
        )
        self._told_down = False
        self._swept_s = 0.0
        self._rested_s = 0.0
        self._pool = pool_of(self._pace.workers, "courier")
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    @property
    def slack_down_since(self) -> datetime | None:
        """Return when calls to Slack began to fail, if none has been answered since."""
        return self._brakes.down_since

    @property
    def slack_down_for_s(self) -> float:
        """Return for how many seconds calls to Slack have failed, zero when they do not."""
        return self._brakes.down_for_s

    @property
    def slack_refusal(self) -> str:
        """Return Slack's word for refusing the installation, empty while it does not."""
        return self._brakes.refusal

    @property
    def in_flight(self) -> int:
        """Return how many rows are being worked on or wait to be recorded."""
        with self._lock:
            return len(self._running) + self._settlement.waiting

    def start(self) -> None:
        """Begin to claim."""
        self._thread.start()

    def step(self) -> None:
        """Record and claim once, for whoever keeps the time: a courier that was not started."""
        self._round()
        self._watch()

    def notify(self) -> None:
        """Wake up: something was committed. Cheap, and safe in every thread."""
        self._wake.set()

    def take_no_more(self) -> None:
        """Claim no further row; what runs goes on."""
        self._stopping.set()
        self._wake.set()

    def stop(self, *, timeout_s: float = 10.0) -> bool:
        """Stop claiming at once, let running calls end, record them.

        Args:
            timeout_s: how long running calls may take.

        Returns:
            Whether everything that had begun was recorded; what was not is left to its lease.
        """
        time = Countdown(timeout_s)
        self.take_no_more()
        if self._thread.ident is not None:
            self._thread.join(time.left_s)
        with self._lock:
            self._lock.wait_for(lambda: not self._running, timeout=time.left_s)
            drained = not self._running
        self._pool.shutdown(wait=False, cancel_futures=True)
        if drained:
            done_within(time.left_s, self._pool.shutdown, "the end of the courier's threads")
        recorded = done_within(max(time.left_s, _LAST_S), self._record_the_last, "the last record")
        return drained and recorded and not self._settlement.waiting

    def _record_the_last(self) -> None:
        """Record what has ended; where the database is away, the leases end and it is looked up."""
        try:
            self._round(claiming=False)
        except Exception as error:
            if not is_passing(error):
                raise
            _log.warning("the last deliveries were not recorded; their leases will end: %s", error)

    # ------------------------------------------------------------ the claiming thread

    def _run(self) -> None:
        full = False
        while not self._stopping.is_set():
            if not full:
                self._wake.wait(self._settlement.seconds_until_next(self._pace.watch_s))
            self._stopping.wait(self._rested_s + _BETWEEN_ROUNDS_S - self._clock.monotonic())
            self._wake.clear()
            while self._gives_way() and not self._stopping.wait(_GIVE_WAY_S):
                pass
            try:
                full = self._round()
                self._rested_s = self._clock.monotonic()
                self._watch()
            except Exception as error:  # noqa: BLE001 - this thread outlives every fault it meets
                full = False
                say_again(_log, "a look at the outbox failed", error)
                self._stopping.wait(self._pace.watch_s)

    def _round(self, *, claiming: bool = True) -> bool:
        """Record what needs no report and claim what is due, in one transaction."""
        with self._lock:
            free = self._pace.workers - len(self._running) if claiming else 0
            ours = frozenset(self._running)
        if not self._settlement.waiting and free <= 0:
            return False
        # Read after those that run: an end that is neither has been recorded, or is just below.
        ours |= self._settlement.being_told
        self._claims += 1
        owner = f"{self._owner}/{self._claims}"
        rows: list[OutboxRow] = []
        with self._database.write() as conn:
            until_s = self._clock.monotonic() + self._pace.lease_s
            now = self._lease_clock.now(conn)
            written = self._settlement.record(conn, now)
            if free > 0:
                rows = claim(
                    conn,
                    now=now,
                    business_now=self._business_now(),
                    owner=owner,
                    lease_s=self._pace.lease_s,
                    limit=free,
                    sweep=self._wants_sweep(),
                    ours=ours,
                )
            keys = [key for row in rows for key in keys_in(row.payload)]
            results = deliveries.results(conn, keys) if keys else {}
        self._settlement.recorded(written)
        with self._lock:
            self._running.update(row.id for row in rows)
        for row in rows:
            self._pool.submit(self._work, ClaimedRow(row, owner, until_s, results))
        # With an open circuit rows come straight back: once a wake-up is enough.
        return len(rows) == free and free > 0 and not self._brakes.is_open

    def _wants_sweep(self) -> bool:
        """Tell, once in a while, to look for prompts that lost their sense while they waited."""
        now_s = self._clock.monotonic()
        if now_s - self._swept_s < self._pace.watch_s:
            return False
        self._swept_s = now_s
        return True

    def _watch(self) -> None:
        if self._brakes.wants_probe():
            self._pool.submit(self._brakes.probe, deadline_s=self._pace.deadline_s)
        since = self._brakes.down_since
        if since is None:
            if self._told_down and self._reports.slack_up is not None:
                self._pool.submit(self._tell, self._reports.slack_up)
            self._told_down = False
            return
        if self._brakes.down_for_s > self._pace.mail_after_s and not self._told_down:
            self._told_down = True
            if self._reports.slack_down is not None:
                self._pool.submit(self._tell, partial(self._reports.slack_down, since))

    def _tell(self, report: Callable[[], None]) -> None:
        try:
            report()
        except Exception:  # noqa: BLE001 - logged with its traceback; the courier goes on
            _log.exception("the report about Slack's outage failed")

    # ------------------------------------------------------------ a worker's thread

    def _work(self, held: ClaimedRow) -> None:
        try:
            self._settlement.settle(held, self._guarded(held))
        except Exception:  # noqa: BLE001 - logged with its traceback; the lease brings it back
            _log.exception("the delivery of %s failed; its lease will end", held.row.key)
        finally:
            with self._lock:
                self._running.discard(held.row.id)
                self._lock.notify_all()
            self._wake.set()

    def _guarded(self, held: ClaimedRow) -> Attempt:
        """Make one attempt; a row that breaks our own code again and again is set aside."""
        try:
            return self._attempt(held)
        except Exception as error:  # noqa: BLE001 - logged, and set aside when it goes on
            _log.exception("the delivery of %s broke", held.row.key)
            reason = f"{UNSURE}our own fault: {type(error).__name__}: {error}"
            if self._settlement.tries(held.row) >= _MOST_BREAKS:
                return Attempt(Refused(reason))
            return Attempt(Unknown(reason.removeprefix(UNSURE)), unsure=True)

    def _attempt(self, held: ClaimedRow) -> Attempt:
        """Make one attempt, or put the row back when this is not the time for one."""
        row = held.row
        if (ended := ended_before(row)) is not None:
            return ended
        unsure = row.taken_over or (row.last_error or "").startswith(UNSURE)
        left_s = held.until_s - self._clock.monotonic() - self._pace.settling_s
        # Whoever was frozen since the claim must not send: the row may be another's by now.
        if self._stopping.is_set() or left_s < self._pace.deadline_s / 4:
            return Attempt(NOT_BEGUN, unsure=unsure)
        deliverer = self._deliverers.get(row.gateway)
        if deliverer is None:
            return Attempt(Refused(f"Nothing is set up to send by {row.gateway}."))
        wait_s = self._brakes.held_s(row.method) if row.gateway == "slack" else 0.0
        if wait_s > 0:
            return Attempt(RateLimited(wait_s), unsure=unsure)
        self._settlement.count_try(row)
        budget_s = min(left_s, self._pace.deadline_s)
        budget = Budget(self._clock, self._clock.monotonic() + budget_s)
        return deliverer.attempt(row, results=held.results, budget=budget, unsure=unsure)
