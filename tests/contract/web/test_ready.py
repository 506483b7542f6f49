"""/ready means that a command would work now, and says within a second why one would not."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from drill.local import LocalSlack
from tests.kit.bot import RunningBot
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import NeverHappened, until

pytestmark = [pytest.mark.slow, pytest.mark.expects_errors]
MANIFEST = Path(__file__).parents[3] / "app.yaml"
ANSWER_LIMIT_S = 1.0
State = Mapping[str, Any]


def ready(bot: RunningBot) -> tuple[int, State]:
    """Ask, and check that the answer came in time; a machine at work may pause once, not twice."""
    for _ in range(2):
        began_s = time.monotonic()
        answer = httpx.get(f"{bot.url}/ready", timeout=10)
        if (took_s := time.monotonic() - began_s) < ANSWER_LIMIT_S:
            break
    assert took_s < ANSWER_LIMIT_S
    return answer.status_code, answer.json()


def says(bot: RunningBot, part: str, words: str) -> None:
    """Wait until /ready is refused with these words."""
    heard: list[State] = []

    def is_said() -> bool:
        status, state = ready(bot)
        assert (status == 200) == state["ready"]
        heard.append(state)
        return status == 503 and words in state[part]

    try:
        until(is_said, 30, every_s=0.1, what=f"{part}: {words}")
    except NeverHappened as missing:
        raise AssertionError(f"{missing}: {heard[-1]}") from missing


def is_ready(bot: RunningBot) -> bool:
    return ready(bot)[0] == 200


@contextmanager
def running(
    url: str, mode: str = "http", token: str = "xoxb-drill"
) -> Iterator[tuple[LocalSlack, RunningBot]]:
    app_token = "xapp-drill" if mode == "socket" else ""
    with LocalSlack(MANIFEST, mode=mode) as slack:
        bot = RunningBot(addresses_of(slack), url, SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=app_token)
        try:
            bot.start()
            yield slack, bot
        finally:
            bot.stop()


def test_a_bot_is_ready_once_everything_is_there(migrated_database_url: str) -> None:
    with running(migrated_database_url) as (_, bot):
        until(lambda: is_ready(bot), 30, what="readiness")
        assert ready(bot)[1] == {
            "ready": True,
            "process": "ok",
            "database": "ok",
            "people": "ok",
            "slack": "ok",
            "directory": "ok",
            "blocks": "ok",
        }
        bot.program.watch.end()
        says(bot, "process", "ending")


def test_nobody_is_served_before_slack_has_told_who_is_who(migrated_sqlite_url: str) -> None:
    with LocalSlack(MANIFEST) as slack:
        slack.down()
        with RunningBot(addresses_of(slack), migrated_sqlite_url) as bot:
            says(bot, "people", "Slack was asked who is who and did not answer")
            slack.up()
            until(lambda: is_ready(bot), 30, what="readiness")
            slack.down()
            assert is_ready(bot)


def test_a_wrong_bot_token_is_the_reason(migrated_sqlite_url: str) -> None:
    with running(migrated_sqlite_url, token="xoxb-wrong") as (_, bot):
        says(bot, "people", "SLACK_BOT_TOKEN (invalid_auth)")


def test_a_token_that_is_taken_away_is_the_reason_until_it_is_given_back(
    migrated_sqlite_url: str,
) -> None:
    with running(migrated_sqlite_url) as (slack, bot):
        until(lambda: is_ready(bot), 30, what="readiness")
        slack.fault("auth.test", "error", error="token_revoked")
        bot.program.parts.reader.ask()
        says(bot, "people", "SLACK_BOT_TOKEN (token_revoked)")
        bot.program.parts.reader.ask()
        until(lambda: is_ready(bot), 30, what="readiness")


def test_over_a_socket_it_waits_for_slacks_hello_and_for_the_next(
    migrated_sqlite_url: str,
) -> None:
    with running(migrated_sqlite_url, "socket") as (slack, bot):
        until(lambda: is_ready(bot), 30, what="readiness")
        slack.fault("apps.connections.open", "500", count=0)
        slack.drop_sockets()
        says(bot, "socket", "socket")
        slack.clear_faults()
        until(lambda: is_ready(bot), 40, what="readiness")


def full(bot: RunningBot) -> None:
    with bot.database.write() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1")


def read_only(bot: RunningBot) -> None:
    # Not inside a transaction of ours, which could not end then; but in the writers' turn, for
    # beside one who writes we would be given a second connection, which is thrown away.
    assert bot.database._queue is not None
    with bot.database._queue.turn(timeout_s=10), bot.database._writer.connect() as conn:
        assert conn.connection.dbapi_connection is not None
        conn.connection.dbapi_connection.execute("PRAGMA query_only = ON")


def older(bot: RunningBot) -> None:
    with bot.database.write() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


@pytest.mark.parametrize(
    ("breaks", "words"),
    [(full, "disk is full"), (read_only, "read-only"), (older, "revision 0001")],
)
def test_a_sqlite_file_that_takes_no_writes_is_the_reason(
    migrated_sqlite_url: str, breaks: Callable[[RunningBot], None], words: str
) -> None:
    with running(migrated_sqlite_url) as (_, bot):
        bot.wait_until_known()
        bot.settle()
        breaks(bot)
        says(bot, "database", words)


def test_a_locked_sqlite_file_is_the_reason_and_holds_no_answer_up(
    migrated_sqlite_url: str,
) -> None:
    with running(migrated_sqlite_url) as (_, bot):
        until(lambda: is_ready(bot), 30, what="readiness")
        path = migrated_sqlite_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            says(bot, "database", "has not taken a write for")
            other.execute("ROLLBACK")
        until(lambda: is_ready(bot), 30, what="readiness")


def only_to_be_read(bot: RunningBot, admin: psycopg.Connection) -> None:
    name = bot.database.url.database
    admin.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    admin.commit()
    bot.database.dispose()


def locked(_: RunningBot, admin: psycopg.Connection) -> None:
    admin.execute("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("breaks", "words"),
    [(only_to_be_read, "read-only"), (locked, "has not taken a write for")],
)
def test_a_postgresql_that_takes_no_writes_is_the_reason(
    migrated_postgres_url: str,
    breaks: Callable[[RunningBot, psycopg.Connection], None],
    words: str,
) -> None:
    with running(migrated_postgres_url) as (_, bot):
        until(lambda: is_ready(bot), 30, what="readiness")
        address = migrated_postgres_url.replace("+psycopg", "")
        with closing(psycopg.connect(address)) as admin:
            breaks(bot, admin)
            says(bot, "database", words)


@pytest.mark.postgres
def test_figures_that_wait_for_the_database_hold_no_answer_up(migrated_postgres_url: str) -> None:
    with running(migrated_postgres_url) as (_, bot):
        until(lambda: is_ready(bot), 30, what="readiness")
        with ThreadPoolExecutor(12) as pages:
            with closing(psycopg.connect(migrated_postgres_url.replace("+psycopg", ""))) as admin:
                admin.execute("LOCK TABLE journal, ticket, step, outbox IN ACCESS EXCLUSIVE MODE")
                asked = [pages.submit(bot.metrics) for _ in range(12)]
                says(bot, "database", "has not taken a write for")
            assert all(page.result(60) for page in asked)
