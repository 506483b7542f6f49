"""Fixtures of the store's contract: a migrated database, once on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.db import Database


@pytest.fixture
def database(migrated_database_url: str) -> Iterator[Database]:
    """Give a migrated database, empty, on each engine in turn."""
    database = Database(migrated_database_url)
    yield database
    database.dispose()
