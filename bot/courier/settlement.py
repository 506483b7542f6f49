"""What becomes of an outbox row after an attempt: done, dead, or again, and who is told.

Rows that report have a transaction of their own, in which the ticket is locked first; what else of
that ticket ends meanwhile is reported together in the next one. All others wait in a queue that
the courier's claiming thread writes down in its next transaction.
"""

from __future__ import annotations

import heapq
import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from bot.courier.attempts import Attempt
from bot.courier.claims import ClaimedRow, Conn, CourierPace, Reports
from bot.courier.mailing import so_far
from bot.database_words import sentence_of
from bot.gateways.brakes import Brakes
from bot.gateways.outcomes import (
    NotSent,
    RateLimited,
    Refused,
    Taken,
    Unknown,
    Withheld,
    back_off_s,
)
from bot.right_of_way import RightOfWay
from protocols.kernel.refusals import BeingUpdated
from store.db import Database
from store.errors import LeaseLost
from store.faults import is_passing
from store.lease_clock import BootClock, LeaseClock
from store.outbox_rows import OutboxRow
from store.write import outbox

_log = logging.getLogger(__name__)

# The beginning of last_error that tells the next courier to look back before it sends.
UNSURE = "unknown: "
GONE = "message_not_found"
"""Slack's word for a message that somebody has deleted: noted of an edit, and told its record."""

# The same of a row that was given up, which is still to be told.
GIVEN_UP = "given up: "

_SETTLE_TRIES = 5
_PUT_OFF = "some of the addresses were put off"
NOT_BEGUN = NotSent("not begun")


@dataclass(frozen=True, slots=True)
class _Ended:
    """A delivery that was taken, and what came back."""

    held: ClaimedRow
    result: Mapping[str, object]


Keep: TypeAlias = Callable[..., None]
"""Writes down an end that could not be told: (connection, from when on to try, why)."""
_Write: TypeAlias = outbox.Settled | Callable[[Conn, datetime], None]


def ended_before(row: OutboxRow) -> Attempt | None:
    """Return how a row ended that was claimed only to be reported; None for one to be sent."""
    if so_far(row.result):
        return None
    if row.result is not None:
        return Attempt(Taken(row.result))
    error = row.last_error or ""
    return Attempt(Refused(error.removeprefix(GIVEN_UP))) if error.startswith(GIVEN_UP) else None


