"""The clock by which processes agree on leases and waits: the database's.

A machine's clock may be set while a row is being sent; were leases written and compared by it,
a process would take its own row again, or another's, and the account would hear twice. So:

- PostgreSQL tells the time itself (`clock_timestamp()`), the same to every process and machine.
- SQLite has no clock of its own, but all its processes are on one machine, whose monotonic clock
  is one for all of them and is never set. The database keeps the instant at which that clock
  stood at zero, for the machine's present boot. After a boot whoever held a row is gone: time then
  goes on from the later of the wall's and the last lease's end, so that no lease of a dead process
  lasts longer than it was given. A system that does not name its boots gets an anchor of its
  process; there no second process should send from the same file.

What a process waits for by itself it counts on its own monotonic clock, from before the claim.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, func, select

from store.db import is_sqlite
from store.tables import outbox
from store.write import meta

ANCHOR = "lease_clock"


class BootClock(Protocol):
    """The machine's time, as a process reads it."""

    def now(self) -> datetime:
        """Return the instant on the wall, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards, one count for all processes of a boot."""
        ...

    def boot(self) -> str:
        """Name the machine's present boot; empty when that is not known."""
        ...


class LeaseClock:
    """Tells the database's time.

    Args:
        machine: this process's machine.
    """

    def __init__(self, machine: BootClock) -> None:
        self._machine = machine
        self._zero: datetime | None = None

    def now(self, conn: Connection) -> datetime:
        """Return the present instant by the database's clock; `conn` is a writing one."""
        if not is_sqlite(conn):
            present: datetime = conn.execute(_NOW).scalar_one()
            return present
        zero = self._zero or self._agreed(conn)
        return zero + timedelta(seconds=self._machine.monotonic())

    def _agreed(self, conn: Connection) -> datetime:
        """Return the instant of the monotonic clock's zero that the database knows for this boot.

        It is remembered once it was read: what this transaction writes may yet be rolled back.
        """
        boot = self._machine.boot()
        if not boot:
            self._zero = self._anchored(conn)
            return self._zero
        kept = meta.get(conn, ANCHOR)
        if isinstance(kept, dict) and kept.get("boot") == boot:
            self._zero = datetime.fromisoformat(str(kept["zero"]))
            return self._zero
        zero = self._anchored(conn)
        meta.put(conn, ANCHOR, {"boot": boot, "zero": zero.isoformat()})
        return zero

    def _anchored(self, conn: Connection) -> datetime:
        last: datetime | None = conn.execute(_LAST_LEASE).scalar()
        present = self._machine.now()
        latest = present if last is None else max(present, last)
        return latest - timedelta(seconds=self._machine.monotonic())


_NOW = select(func.clock_timestamp())
_LAST_LEASE = select(func.max(outbox.c.lease_until)).where(outbox.c.state == "sending")
