"""The clock that only a history moves, and threads that have ended when they were begun."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import MachineClock
from drill.clock import DrillClock

STARTS_AT = datetime(2026, 11, 23, 14, 2, 10, tzinfo=UTC)
"""A Monday morning in New York, before a week with a bank holiday."""

_TICK = timedelta(milliseconds=1)


class StepClock(MachineClock):
    """Stands still but for a thousandth of a second a look, so that no two instants are one."""

    __slots__ = ("_at",)

    def __init__(self, at: datetime = STARTS_AT) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the present instant."""
        self._at += _TICK
        return self._at

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return (self.now() - STARTS_AT).total_seconds()

    def reads(self) -> datetime:
        """Return the present instant without letting time pass."""
        return self._at

    def goes_to(self, at: datetime) -> None:
        """Step to an instant; time never goes back."""
        self._at = max(self._at, at)

    def passes(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._at += timedelta(seconds=seconds)


class SlackTime(DrillClock):
    """The local Slack's clock, which is the same one."""

    def __init__(self, clock: StepClock) -> None:
        super().__init__()
        self._clock = clock
        self._stamped_us = 0

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return self._clock.monotonic()

    def real(self) -> float:
        """Return unix seconds."""
        return self._clock.now().timestamp()

    def business(self) -> datetime:
        """Return the instant shown to people."""
        return self._clock.now()

    def stamp(self) -> str:
        """Return a message timestamp, later than every one before it."""
        now_us = int(self._clock.now().timestamp() * 1_000_000)
        self._stamped_us = max(self._stamped_us + 1, now_us)
        return f"{self._stamped_us // 1_000_000}.{self._stamped_us % 1_000_000:06d}"


class AtOnce(Executor):
    """A pool whose work is done when it is handed over, in the same thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Do the work now. Whatever ends a process passes through."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **named))
        except Exception as error:  # noqa: BLE001 - as a pool keeps it
            done.set_exception(error)
        return done

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Have nothing to end."""


class Later(Executor):
    """A pool whose work waits until it is called for: after the answer to Slack."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Keep the work."""
        future: Future[Any] = Future()
        self._waiting.append((future, lambda: fn(*args, **named)))
        return future

    def run(self) -> None:
        """Do all that waits."""
        while self._waiting:
            future, work = self._waiting.popleft()
            try:
                future.set_result(work())
            except Exception as error:  # noqa: BLE001 - as a pool keeps it
                future.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Forget what waits: it dies with its process."""
        self._waiting.clear()