class Settlement:
    """Decides and records what becomes of rows.

    Args:
        database: where the outbox lives.
        brakes: whether Slack answers others.
        clock: machine time.
        reports: whom to tell.
        pace: how soon to try again.
        way: given to what somebody waits for, before each report.
    """

    def __init__(
        self,
        database: Database,
        *,
        brakes: Brakes,
        clock: BootClock,
        reports: Reports,
        pace: CourierPace,
        way: RightOfWay,
    ) -> None:
        self._database = database
        self._brakes = brakes
        self._clock = clock
        self._lease_clock = LeaseClock(clock)
        self._reports = reports
        self._pace = pace
        self._way = way
        self._lock = threading.Lock()
        self._quiet: deque[tuple[ClaimedRow, _Write]] = deque()
        self._reporting: dict[str, list[_Ended]] = {}
        self._tries: dict[int, int] = {}
        self._due: list[float] = []

    @property
    def waiting(self) -> int:
        """Return how many rows wait to be written down, beside those that workers are at."""
        with self._lock:
            return len(self._quiet) + sum(
                max(len(each) - 1, 0) for each in self._reporting.values()
            )

    @property
    def being_told(self) -> frozenset[int]:
        """Return the ids of rows that were sent and are still to be told to their tickets."""
        with self._lock:
            ended = [each for batch in self._reporting.values() for each in batch]
        return frozenset(each.held.row.id for each in ended)

    def record(self, conn: Conn, now: datetime) -> int:
        """Write down what waits, and return how many that were; `recorded` forgets them.

        Args:
            conn: a writing connection.
            now: the database's time, from which waits are counted.
        """
        with self._lock:
            quiet = list(self._quiet)
        done = [write for _, write in quiet if isinstance(write, outbox.Settled)]
        lost = len(done) - outbox.done_all(conn, done)
        if lost:
            _log.info("%s deliveries are another courier's by now", lost)
        for held, write in quiet:
            if isinstance(write, outbox.Settled):
                continue
            try:
                write(conn, now)
            except LeaseLost:
                _log.info("%s is another courier's by now", held.row.key)
        return len(quiet)

    def recorded(self, count: int) -> None:
        """Forget the first `count` of what waited: their transaction has been committed."""
        with self._lock:
            for _ in range(count):
                self._quiet.popleft()

    def seconds_until_next(self, most_s: float) -> float:
        """Return how long to sleep until a row is due again, at most `most_s`."""
        now_s = self._clock.monotonic()
        with self._lock:
            while self._due and self._due[0] <= now_s:
                heapq.heappop(self._due)
            soonest_s = self._due[0] if self._due else None
        if soonest_s is None:
            return most_s
        return min(most_s, soonest_s - now_s + 0.001)

    def count_try(self, row: OutboxRow) -> None:
        """Count a real try: a row that was only held back has not been tried."""
        with self._lock:
            self._tries[row.id] = self._tries.get(row.id, 0) + 1

    def tries(self, row: OutboxRow) -> int:
        """Return how often this process has really tried a row."""
        with self._lock:
            return self._tries.get(row.id, 0)

    def settle(self, held: ClaimedRow, attempt: Attempt) -> None:
        """Decide by the class of the outcome."""
        if attempt.outcome == NOT_BEGUN:
            self._give_back(held, unsure=attempt.unsure)
            return
        row, outcome = held.row, attempt.outcome
        tries = self.tries(row)
        if isinstance(outcome, Unknown) and self._is_hopeless(row, tries):
            outcome = Refused(f"{UNSURE}given up after {tries} tries: {outcome.reason}")
        match outcome:
            case Taken(result=result):
                self._done(held, result)
            case Refused(permanent=True, error=error, detail=detail):
                self._dead(held, f"{error}: {detail}" if detail else error)
            case Withheld(why=why):
                self._withhold(held, why)
            case RateLimited(retry_after_s=wait_s):
                self._again(held, wait_s, f"held for {wait_s:.1f} s", unsure=attempt.unsure)
            case Refused(error=error):
                _log.warning("%s refuses the installation, not the message: %s", row.gateway, error)
                wait_s = self._pace.back_off_most_s / 2
                self._again(held, wait_s, error, unsure=attempt.unsure)
            case NotSent(reason=reason):
                self._again(held, self._back_off_s(row, tries), reason, unsure=attempt.unsure)
            case Unknown(reason=reason):
                wait_s = max(self._back_off_s(row, tries), self._pace.settling_s)
                self._again(held, wait_s, reason, unsure=True)

    def _is_hopeless(self, row: OutboxRow, tries: int) -> bool:
        given_up = row.surface != "must_arrive" and tries >= self._pace.most_tries
        return given_up and not self._brakes.is_open

    def _back_off_s(self, row: OutboxRow, tries: int) -> float:
        return back_off_s(
            row.key, tries, base_s=self._pace.back_off_s, most_s=self._pace.back_off_most_s
        )

    def _again(self, held: ClaimedRow, wait_s: float, reason: str, *, unsure: bool) -> None:
        error = f"{UNSURE}{reason}" if unsure else reason

        def retry(conn: Conn, at: datetime) -> None:
            outbox.retry(conn, held.row.id, held.owner, at=at, error=error)

        self._later(held, wait_s, retry)

    def _later(
        self, held: ClaimedRow, wait_s: float, write: Callable[[Conn, datetime], None]
    ) -> None:
        """Have a row given back, not to be claimed before so many seconds from now."""
        due_s = self._clock.monotonic() + wait_s

        def record(conn: Conn, now: datetime) -> None:
            left_s = max(due_s - self._clock.monotonic(), 0.0)
            write(conn, now + timedelta(seconds=left_s))

        with self._lock:
            heapq.heappush(self._due, due_s)
            self._quiet.append((held, record))

    def _give_back(self, held: ClaimedRow, *, unsure: bool) -> None:
        if unsure:
            self._again(held, 0.0, "not begun", unsure=True)
            return

        def record(conn: Conn, _now: datetime) -> None:
            outbox.release(conn, [held.row.id], held.owner)

        with self._lock:
            self._quiet.append((held, record))

    def _done(self, held: ClaimedRow, result: Mapping[str, object]) -> None:
        row = held.row
        if so_far(result):
            self._partly(held, result)
            return
        self._forget(row)
        if row.reports or result.get("note") == GONE:
            self._report(_Ended(held, result))
            return
        settled = outbox.Settled(row.id, held.owner, result, self._clock.now())
        with self._lock:
            self._quiet.append((held, settled))

    def _partly(self, held: ClaimedRow, result: Mapping[str, object]) -> None:
        """Report to whom a mail went, and keep it for whom the server has put off."""
        row, wait_s = held.row, self._back_off_s(held.row, self.tries(held.row))
        due_s = self._clock.monotonic() + wait_s

        def write(conn: Conn, at: datetime) -> None:
            outbox.hand_on(conn, row.id, held.owner, at, _PUT_OFF, result=result)

        def report(conn: Conn) -> None:
            self._reports.settled(conn, [(row, result)])
            write(conn, self._lease_clock.now(conn) + timedelta(seconds=wait_s))

        if not row.reports or row.result == result:
            self._later(held, wait_s, write)
            return
        with self._lock:
            heapq.heappush(self._due, due_s)
        self._aloud(held, report, partial(self._keep_taken, _Ended(held, result)))

    def _report(self, ended: _Ended) -> None:
        """Report a delivery; one that ends while its ticket is being told is told next, with all.

        Whoever tells a ticket goes on until nothing more of it waits.
        """
        of = ended.held.row.reference or ended.held.row.key
        with self._lock:
            if of in self._reporting:
                self._reporting[of].append(ended)
                return
            self._reporting[of] = [ended]
        try:
            while batch := self._next_batch(of):
                with self._way.given():
                    self._report_all(batch)
                with self._lock:
                    del self._reporting[of][: len(batch)]
        except BaseException:
            with self._lock:
                self._reporting.pop(of, None)
            raise

    def _next_batch(self, of: str) -> list[_Ended]:
        with self._lock:
            batch = list(self._reporting[of])
            if not batch:
                del self._reporting[of]
            return batch

    def _report_all(self, batch: list[_Ended]) -> None:
        """Report deliveries of one ticket in one transaction; each by itself when that fails."""
        if len(batch) > 1:
            try:
                with self._database.write() as conn:
                    self._tell(conn, batch)
            except Exception as error:  # noqa: BLE001 - each is tried by itself, and told of there
                _log.info("%s reports are made one by one", len(batch), exc_info=error)
            else:
                return
        for ended in batch:
            keep = partial(self._keep_taken, ended)
            self._aloud(ended.held, partial(self._tell, batch=[ended]), keep)

    def _tell(self, conn: Conn, batch: Sequence[_Ended]) -> None:
        self._reports.settled(conn, [(ended.held.row, ended.result) for ended in batch])
        for ended in batch:
            held = ended.held
            outbox.done(conn, held.row.id, held.owner, ended.result, self._clock.now())

    def _dead(self, held: ClaimedRow, error: str) -> None:
        row = held.row
        _log.warning("delivery %s (%s) was given up: %s", row.key, row.method, error)

        def report(conn: Conn) -> None:
            self._reports.died(conn, row, error)
            outbox.dead(conn, row.id, held.owner, error=error)

        self._forget(row)
        self._aloud(held, report, partial(self._keep_given_up, held, error))

    def _withhold(self, held: ClaimedRow, why: str) -> None:
        row = held.row
        _log.info("delivery %s (%s) was withdrawn: %s", row.key, row.method, why)

        def report(conn: Conn) -> None:
            self._reports.withheld(conn, row, why)
            outbox.drop(conn, row.id, held.owner, error=f"withdrawn: {why}")

        def keep(conn: Conn, at: datetime, why: str) -> None:
            outbox.retry(conn, row.id, held.owner, at=at, error=why.removeprefix(UNSURE))

        self._forget(row)
        self._aloud(held, report, keep)

    def _forget(self, row: OutboxRow) -> None:
        with self._lock:
            self._tries.pop(row.id, None)

    def _keep_taken(self, ended: _Ended, conn: Conn, at: datetime, why: str) -> None:
        held = ended.held
        outbox.hand_on(conn, held.row.id, held.owner, at, why, result=ended.result)

    def _keep_given_up(
        self, held: ClaimedRow, error: str, conn: Conn, at: datetime, why: str
    ) -> None:
        del why
        outbox.hand_on(conn, held.row.id, held.owner, at, f"{GIVEN_UP}{error}")

    def _aloud(self, held: ClaimedRow, report: Callable[[Conn], None], keep: Keep) -> None:
        """Record with a report, in a transaction of its own; again while the database is busy.

        What cannot be reported is kept, so that it is reported later and never sent again.
        """
        for number in range(1, _SETTLE_TRIES + 1):
            try:
                with self._database.write() as conn:
                    report(conn)
            except LeaseLost:
                _log.info("%s is another courier's by now", held.row.key)
            except Exception as error:  # noqa: BLE001 - logged, and the row is tried again
                if not is_passing(error) or number == _SETTLE_TRIES:
                    self._unreported(held, error, keep)
                    return
                threading.Event().wait(0.05 * 2.0**number)
                continue
            return

    def _unreported(self, held: ClaimedRow, error: Exception, keep: Keep) -> None:
        """Leave a report that fails to the next try, of this process or of another."""
        row = held.row
        if isinstance(error, BeingUpdated):
            _log.info("what came of %s is left to a newer process: %s", row.key, error)
        elif is_passing(error):
            _log.warning("what came of %s is reported later: %s", row.key, sentence_of(error))
        else:
            _log.error("what came of %s could not be reported", row.key, exc_info=error)
        why = f"{UNSURE}the report failed: {error}"
        self._later(held, self._back_off_s(row, row.attempts), partial(keep, why=why))
