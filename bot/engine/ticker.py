"""The clock of the protocol: has decided what falls due, and then what was posted.

The table of due points is the truth; APScheduler only wakes this process, and a watchdog on the
monotonic clock calls the same ``tick`` should its wall clock be set back.
Source: S171, S177; engine.md.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, MachineClock
from bot.countdown import Countdown
from bot.database_words import say_again
from bot.engine import ledger, posting
from bot.engine.engine import Engine
from bot.engine.turns import Turns
from bot.right_of_way import RightOfWay
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS
from store.read import upcoming
from store.write import due_points, posted

_log = logging.getLogger(__name__)


SWEEP_S = 5
WATCH_S = 1.0
LOOK_FAILED = "a look at what is due failed"
BETWEEN_LOOKS_S = 0.1
ROUNDS_A_TICKET = 20
CROWD_AFTER_S, CROWD_UNTIL_S = 0.1, 2.0


class Ticker:
    """Decides what falls due.

    Args:
        database: Where the due points are.
        engine: Decides.
        clock: Business time, by which points fall due.
        machine: Machine time, by which this process is woken.
        way: Given to what somebody waits for, before each record.
        ticked: Called after every tick that decided something.
        looking: Called before every look at what is due.
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        *,
        clock: Clock,
        machine: MachineClock,
        way: RightOfWay,
        ticked: Callable[[], None] = lambda: None,
        looking: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._machine = machine
        self._way = way
        self._ticked = ticked
        self._looking = looking
        self._due = Turns(database, machine, self._claim, self._decide)
        self._posted = Turns(database, machine, posted.claim_target, self._decide_post)
        self._turn = threading.Lock()
        self._armed: datetime | None = None
        self._looked_s = 0.0
        self._decider: int | None = None
        self._began_s: float | None = None
        self._stopping = threading.Event()
        self._nudged = threading.Event()
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(2)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone="UTC",
        )
        self._watchdog = threading.Thread(target=self._watch, name="ticker-watchdog", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()
        self._scheduler.add_job(self._woken, "interval", seconds=SWEEP_S, id="sweep")
        self._watchdog.start()

    def take_no_more(self) -> None:
        """Begin no further ticket."""
        self._stopping.set()
        self._nudged.set()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop ticking; the running tick ends with its current ticket, or is left after a while."""
        time = Countdown(timeout_s)
        self.take_no_more()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._watchdog.ident is not None:
            self._watchdog.join(timeout=time.left_s)
        if self._turn.acquire(timeout=time.left_s):
            self._turn.release()

    def nudge(self) -> None:
        """Look again soon: due times may have changed. Cheap, and safe in every thread."""
        self._nudged.set()

    @property
    def is_deciding_here(self) -> bool:
        """Say whether this thread decides what is due; it tells of it when it is through."""
        return self._decider == threading.get_ident()

    @property
    def has_a_crowd(self) -> bool:
        """Say whether so much is due that sending should wait a moment: first decide, then tell."""
        began_s = self._began_s
        if began_s is None:
            return False
        return CROWD_AFTER_S < self._machine.monotonic() - began_s < CROWD_UNTIL_S

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._nudged.wait(WATCH_S)
            # Commits come in crowds, and one look sees them all; what comes next was armed before.
            self._stopping.wait(self._looked_s + BETWEEN_LOOKS_S - self._machine.monotonic())
            self._nudged.clear()
            if self._stopping.is_set():
                return
            self._looked_s = self._machine.monotonic()
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - the watchdog outlives every fault it meets
                say_again(_log, LOOK_FAILED, error, logging.WARNING)
                self._stopping.wait(WATCH_S)

    def _woken(self) -> None:
        """Tick for APScheduler; what fails is tried again by the next wake-up of either kind."""
        try:
            self.tick()
        except DATABASE_ERRORS as error:
            say_again(_log, LOOK_FAILED, error)

    def _look(self) -> None:
        """Decide what is due, and see to it that what comes next is not slept through."""
        self._looking()
        coming = self._coming()
        due_at = coming.due_at
        if coming.is_posted or (due_at is not None and due_at <= self._clock.now()):
            self.tick()
            due_at = self._coming().due_at
        if due_at is not None and due_at != self._armed and not self._stopping.is_set():
            self._arm(due_at)

    def _coming(self) -> upcoming.Coming:
        with self._database.read() as conn:
            return upcoming.coming(conn)

    def _arm(self, due_at: datetime) -> None:
        """Have APScheduler wake this process at a due time."""
        self._armed = due_at
        wait = max(due_at - self._clock.now(), timedelta())
        self._scheduler.add_job(
            self._woken,
            "date",
            run_date=self._machine.now() + wait,
            id="wake",
            replace_existing=True,
        )

    def tick(self) -> int:
        """Decide everything that is due now or posted, a transaction a record.

        Returns:
            How often a record was decided.
        """
        with self._turn:
            self._decider, self._began_s = threading.get_ident(), self._machine.monotonic()
            try:
                decided = 0
                while not self._stopping.is_set() and self._next():
                    decided += 1
            finally:
                self._decider = self._began_s = None
        if decided:
            self._ticked()
            self._nudged.set()
        return decided

    def _next(self) -> bool:
        """Decide what is due of one ticket, or else what was posted to one record."""
        with self._way.given():
            return self._due.next() or self._posted.next()

    def _claim(self, conn: Connection, resting: frozenset[str]) -> str | None:
        return due_points.claim_ticket_with_due(conn, self._clock.now(), resting)

    def _decide(self, conn: Connection, reference: str) -> None:
        now = self._clock.now()
        for _ in range(ROUNDS_A_TICKET):
            due = due_points.due(conn, reference, now)
            if not due:
                return
            held = ledger.held(conn, reference)
            if held is None:
                return
            self._engine.fall_due(conn, held, due)

    def _decide_post(self, conn: Connection, reference: str) -> None:
        posting.decide_oldest(conn, self._engine, reference, self._clock.now())
