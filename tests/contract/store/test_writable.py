"""The proof that the database takes writes asks what a command asks, and leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import text

from store.db import Database
from store.errors import NotMigrated
from store.faults import DATABASE_ERRORS, Fault, fault_of
from store.writable import prove


@pytest.fixture
def database(migrated_database_url: str) -> Iterator[Database]:
    made = Database(migrated_database_url)
    yield made
    made.dispose()


def test_a_proof_leaves_nothing_behind(database: Database) -> None:
    for _ in range(3):
        prove(database, "one")
    with database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM meta")).scalar_one() == 0


@pytest.mark.postgres
def test_two_proofs_at_once_do_not_wait_for_each_other(migrated_postgres_url: str) -> None:
    one, other = Database(migrated_postgres_url), Database(migrated_postgres_url)
    with one.write() as conn:
        conn.execute(text("LOCK TABLE journal, meta IN ROW EXCLUSIVE MODE"))
        prove(other, "other")
    one.dispose()
    other.dispose()


def test_a_database_without_its_tables_is_said(database_url: str) -> None:
    empty = Database(database_url)
    with pytest.raises(NotMigrated, match="needs"):
        prove(empty, "one")
    empty.dispose()


@pytest.mark.postgres
def test_what_its_server_made_read_only_is_so_on_every_connection(
    migrated_postgres_url: str,
) -> None:
    database = Database(migrated_postgres_url, connections=1)
    with closing(psycopg.connect(migrated_postgres_url.replace("+psycopg", ""))) as admin:
        name = str(database.url.database)
        admin.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
        admin.commit()
    for _ in range(3):
        database.ping()
        with pytest.raises(DATABASE_ERRORS) as refused:
            prove(database, "one")
        assert fault_of(refused.value) is Fault.READ_ONLY
    database.dispose()
