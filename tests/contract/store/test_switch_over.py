"""A server that becomes a standby, or whose tables change: old sessions are given up at once.

Proves: F13, F14.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from store.db import Database
from store.faults import DATABASE_ERRORS, Fault, fault_of, is_passing
from store.write import meta
from tests.kit.postgres import Postgres

pytestmark = pytest.mark.postgres


def made_read_only(postgres: Postgres, database: Database, *, is_so: bool) -> None:
    """Have every session that begins from now on only read, or write again."""
    name = database.url.database
    with psycopg.connect(postgres.admin_url, autocommit=True) as admin:
        word = "on" if is_so else "off"
        admin.execute(
            f'ALTER DATABASE "{name}" SET default_transaction_read_only = {word}'.encode()
        )


@pytest.fixture
def demoted(migrated_postgres_url: str, postgres: Postgres) -> Iterator[Database]:
    """Give a database whose sessions may only read, while new ones may write."""
    database = Database(migrated_postgres_url)
    made_read_only(postgres, database, is_so=True)
    with database.read(), database.read(), database.read():
        made_read_only(postgres, database, is_so=False)
    yield database
    database.dispose()


def put(database: Database, seconds: float) -> None:
    with database.write() as conn:
        meta.put(conn, meta.CLOCK_OFFSET_S, seconds)


def test_a_session_of_an_old_primary_is_given_up_with_all_of_its_age(demoted: Database) -> None:
    with pytest.raises(DATABASE_ERRORS) as refused:
        put(demoted, 1.0)
    assert fault_of(refused.value) is Fault.READ_ONLY
    assert is_passing(refused.value)
    for seconds in (2.0, 3.0, 4.0, 5.0):
        put(demoted, seconds)


def test_a_plan_of_before_a_change_is_made_anew(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    for _ in range(10):
        with database.read() as conn:
            conn.execute(text("SELECT * FROM meta"))
    other = Database(migrated_postgres_url)
    with other.write() as conn:
        conn.execute(text("ALTER TABLE meta ADD COLUMN later TEXT"))
    other.dispose()
    with pytest.raises(DATABASE_ERRORS) as changed, database.read() as conn:
        conn.execute(text("SELECT * FROM meta"))
    assert is_passing(changed.value)
    with database.read() as conn:
        conn.execute(text("SELECT * FROM meta"))
    database.dispose()


def test_a_server_that_stays_read_only_is_said_to_be(
    migrated_postgres_url: str, postgres: Postgres
) -> None:
    database = Database(migrated_postgres_url)
    made_read_only(postgres, database, is_so=True)
    for _ in range(3):
        with pytest.raises(DATABASE_ERRORS) as refused:
            put(database, 1.0)
        assert fault_of(refused.value) is Fault.READ_ONLY
    database.dispose()
