"""Fresh databases in any number, once on each engine."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kit import postgres as pg

NewUrl = Callable[[], str]


@pytest.fixture
def new_sqlite_url(sqlite_template: Path, tmp_path: Path) -> NewUrl:
    """Give a maker of migrated SQLite files."""
    numbers = itertools.count(1)

    def make() -> str:
        path = tmp_path / f"incident-{next(numbers)}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres_url(postgres: pg.Postgres, postgres_template: str) -> Iterator[NewUrl]:
    """Give a maker of migrated databases on PostgreSQL, all gone after the test."""
    names: list[str] = []

    def make() -> str:
        names.append(postgres.create(postgres_template))
        return postgres.url(names[-1])

    yield make
    for name in names:
        postgres.drop(name)


@pytest.fixture(
    params=[
        pytest.param("new_sqlite_url", id="sqlite"),
        pytest.param("new_postgres_url", id="postgresql", marks=pytest.mark.postgres),
    ]
)
def new_database_url(request: pytest.FixtureRequest) -> NewUrl:
    """Give a maker of migrated databases, once for each engine."""
    found: NewUrl = request.getfixturevalue(request.param)
    return found
