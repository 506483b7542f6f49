"""Records of the first form, of every shape that was ever written, are read and gone on with."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.engine import ledger
from protocols.clock.events import DuePassed
from store.db import Connection
from store.read import deliveries, tickets, upcoming
from tests.contract.newer import records
from tests.histories.machine import Machine
from tests.histories.place import Place
from tests.histories.stepping import STARTS_AT as BEGAN
from tests.histories.stepping import StepClock
from tests.histories.weather import Weather
from tests.kit import past

LATER = timedelta(days=12)
UNREACHED = {
    "Event", "PageAsked", "PersonAdded",  # no history reaches them at all
    "ClosedUnconfirmed", "DeliveryRevived", "TextRecalled",  # none of those that were played did
}  # fmt: skip


@pytest.fixture(scope="module", params=records.histories())
def history(request: pytest.FixtureRequest) -> int:
    """Give each kept history in turn."""
    return int(request.param)


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, history: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database of today with a history of the first form in it."""
    path = tmp_path_factory.mktemp("kept") / "bridgewatch.db"
    shutil.copy(sqlite_template, path)
    records.put(history, path)
    return path


@pytest.fixture(scope="module")
def conn(kept: Path) -> Iterator[Connection]:
    """Read it."""
    with past.opened(f"sqlite:///{kept}") as database, database.read() as reading:
        yield reading


def written(history: int) -> Counter[str]:
    """Count the rows of each table, of the outbox's those that tell of a ticket."""
    rows = records.histories()[history]
    return Counter(table for table, row in rows if row.get("reference", "") is not None)


def references(conn: Connection) -> list[str]:
    return [row.reference for row in tickets.recent(conn, limit=past.EVERY)]


def test_its_chains_are_intact_and_each_makes_its_row(conn: Connection, history: int) -> None:
    assert f"with {written(history)['journal']} entries are intact." in past.verified(conn)


def test_its_due_points_and_deliveries_are_read_as_they_were_written(
    conn: Connection, history: int
) -> None:
    mine = references(conn)
    read = {
        "ticket": len(mine),
        "step": sum(len(upcoming.of_ticket(conn, each)) for each in mine),
        "outbox": sum(len(deliveries.of_ticket(conn, each)) for each in mine),
    }
    assert read == {table: written(history)[table] for table in read}


def test_every_certificate_of_it_can_be_read(conn: Connection) -> None:
    assert set(past.certificates(conn, ended(conn))) == set(references(conn))


@pytest.mark.slow
def test_the_present_program_decides_what_was_to_come(kept: Path, tmp_path: Path) -> None:
    clock, weather = StepClock(), Weather()
    url = f"sqlite:///{shutil.copy(kept, tmp_path / 'bridgewatch.db')}"
    machine = Machine(Place(clock), clock, weather, url)
    database = machine.program.parts.database
    try:
        with database.read() as conn:
            clock.goes_to(ended(conn) + LATER)
        while (due_at := machine.next_due()) is not None and due_at <= clock.reads():
            assert machine.program.parts.ticker.tick(), "what is due is left to nobody"
        with database.read() as conn:
            assert set(decided(conn).values()) <= {1}
            assert past.verified(conn).endswith("are intact.")
    finally:
        machine.ends()


def test_together_they_hold_every_event_that_is_among_the_samples() -> None:
    kinds = {
        row["kind"]
        for rows in records.histories().values()
        for table, row in rows
        if table == "journal"
    }
    assert records.sampled_events() - kinds == UNREACHED


def ended(conn: Connection) -> datetime:
    return max((row.updated_at for row in tickets.recent(conn, limit=past.EVERY)), default=BEGAN)


def decided(conn: Connection) -> Counter[tuple[str, str]]:
    """Count how often each due point was decided."""
    return Counter(
        (each, event.key)
        for each in references(conn)
        for event in ledger.history(conn, each)
        if isinstance(event, DuePassed)
    )
