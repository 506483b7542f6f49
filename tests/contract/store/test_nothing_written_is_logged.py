"""Whatever statement fails, and however it is logged: nothing of what was written is there.

Proves: T15.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot import logs
from bot.database_words import say_again, sentence_of, server_said
from bot.engine.saving import CommandNotSaved, saved
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS
from store.write import seen
from tests.kit.errors import ErrorLines

CANARY = "canary-finding-4711"
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
_log = logging.getLogger("bot.somewhere")


def run(sql: str) -> Callable[[Connection], object]:
    return lambda conn: conn.execute(text(sql), {"canary": CANARY})


def entry(*, values: str) -> str:
    columns = "team_id, chain, seq, kind, at, actor, header, payload, payload_digest"
    return f"INSERT INTO journal ({columns}, previous_hash, hash) VALUES ({values}, 'x', 'x')"


AGAIN = "INSERT INTO seen (key, at) SELECT :canary, at FROM seen WHERE key = :canary"
FAILING = {
    "a key twice": run(AGAIN),
    "a missing value": run("INSERT INTO seen (key, at) VALUES (:canary, NULL)"),
    "a word that is none of its own": run(
        "INSERT INTO person (slack_id, team_id, name, kind, checked_at)"
        " SELECT 'U1', 'T1', :canary, :canary, at FROM seen"
    ),
    "what a trigger forbids": run("DELETE FROM journal WHERE actor = :canary"),
    "no such table": run("INSERT INTO nowhere VALUES (:canary)"),
    "a statement that is none": run("INSERT nothing :canary"),
}
ON_POSTGRESQL = {
    "no number": run("INSERT INTO counter (name, value) VALUES ('x', CAST(:canary AS bigint))"),
    "no JSON": run("INSERT INTO meta (name, value) VALUES ('x', CAST(:canary AS json))"),
    "too long a key": lambda conn: conn.execute(
        text("INSERT INTO meta (name, value) SELECT string_agg(:canary || md5(n::text), ''), '1'"
             " FROM generate_series(1, 9000) n"), {"canary": CANARY},
    ),
}  # fmt: skip


@pytest.fixture
def database(migrated_database_url: str) -> Iterator[Database]:
    found = Database(migrated_database_url)
    with found.write() as conn:
        seen.claim(conn, CANARY, NOW)
        at = "0" if found.dialect == "sqlite" else "now()"
        conn.execute(text(entry(values=f"'T1', 'c', 1, 'k', {at}, :canary, 'h', 'p', 'd'")),
                     {"canary": CANARY})  # fmt: skip
    yield found
    found.dispose()


def logged(error: Exception) -> str:
    """Return what every way of logging an error writes of it."""
    out = io.StringIO()
    handler = logs.configure("json", "DEBUG", stream=out)
    say_again(_log, "What is due", error)
    _log.error("it failed: %s", error)
    _log.error("it failed: %r", error)
    _log.error("it failed", exc_info=error)
    _log.error("%s %s", sentence_of(error), server_said(error))
    logging.getLogger().removeHandler(handler)
    return out.getvalue()


@pytest.mark.expects_errors
def test_of_a_failing_statement_no_value_is_written(database: Database) -> None:
    failing = FAILING | (ON_POSTGRESQL if database.dialect == "postgresql" else {})
    for name, work in failing.items():
        with pytest.raises(DATABASE_ERRORS) as failed, database.write() as conn:
            work(conn)
        assert CANARY not in logged(failed.value), name


def test_of_a_command_that_is_not_saved_no_value_is_written(
    database: Database, error_lines: ErrorLines, caplog: pytest.LogCaptureFixture
) -> None:
    error_lines.expect("was not saved")
    for name, work in FAILING.items():
        with pytest.raises(CommandNotSaved):
            saved(database, "OpenTicket", work)
        assert CANARY not in caplog.text, name
