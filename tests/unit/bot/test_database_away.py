"""While the database is away the drill's clock goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import MachineClock
from bot.engine.drill_clock import READ_AGAIN_S, Offset
from store.db import Connection, Database
from store.write import meta
from tests.contract.ports.houses import gone
from tests.kit.waiting import until


class Leaving(Database):
    """A database that can be away."""

    is_away = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        if self.is_away:
            raise OperationalError("SELECT 1", None, gone())
        with super().read() as conn:
            yield conn


@pytest.fixture
def database(migrated_sqlite_url: str) -> Iterator[Leaving]:
    made = Leaving(migrated_sqlite_url)
    yield made
    made.dispose()


def test_the_drills_clock_goes_on_as_it_was_while_the_database_is_away(database: Leaving) -> None:
    offset = Offset(database, MachineClock())
    offset.put(60.0)
    database.is_away = True
    machine = MachineClock()
    later_s = machine.monotonic() + 2 * READ_AGAIN_S
    until(lambda: offset() == 60.0 and machine.monotonic() > later_s)
    with database.write() as conn:
        meta.put(conn, meta.CLOCK_OFFSET_S, 120.0)
    database.is_away = False
    until(lambda: offset() == 120.0, what="the newer offset")


def test_a_clock_that_was_never_read_does_not_guess(database: Leaving) -> None:
    database.is_away = True
    with pytest.raises(OperationalError):
        Offset(database, MachineClock())()
