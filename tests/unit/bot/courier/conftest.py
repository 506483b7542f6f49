"""Fixtures: a migrated database on both engines, a tiny Slack, a running courier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.db import Database
from tests.contract.gateways.tiny_slack import TinySlack
from tests.unit.bot.courier.desk import Desk, desk_on


@pytest.fixture
def slack() -> Iterator[TinySlack]:
    with TinySlack() as running:
        yield running


@pytest.fixture
def database(migrated_database_url: str) -> Iterator[Database]:
    opened = Database(migrated_database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(database: Database, slack: TinySlack) -> Iterator[Desk]:
    with desk_on(database, slack) as running:
        yield running


@pytest.fixture
def small_desk(migrated_sqlite_url: str, slack: TinySlack) -> Iterator[Desk]:
    """A courier on SQLite, for what does not depend on the database."""
    opened = Database(migrated_sqlite_url)
    with desk_on(opened, slack) as running:
        yield running
    opened.dispose()
