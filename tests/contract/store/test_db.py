"""Transactions: all or nothing, in order of arrival, and told apart when they fail."""

from __future__ import annotations

import sqlite3
import statistics
import threading
import time
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from store.db import Database, after_commit
from store.errors import DatabaseRefused, NestedTransaction, WriterQueueTimeout
from store.faults import Fault, fault_of, is_passing
from store.read import tickets
from store.write import meta, seen
from store.writers import WriterQueue
from tests.contract.store.samples import open_ticket, rolled_back
from tests.kit.waiting import until


def test_what_a_transaction_wrote_is_kept_after_it(database: Database) -> None:
    with database.write() as conn:
        meta.put(conn, "a", 1)
    with database.read() as conn:
        assert meta.get(conn, "a") == 1


def test_nothing_of_a_failed_transaction_is_kept(database: Database) -> None:
    with rolled_back(database) as conn:
        meta.put(conn, "a", 1)
    with database.read() as conn:
        assert meta.get(conn, "a") is None


def test_a_reading_connection_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.read() as conn:
        meta.put(conn, "a", 1)
    assert fault_of(caught.value) is Fault.READ_ONLY


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.read() as reader:
        assert meta.get(reader, "a") is None
        with database.write() as conn:
            meta.put(conn, "a", 1)
        assert meta.get(reader, "a") is None


def test_a_call_noted_for_after_the_commit_sees_what_was_committed(database: Database) -> None:
    found = []

    def look() -> None:
        with database.write() as conn:
            found.append((meta.get(conn, "a"), threading.get_ident()))

    with database.write() as conn:
        meta.put(conn, "a", 1)
        after_commit(conn, look)
        assert found == []
    assert found == [(1, threading.get_ident())]


def test_a_call_noted_in_a_failed_transaction_is_never_made(database: Database) -> None:
    made: list[str] = []
    with rolled_back(database) as conn:
        after_commit(conn, lambda: made.append("once"))
    with database.write() as conn:
        meta.put(conn, "a", 1)
    assert made == []


@pytest.mark.expects_errors
def test_a_noted_call_that_fails_does_not_undo_the_commit_or_the_next_call(
    database: Database,
) -> None:
    made: list[str] = []
    with database.write() as conn:
        meta.put(conn, "a", 1)
        after_commit(conn, lambda: made.append(made[7]))
        after_commit(conn, lambda: made.append("second"))
    with database.read() as conn:
        assert (meta.get(conn, "a"), made) == (1, ["second"])


def test_a_noted_call_needs_a_writing_connection(database: Database) -> None:
    with database.read() as conn, pytest.raises(RuntimeError, match="write"):
        after_commit(conn, lambda: None)


def test_the_commit_points_are_reached_around_the_commit(database: Database) -> None:
    reached = []

    def at_commit(point: str) -> None:
        with database.read() as conn:
            reached.append((point, meta.get(conn, "a")))

    watched = Database(database.url.render_as_string(hide_password=False), at_commit=at_commit)
    with watched.write() as conn:
        meta.put(conn, "a", 1)
    watched.dispose()
    assert reached == [("before", None), ("after", 1)]


def test_ping_answers_when_the_database_does(database: Database) -> None:
    database.ping()


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2, 12)  # noqa: DTZ001
    with pytest.raises((StatementError, TypeError), match="no zone"), database.write() as conn:
        seen.claim(conn, "k", naive)


