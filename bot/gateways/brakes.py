"""When not to call Slack: pauses after a 429, a circuit after repeated failures, and outages.

All workers of the courier share one set of brakes, so that one 429 stops all of them for that
method, and so that a Slack that is down is asked by one probe instead of by everybody.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.gateways.outcomes import (
    NotSent,
    Outcome,
    RateLimited,
    Refused,
    SlackCalls,
    Unknown,
    spread,
)

_PER_CHANNEL = "chat.postMessage"
CIRCUIT_OPEN = "Slack is not answering; one probe at a time asks whether it is back"


class MachineTime(Protocol):
    """Machine time: always real, never a drill's."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        ...


@dataclass(frozen=True, slots=True)
class BrakePace:
    """How soon the brakes act.

    Attributes:
        trip_after: failures in a row that open the circuit.
        probe_s: the first wait before a probe; doubles with each failed one.
        probe_most_s: the longest wait before a probe.
    """

    trip_after: int = 5
    probe_s: float = 1.0
    probe_most_s: float = 15.0


class Brakes:
    """Stands between the courier and the gateway, and decides whether a call may go out.

    Args:
        slack: the gateway.
        clock: machine time.
        pace: how soon the brakes act.
    """

    def __init__(
        self, slack: SlackCalls, clock: MachineTime, *, pace: BrakePace | None = None
    ) -> None:
        self._slack = slack
        self._clock = clock
        self._pace = pace or BrakePace()
        self._lock = threading.Lock()
        self._paused_until: dict[str, float] = {}
        self._limits = 0
        self._failures = 0
        self._failed_probes = 0
        self._open_until: float | None = None
        self._probing = False
        self._down_since: datetime | None = None
        self._failing_since_s = 0.0
        self._refusal = ""

    @property
    def down_since(self) -> datetime | None:
        """Return when calls began to fail, if none has been answered since."""
        with self._lock:
            return self._down_since

    @property
    def down_for_s(self) -> float:
        """Return for how long calls have failed, whatever was done to the clock on the wall."""
        with self._lock:
            if self._down_since is None:
                return 0.0
            return self._clock.monotonic() - self._failing_since_s

    @property
    def refusal(self) -> str:
        """Return Slack's word for refusing the installation (a revoked token), else empty."""
        with self._lock:
            return self._refusal

    @property
    def is_open(self) -> bool:
        """Say whether the circuit is open: nothing but a probe goes out."""
        with self._lock:
            return self._open_until is not None

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        """Call Slack unless the method is paused or the circuit is open."""
        lane = _lane(method, payload)
        with self._lock:
            if self._open_until is not None:
                return NotSent(CIRCUIT_OPEN)
            pause_s = self._pause_s(method, lane)
        if pause_s > 0:
            return RateLimited(pause_s)
        outcome = self._slack.call(method, payload, deadline_s=deadline_s)
        self._note(lane, method, outcome)
        return outcome

    def held_s(self, method: str) -> float:
        """Return how long a method must wait, zero when it may go out."""
        with self._lock:
            if self._open_until is not None:
                return max(self._open_until - self._clock.monotonic(), 0.0) + self._pace.probe_s / 2
            return self._pause_s(method, method)

    def wants_probe(self) -> bool:
        """Tell whether a probe is due; the one who hears yes has to call `probe`."""
        with self._lock:
            due = self._open_until is not None and self._clock.monotonic() >= self._open_until
            if not due or self._probing:
                return False
            self._probing = True
            return True

    def probe(self, *, deadline_s: float) -> None:
        """Ask Slack one harmless question and close the circuit when it answers."""
        try:
            outcome = self._slack.call("auth.test", {}, deadline_s=deadline_s)
            self._note("auth.test", "auth.test", outcome)
        finally:
            with self._lock:
                self._probing = False

    def _note(self, lane: str, method: str, outcome: Outcome) -> None:
        with self._lock:
            if isinstance(outcome, RateLimited):
                self._pause(lane, method, outcome.retry_after_s)
            if isinstance(outcome, Refused) and not outcome.permanent:
                self._refusal = outcome.error
            if _is_failure(outcome):
                self._fail()
            else:
                self._refusal = ""
                self._failures = self._failed_probes = 0
                self._open_until = self._down_since = None

    def _fail(self) -> None:
        self._failures += 1
        if self._down_since is None:
            self._down_since = self._clock.now()
            self._failing_since_s = self._clock.monotonic()
        if self._failures < self._pace.trip_after:
            return
        if self._open_until is not None and self._clock.monotonic() < self._open_until:
            return  # an older call came home late; the wait for the probe is already running
        wait_s = min(self._pace.probe_s * 2.0**self._failed_probes, self._pace.probe_most_s)
        self._failed_probes = min(self._failed_probes + 1, 30)
        self._open_until = self._clock.monotonic() + wait_s

    def _pause(self, lane: str, method: str, seconds: float) -> None:
        now = self._clock.monotonic()
        self._limits += 1
        until = now + seconds * (1.0 + 0.1 * spread(method, self._limits))
        # One busy channel does not stop the others; a second one shows a limit on all of them.
        others = [
            key
            for key, end in self._paused_until.items()
            if end > now and key != lane and key.startswith(f"{method} ")
        ]
        self._paused_until = {key: end for key, end in self._paused_until.items() if end > now}
        for key in (lane, method) if others else (lane,):
            self._paused_until[key] = max(until, self._paused_until.get(key, 0.0))

    def _pause_s(self, method: str, lane: str) -> float:
        until = max(self._paused_until.get(method, 0.0), self._paused_until.get(lane, 0.0))
        return max(until - self._clock.monotonic(), 0.0)


def _lane(method: str, payload: Mapping[str, object]) -> str:
    return f"{method} {payload.get('channel')}" if method == _PER_CHANNEL else method


def _is_failure(outcome: Outcome) -> bool:
    if isinstance(outcome, Refused):
        return not outcome.permanent
    return isinstance(outcome, NotSent | Unknown)
