"""Fixtures of the store's contract: a migrated database, once on each engine.

The migration runs once a session; each test gets a copy, which takes a tenth of the time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.db import Database
from store.schema import migrate
from tests.kit.postgres import Postgres


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file at the head, to be copied."""
    path = tmp_path_factory.mktemp("store") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_name(postgres: Postgres) -> str:
    """Give the name of a PostgreSQL database at the head, to be cloned."""
    name = postgres.create()
    database = Database(postgres.url(name))
    migrate(database)
    database.dispose()
    return name


@pytest.fixture
def migrated_sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """Give the URL of a fresh copy on SQLite."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'bridgewatch.db')}"


@pytest.fixture
def migrated_postgres_url(postgres: Postgres, migrated_name: str) -> Iterator[str]:
    """Give the URL of a fresh clone on PostgreSQL, gone after the test."""
    name = postgres.create(template=migrated_name)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(
    params=[
        pytest.param("migrated_sqlite_url", id="sqlite"),
        pytest.param("migrated_postgres_url", id="postgresql", marks=pytest.mark.postgres),
    ]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a migrated database, empty, on each engine in turn."""
    database = Database(request.getfixturevalue(request.param))
    yield database
    database.dispose()
