"""A connection that is lost is named for what it is, at every moment of a transaction.

Proves: F14, F16.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text

from store.db import CommitPoint, Connection, Database
from store.faults import DATABASE_ERRORS, Fault, fault_of, is_passing
from store.write import meta
from tests.kit.postgres import Postgres

pytestmark = pytest.mark.postgres


@contextmanager
def at_before_commit(url: str, postgres: Postgres) -> Iterator[tuple[Database, list[int]]]:
    """Give a database whose server ends the named sessions right before each commit."""
    doomed: list[int] = []

    def at_commit(point: CommitPoint) -> None:
        if point == "before":
            end(postgres, doomed)

    database = Database(url, at_commit=at_commit)
    yield database, doomed
    database.dispose()


def end(postgres: Postgres, sessions: list[int]) -> None:
    """Have the server end sessions, and wait until they have."""
    with psycopg.connect(postgres.admin_url, autocommit=True) as admin:
        while sessions:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", (sessions.pop(),))


def session_of(conn: Connection) -> int:
    return int(conn.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_connection_lost_at_the_commit_can_be_tried_again(
    migrated_postgres_url: str, postgres: Postgres
) -> None:
    with at_before_commit(migrated_postgres_url, postgres) as (database, doomed):

        def put(seconds: float, *, doom: bool) -> None:
            with database.write() as conn:
                meta.put(conn, meta.CLOCK_OFFSET_S, seconds)
                if doom:
                    doomed.append(session_of(conn))

        with pytest.raises(DATABASE_ERRORS) as lost:
            put(1.0, doom=True)
        assert fault_of(lost.value) is Fault.UNREACHABLE
        assert is_passing(lost.value)
        put(2.0, doom=False)
        with database.read() as conn:
            assert meta.clock_offset_s(conn) == 2.0


def test_a_connection_lost_between_two_statements_can_be_tried_again(
    migrated_postgres_url: str, postgres: Postgres
) -> None:
    database = Database(migrated_postgres_url)

    def put() -> None:
        with database.write() as conn:
            end(postgres, [session_of(conn)])
            meta.put(conn, meta.CLOCK_OFFSET_S, 1.0)

    with pytest.raises(DATABASE_ERRORS) as lost:
        put()
    assert is_passing(lost.value)
    database.dispose()


def test_a_session_ended_while_it_was_idle_is_not_noticed(
    migrated_postgres_url: str, postgres: Postgres
) -> None:
    database = Database(migrated_postgres_url)
    with database.read() as conn:
        session = session_of(conn)
    end(postgres, [session])
    database.ping()
    database.dispose()
