"""The only reader of time: the machine's clock, and business now on top of it.

Machine time is always real: signatures, leases, deadlines, rate windows. Business now is what
steps, promises and SLA clocks mean; in a drill it runs ahead by an offset kept in the database.

The clock on the wall may be set at any instant, forward and back. So whatever waits, and whatever
must end in time, counts on the monotonic clock; instants are for what people read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """Whoever tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class MachineClock:
    """The real time of this machine."""

    __slots__ = ()

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for deadlines and measuring."""
        return _monotonic()

    def boot(self) -> str:
        """Name the machine's run since it was switched on; empty where the system has no name.

        Monotonic seconds of one boot mean the same in every process of the machine.
        """
        return _boot()


def _monotonic() -> float:
    # Where the system can say so, the time of a suspended machine counts: a lease went on, too.
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@cache
def _boot() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


class BusinessClock:
    """Business now: machine time, ahead by the drill's offset (zero outside a drill).

    Attributes are private: the offset is asked for at every reading, so that replicas that share
    a database agree.
    """

    __slots__ = ("_machine", "_offset_s")

    def __init__(self, machine: MachineClock, offset_s: Callable[[], float]) -> None:
        self._machine = machine
        self._offset_s = offset_s

    def now(self) -> datetime:
        """Return business now, aware, in UTC."""
        return self._machine.now() + timedelta(seconds=self._offset_s())