def test_32_writers_at_once_are_served_in_under_400_ms_each(database: Database) -> None:
    ready, waits = threading.Barrier(32), []

    def write() -> None:
        ready.wait()
        asked = time.perf_counter()
        with database.write() as conn:
            open_ticket(conn)
        waits.append(time.perf_counter() - asked)

    writers = [threading.Thread(target=write) for _ in range(32)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.read() as conn:
        assert len(tickets.all_open(conn)) == 32
    assert statistics.quantiles(waits, n=100)[98] < (0.4 if database.dialect == "sqlite" else 2.0)


def test_writers_are_served_in_order_of_arrival() -> None:
    queue, served = WriterQueue(), []

    def wait(number: int) -> None:
        with queue.turn(timeout_s=5):
            served.append(number)

    with queue.turn(timeout_s=5):
        writers = []
        for number in range(8):
            writers.append(threading.Thread(target=wait, args=(number,)))
            writers[-1].start()
            until(lambda: queue.waiting == len(writers), what="the writer's arrival")
    for writer in writers:
        writer.join()
    assert served == list(range(8))


def test_a_writer_that_waits_too_long_gives_up_and_leaves_the_queue() -> None:
    queue = WriterQueue()
    outcome: list[object] = []

    def wait() -> None:
        try:
            with queue.turn(timeout_s=0.01):
                outcome.append("served")
        except WriterQueueTimeout as error:
            outcome.append(is_passing(error))

    with queue.turn(timeout_s=5):
        writer = threading.Thread(target=wait)
        writer.start()
        writer.join()
    with queue.turn(timeout_s=0.01):
        assert (outcome, queue.waiting) == ([True], 0)


def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_itself(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.write(), pytest.raises(NestedTransaction), database.write():
        pytest.fail("the second transaction must not begin")
    database.dispose()


def test_two_databases_of_one_file_share_one_queue(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    with first.write(), pytest.raises(NestedTransaction), second.write():
        pytest.fail("the second transaction must not begin")
    first.dispose()
    second.dispose()


def test_no_other_process_writes_between_a_writers_look_and_its_write(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE t (x)"))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0)
    with database.write() as conn:
        conn.execute(text("SELECT * FROM t")).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO t VALUES (1)")
    other.close()
    database.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y"])
def test_an_address_that_cannot_keep_a_promise_is_refused(url: str) -> None:
    with pytest.raises(DatabaseRefused, match="DATABASE_URL"):
        Database(url)


def test_a_full_sqlite_disk_is_told_apart_and_leaves_nothing_half_written(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE t (x TEXT)"))
    with database.write() as conn:
        conn.execute(text("PRAGMA max_page_count = 3"))
    with pytest.raises(DBAPIError) as caught, database.write() as conn:
        conn.execute(text("INSERT INTO t VALUES (:x)"), [{"x": "y" * 900} for _ in range(50)])
    with database.write() as conn:
        conn.execute(text("PRAGMA max_page_count = 1000"))
        conn.execute(text("INSERT INTO t VALUES ('z')"))
    with database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM t")).scalar_one() == 1
    assert fault_of(caught.value) is Fault.FULL
    database.dispose()


@pytest.mark.postgres
def test_a_postgresql_that_is_gone_is_told_apart_and_passing() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DBAPIError) as caught:
        database.ping()
    assert fault_of(caught.value) is Fault.UNREACHABLE
    assert is_passing(caught.value)


@pytest.mark.postgres
def test_a_row_held_too_long_is_told_apart_as_busy(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE t (x int)"))
        conn.execute(text("INSERT INTO t VALUES (1)"))
    with database.write() as holder:
        holder.execute(text("UPDATE t SET x = 2"))
        with database.write() as conn:
            conn.execute(text("SET LOCAL lock_timeout = 50"))
            attempt = conn.begin_nested()
            with pytest.raises(DBAPIError) as caught:
                conn.execute(text("UPDATE t SET x = 3"))
            attempt.rollback()
    assert fault_of(caught.value) is Fault.BUSY
    database.dispose()


@pytest.mark.postgres
def test_two_transactions_that_wait_for_each_other_are_told_apart_as_a_conflict(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE t (x int)"))
        conn.execute(text("INSERT INTO t VALUES (1), (2)"))
    both, faults = threading.Barrier(2), []

    def cross(first: int, second: int) -> None:
        try:
            with database.write() as conn:
                conn.execute(text("UPDATE t SET x = x WHERE x = :x"), {"x": first})
                both.wait()
                conn.execute(text("UPDATE t SET x = x WHERE x = :x"), {"x": second})
        except DBAPIError as error:
            faults.append(fault_of(error))

    others = [threading.Thread(target=cross, args=pair) for pair in ((1, 2), (2, 1))]
    for one in others:
        one.start()
    for one in others:
        one.join()
    assert faults == [Fault.CONFLICT]
    database.dispose()


def test_an_error_of_ours_is_no_fault_of_the_database() -> None:
    assert fault_of(ValueError()) is Fault.OTHER
    assert not is_passing(NestedTransaction("x"))


def is_connected(database: Database, number: int) -> bool:
    with database.read() as conn:
        found = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :of")
        return bool(conn.execute(found, {"of": number}).scalar_one())


def test_a_connection_whose_server_said_goodbye_is_replaced_before_it_is_used(
    postgres_url: str,
) -> None:
    database, killer = Database(postgres_url), Database(postgres_url)
    with database.write() as conn:
        number = conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with killer.write() as conn:
        conn.execute(text("SELECT pg_terminate_backend(:of)"), {"of": number})
    # A transaction sees who is connected as it was when it first looked: each look is its own.
    until(lambda: not is_connected(killer, number))
    with database.write() as conn:
        assert conn.execute(text("SELECT pg_backend_pid()")).scalar_one() != number
    database.dispose()
    killer.dispose()
