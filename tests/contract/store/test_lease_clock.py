"""The clock of leases: one for all processes of a database, and nobody sets it.

Proves: F17, F18.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from store.db import Database
from store.lease_clock import ANCHOR, LeaseClock
from store.write import meta
from store.write.enqueue import enqueue
from tests.contract.store.samples import claim, new_row

WALL = datetime(2026, 3, 2, 12, tzinfo=UTC)


class HandMachine:
    """A machine whose clocks a test sets by hand."""

    def __init__(self, boot: str = "first", *, wall: datetime = WALL, up_s: float = 100.0) -> None:
        self.wall, self.up_s, self.name = wall, up_s, boot

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.up_s

    def boot(self) -> str:
        return self.name


def told(database: Database, machine: HandMachine) -> datetime:
    """Ask a process that has just begun."""
    with database.write() as conn:
        return LeaseClock(machine).now(conn)


@pytest.fixture
def sqlite(migrated_sqlite_url: str) -> Iterator[Database]:
    opened = Database(migrated_sqlite_url)
    yield opened
    opened.dispose()


@pytest.mark.parametrize("step_s", [20, 3_600, -20, -3_600])
def test_a_machine_whose_clock_is_set_does_not_move_the_databases_time(
    database: Database, step_s: float
) -> None:
    machine = HandMachine()
    clock = LeaseClock(machine)
    with database.write() as conn:
        before = clock.now(conn)
    machine.wall += timedelta(seconds=step_s)
    with database.write() as conn:
        assert timedelta() <= clock.now(conn) - before < timedelta(seconds=5)


def test_a_process_that_starts_after_the_clock_was_set_agrees_with_those_before(
    database: Database,
) -> None:
    before = told(database, HandMachine())
    after = told(database, HandMachine(wall=WALL - timedelta(hours=1)))
    assert timedelta() <= after - before < timedelta(seconds=5)


def test_on_sqlite_time_passes_as_the_machine_runs(sqlite: Database) -> None:
    machine = HandMachine()
    clock = LeaseClock(machine)
    readings = []
    for _ in range(3):
        with sqlite.write() as conn:
            readings.append(clock.now(conn))
        machine.up_s += 10
    assert readings == [WALL, WALL + timedelta(seconds=10), WALL + timedelta(seconds=20)]


def test_on_sqlite_what_was_not_committed_binds_nobody(sqlite: Database) -> None:
    clock = LeaseClock(HandMachine())

    def taken_back() -> None:
        with sqlite.write() as conn:
            clock.now(conn)
            raise LookupError

    with pytest.raises(LookupError):
        taken_back()
    later = told(sqlite, HandMachine(wall=WALL + timedelta(hours=1)))
    with sqlite.write() as conn:
        assert clock.now(conn) == later


def test_after_a_boot_with_a_clock_set_back_the_leases_of_the_dead_are_over(
    sqlite: Database,
) -> None:
    with sqlite.write() as conn:
        enqueue(conn, [new_row("k")])
        claim(conn, now=WALL)
    booted = HandMachine("second", wall=WALL - timedelta(hours=1), up_s=1.0)
    with sqlite.write() as conn:
        now = LeaseClock(booted).now(conn)
        assert [row.taken_over for row in claim(conn, now=now, owner="heir")] == [True]


def test_on_a_system_that_names_no_boot_each_process_counts_for_itself(sqlite: Database) -> None:
    machine = HandMachine("")
    clock = LeaseClock(machine)
    with sqlite.write() as conn:
        first = clock.now(conn)
        machine.wall += timedelta(hours=1)
        machine.up_s += 1
        assert clock.now(conn) == first + timedelta(seconds=1)
        assert meta.get(conn, ANCHOR) is None
