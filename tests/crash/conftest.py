"""Fresh databases in any number, once on each engine, each gone when its incident is over."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.kit import postgres as pg

Fresh = Callable[[], AbstractContextManager[str]]
"""Gives the URL of a migrated, empty database for as long as the context lasts; in any thread.

A suite plays hundreds of incidents: kept until its end, their databases were gigabytes.
"""


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, tmp_path: Path) -> Fresh:
    """Give migrated SQLite files."""
    numbers = itertools.count(1)

    @contextmanager
    def fresh() -> Iterator[str]:
        path = tmp_path / f"incident-{next(numbers)}.db"
        shutil.copy(sqlite_template, path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for left in tmp_path.glob(f"{path.name}*"):
                left.unlink()

    return fresh


@pytest.fixture
def fresh_postgres(postgres: pg.Postgres, postgres_template: str) -> Fresh:
    """Give migrated databases on PostgreSQL; whoever is still connected is put out at the end."""

    @contextmanager
    def fresh() -> Iterator[str]:
        name = postgres.create(postgres_template)
        try:
            yield postgres.url(name)
        finally:
            postgres.drop(name)

    return fresh


@pytest.fixture(
    params=[
        pytest.param("fresh_sqlite", id="sqlite"),
        pytest.param("fresh_postgres", id="postgresql", marks=pytest.mark.postgres),
    ]
)
def fresh_database(request: pytest.FixtureRequest) -> Fresh:
    """Give migrated databases, once on each engine."""
    found: Fresh = request.getfixturevalue(request.param)
    return found
