"""Nothing waits for ever: whatever becomes of the rows of an outbox, each of them comes up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.db import Database
from store.outbox_rows import NewRow
from store.read import deliveries
from store.schema import migrate
from store.write import outbox
from store.write.enqueue import enqueue
from tests.contract.store.samples import NOON, claim, new_row

SETTLES: dict[str, Callable[..., None]] = {"dead": outbox.dead, "drop": outbox.drop}
ENDS = st.sampled_from(["done", "dead", "drop"])
SOME = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def migrated() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "migrated.db")
        database = Database(f"sqlite:///{path}")
        migrate(database)
        database.dispose()
        yield path


@contextmanager
def copy_of(migrated: Path) -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        path = shutil.copy(migrated, Path(folder, "one.db"))
        database = Database(f"sqlite:///{path}")
        yield database
        database.dispose()


@st.composite
def graphs(draw: st.DrawFn) -> list[list[NewRow]]:
    """Return rows with needs among themselves, in any order within each of several commits."""
    count = draw(st.integers(2, 9))
    rows: list[NewRow] = []
    for number in range(count):
        earlier = [row.key for row in rows]
        needs = draw(st.lists(st.sampled_from(earlier), max_size=3, unique=True)) if earlier else []
        latest = draw(st.booleans())
        rows.append(
            new_row(
                f"k{number}",
                needs=tuple(needs),
                stream=draw(st.sampled_from(["s", "t"])),
                reference=draw(st.sampled_from(["BW-1001", "BW-1002"])),
                surface="latest_only" if latest else "must_arrive",
                slot=draw(st.sampled_from(["card", "topic"])) if latest else None,
            )
        )
    cut = draw(st.integers(1, count))
    return [draw(st.permutations(rows[:cut])), draw(st.permutations(rows[cut:]))]


@SOME
@given(graphs(), st.lists(ENDS, min_size=9, max_size=9))
def test_every_row_comes_up_whatever_becomes_of_the_others(
    migrated: Path, commits: list[list[NewRow]], ends: list[str]
) -> None:
    with copy_of(migrated) as database:
        for rows in commits:
            with database.write() as conn:
                enqueue(conn, rows)
        for end in ends:
            with database.write() as conn:
                for row in claim(conn, limit=1):
                    if end == "done":
                        outbox.done(conn, row.id, "courier-1", {}, NOON)
                    else:
                        SETTLES[end](conn, row.id, "courier-1", "gone")
        with database.read() as conn:
            assert deliveries.pending_count(conn) == 0
