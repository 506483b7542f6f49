"""A moment whose connection is cut is told as a database that is away, and the next one is new."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.desk.snapshot import Snapshot
from handlers.kit.ports import NotSaved
from store.db import Connection, Database


def cut(conn: Connection) -> int:
    """Ask the server to end this very connection."""
    return int(conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())")).scalar_one())


def one(conn: Connection) -> int:
    return int(conn.execute(text("SELECT 1")).scalar_one())


def test_a_moment_that_is_cut_is_a_database_that_is_away(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    snapshot = Snapshot(database)
    assert snapshot.ask("before", one) == 1
    with pytest.raises(NotSaved):
        snapshot.ask("cut", cut)
    assert snapshot.ask("after", one) == 1
    snapshot.end()
    database.dispose()
