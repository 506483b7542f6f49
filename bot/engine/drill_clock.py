"""The drill's clock: business time walks from due to due, and never jumps over one.

It exists only in a drill. The offset is kept in the database, so that replicas agree; signatures,
leases and deadlines stay on machine time. Source: S190, M12; design, Engine, Two clocks.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from bot.clock import BusinessClock, MachineClock
from store.db import Database
from store.due_rows import DuePointRow
from store.faults import DATABASE_ERRORS, is_passing
from store.read import deliveries, upcoming
from store.write import meta

_log = logging.getLogger(__name__)
SETTLE_S = 12.0
LOOK_S = 0.02
FARTHEST = timedelta(days=400)
STOPS_MOST = 2_000
READ_AGAIN_S = 0.5


class Offset:
    """By how many seconds business time leads machine time, as the database says."""

    def __init__(self, database: Database, machine: MachineClock) -> None:
        self._database = database
        self._machine = machine
        self._seconds = 0.0
        self._known = False
        self._read_at_s = -READ_AGAIN_S

    def __call__(self) -> float:
        """Return the offset; another replica's change is seen within half a second.

        While the database is away it is what it was: whoever is told so is told the time, too.
        """
        now_s = self._machine.monotonic()
        if now_s - self._read_at_s >= READ_AGAIN_S:
            try:
                self._read()
            except DATABASE_ERRORS as error:
                if not self._known or not is_passing(error):
                    raise
                _log.info("the drill's clock goes on as it was: %s", error)
            self._read_at_s = now_s
        return self._seconds

    def _read(self) -> None:
        with self._database.read() as conn:
            self._seconds = meta.clock_offset_s(conn)
        self._known = True

    def put(self, seconds: float) -> None:
        """Keep another offset."""
        with self._database.write() as conn:
            meta.put(conn, meta.CLOCK_OFFSET_S, seconds)
        self._seconds, self._known = seconds, True
        self._read_at_s = self._machine.monotonic()


class DrillClock:
    """Walks business time on, one due point after the other.

    Args:
        database: Where due points and outbox are.
        clock: Business time.
        machine: Machine time.
        offset: The offset between them.
        tick: Decides what is due, and returns how many tickets that were.
        in_flight: How many deliveries are being carried out.
        wake: Wakes the courier.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: BusinessClock,
        machine: MachineClock,
        offset: Offset,
        tick: Callable[[], int],
        in_flight: Callable[[], int],
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._machine = machine
        self._offset = offset
        self._tick = tick
        self._in_flight = in_flight
        self._wake = wake
        self._turn = threading.Lock()
        self._left: frozenset[str] = frozenset()

    def state(self) -> Mapping[str, object]:
        """Return now, the next due point with its rule and ticket, and whether all has settled."""
        coming = self._coming()
        now = self._clock.now()
        return {
            "now": now.isoformat(),
            "next_due_at": coming.due_at.isoformat() if coming else None,
            "next_kind": coming.kind if coming else None,
            "next_reference": coming.reference if coming else None,
            "idle": self._is_idle(),
        }

    def advance(self, wish: Mapping[str, object]) -> Mapping[str, object]:
        """Walk on as {"advance_s": N}, {"to": ISO instant} or {"next": true} says.

        Raises:
            DrillRefused: The wish is none of the three, goes back, or is too far away.
        """
        with self._turn:
            self._left = frozenset()
            target = self._target(wish)
            self._walk(target)
        return self.state()

    def _target(self, wish: Mapping[str, object]) -> datetime:
        now = self._clock.now()
        if wish.get("next"):
            coming = self._coming()
            if coming is None:
                raise DrillRefused("Nothing is due: no ticket waits for anything.")
            return max(coming.due_at, now)
        if "advance_s" in wish:
            return self._checked(now, now + _seconds(wish["advance_s"]))
        if "to" in wish:
            return self._checked(now, _instant(wish["to"]))
        raise DrillRefused("Say advance_s, to, or next.")

    def _checked(self, now: datetime, target: datetime) -> datetime:
        if target < now - timedelta(seconds=1):
            raise DrillRefused("A drill's clock does not go back.")
        if target > now + FARTHEST:
            raise DrillRefused("That is more than 400 days away.")
        return max(target, now)

    def _walk(self, target: datetime) -> None:
        self._settle()
        for _ in range(STOPS_MOST):
            coming = self._coming()
            if coming is None or coming.due_at > target:
                break
            self._move_to(coming.due_at)
            self._tick()
            self._settle()
        self._move_to(target)

    def _coming(self) -> DuePointRow | None:
        with self._database.read() as conn:
            return upcoming.next_point(conn, self._left)

    def _leave_what_is_not_decided(self) -> None:
        """Walk past a ticket that this process has not decided in all that time.

        A newer process wrote it, or its deciding fails; nobody may wait for it at every stop.
        """
        now = self._clock.now()
        while (coming := self._coming()) is not None and coming.due_at <= now:
            self._left |= {coming.reference}
            _log.warning("the clock walks on without %s: it was not decided", coming.reference)

    def _move_to(self, at: datetime) -> None:
        if at > self._clock.now():
            self._offset.put((at - self._machine.now()).total_seconds())

    def _settle(self) -> None:
        """Wait until what fell due has been told, or a bound of real time has passed."""
        until_s = self._machine.monotonic() + SETTLE_S
        quiet = threading.Event()
        while self._machine.monotonic() < until_s:
            self._wake()
            if self._is_idle():
                return
            quiet.wait(LOOK_S)
        self._leave_what_is_not_decided()

    def _is_idle(self) -> bool:
        if self._in_flight():
            return False
        coming = self._coming()
        with self._database.read() as conn:
            waiting = deliveries.pending_count(conn) or upcoming.posts_waiting(conn)
        return not waiting and (coming is None or coming.due_at > self._clock.now())


def _seconds(value: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise DrillRefused("advance_s is a number of seconds, zero or more.")
    if value > FARTHEST.total_seconds():
        raise DrillRefused("That is more than 400 days away.")
    return timedelta(seconds=value)


def _instant(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(value))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise DrillRefused("to is an instant such as 2026-11-23T14:17:00+00:00.") from wrong


class DrillRefused(Exception):
    """Raised when a drill clock cannot do what was asked; carries a sentence."""
