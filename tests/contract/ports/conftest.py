"""Fixtures: each desk in turn, the program's own on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.ports.houses import Counting, House, MemoryHouse, RealHouse

HOUSES = [
    pytest.param("", id="memory"),
    pytest.param("migrated_sqlite_url", id="sqlite"),
    pytest.param("migrated_postgres_url", id="postgresql", marks=pytest.mark.postgres),
]


@pytest.fixture(params=HOUSES)
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Give each desk in turn."""
    if not request.param:
        yield MemoryHouse()
        return
    real = RealHouse(Counting(request.getfixturevalue(request.param)))
    yield real
    real.close()


@pytest.fixture
def real(migrated_database_url: str) -> Iterator[RealHouse]:
    """Give the program's own desk, on each database."""
    made = RealHouse(Counting(migrated_database_url))
    yield made
    made.close()
