"""Fixtures of the journeys: a desk that people reach through a local Slack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kit.journey import Journey, journey


@pytest.fixture
def desk(migrated_sqlite_url: str) -> Iterator[Journey]:
    """Give a desk on SQLite, for what the database has no say in."""
    with journey(migrated_sqlite_url) as played:
        yield played


@pytest.fixture
def desk_in_slack(migrated_database_url: str) -> Iterator[Journey]:
    """Give a desk, once on each database."""
    with journey(migrated_database_url) as played:
        yield played
