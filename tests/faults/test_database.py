"""The database refuses: a command says that it was not saved, and all goes on when it is back.

Proves: F11, F12, F13.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

import psycopg
import pytest

from bot.desk.patience import PATIENCE_S
from handlers.kit.ports import NotSaved
from protocols.bridge.state import BridgeState
from protocols.roles.state import Roles
from store.db import Database
from store.read import chains, tickets
from store.write import records
from tests.faults.weather import running
from tests.kit import history
from tests.kit.bot import RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.slow]


def tickets_in(bot: RunningBot) -> int:
    with bot.database.read() as conn:
        return len(tickets.recent(conn, limit=100))


@contextmanager
def with_pragma(database: Database, on: str, off: str) -> Iterator[None]:
    """Make the writing connection refuse, as a full disk or a read-only file does."""

    def say(pragma: str) -> None:
        assert database._queue is not None
        with database._queue.turn(timeout_s=10), database._writer.connect() as conn:
            raw = cast("sqlite3.Connection", conn.connection.dbapi_connection)
            raw.rollback()
            raw.execute(f"PRAGMA {pragma}").close()

    say(on)
    try:
        yield
    finally:
        say(off)


@pytest.mark.expects_errors
@pytest.mark.parametrize(
    ("on", "off"),
    [
        pytest.param("max_page_count = 1", "max_page_count = 1073741823", id="full"),
        pytest.param("query_only = 1", "query_only = 0", id="read-only"),
    ],
)
def test_a_command_that_the_database_refuses_is_not_saved_and_can_be_asked_again(
    sqlite_url: str, on: str, off: str
) -> None:
    with running(sqlite_url) as (slack, bot):
        with with_pragma(bot.database, on, off):
            for number in range(200):
                try:
                    PlayedIncident(bot, "acme").open()
                except NotSaved:
                    break
                assert number < 199, "the database never refused"
            before = tickets_in(bot)
        PlayedIncident(bot, "elm").open()
        bot.settle()
        assert tickets_in(bot) == before + 1
        assert history.violations(bot.database, history.Local(slack)) == []


def test_a_command_waits_for_a_database_that_another_program_holds(sqlite_url: str) -> None:
    with running(sqlite_url) as (slack, bot):
        other = sqlite3.connect(str(bot.database.url.database), isolation_level=None,
                                check_same_thread=False)  # fmt: skip
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(1.0, other.rollback)
        release.start()
        incident = PlayedIncident(bot)
        incident.open()
        release.join()
        other.close()
        bot.settle()
        assert history.violations(bot.database, history.Local(slack)) == []


@pytest.mark.expects_errors
def test_a_ticket_that_cannot_be_decided_does_not_hold_up_the_others(
    migrated_database_url: str,
) -> None:
    with running(migrated_database_url) as (slack, bot):
        poisoned, healthy = PlayedIncident(bot, "acme"), PlayedIncident(bot, "elm")
        for incident in (poisoned, healthy):
            incident.open()
        bot.settle()
        kept = swap_body(bot.database, poisoned.reference, {"poison": True})
        bot.put_clock(healthy.ticket.opened_at + timedelta(minutes=16))
        asked = lambda: all(seat.asked is not None for seat in healthy.ticket.of(Roles).seats)  # noqa: E731
        until(asked, 40, what="the healthy ticket's roles")
        swap_body(bot.database, poisoned.reference, kept)
        seated = lambda: all(seat.asked is not None for seat in poisoned.ticket.of(Roles).seats)  # noqa: E731
        until(seated, 60, what="the poisoned ticket's roles, once it is whole again")
        bot.settle()
        assert history.violations(bot.database, history.Local(slack)) == []


def swap_body(database: Database, reference: str, body: dict[str, object]) -> dict[str, object]:
    """Put another body into a ticket's row, as a wrong hand would, and return the one before."""
    with database.write() as conn:
        row = records.lock(conn, reference)
        assert row is not None
        records.save(conn, replace(row, body=body))
        return dict(row.body)


def test_the_watchdog_decides_what_is_due_while_the_wall_clock_stands_still(
    tmp_path: Path,
) -> None:
    with running(f"sqlite:///{tmp_path / 'bridgewatch.db'}") as (slack, bot):
        incident = PlayedIncident(bot)
        incident.open()
        bot.settle()
        # A wall clock that was set back leaves APScheduler's timers in the future: none of them
        # wakes anybody any more.
        bot.program.parts.ticker._scheduler.pause()
        bot.put_clock(incident.ticket.opened_at + timedelta(minutes=16))
        asked = lambda: all(seat.asked is not None for seat in incident.ticket.of(Roles).seats)  # noqa: E731
        until(asked, 40, what="the roles")
        bot.settle()
        assert history.violations(bot.database, history.Local(slack)) == []


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Have another program hold what a command must write."""
    if database.dialect == "sqlite":
        other = sqlite3.connect(str(database.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()
        other.close()
        return
    with psycopg.connect(database.url.set(drivername="postgresql").render_as_string(False)) as held:
        held.execute("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")
        yield
        held.rollback()


def test_a_database_held_for_three_seconds_is_told_in_time_and_what_is_asked_is_done_once(
    migrated_database_url: str,
) -> None:
    with running(migrated_database_url, patience_s=PATIENCE_S) as (slack, bot):
        incident = PlayedIncident(bot)
        incident.open()
        bot.settle()
        csm = slack.person("csm-one")
        bridge = incident.ticket.of(BridgeState).channel_id
        note = partial(csm.command, "/bridge", "note it is the queue", bridge)
        with locked(bot.database):
            began = time.monotonic()
            note()
            took_s = time.monotonic() - began
            assert "Not saved yet" in csm.ephemerals[-1].words
            assert took_s < 2.5
        until(lambda: notes_of(bot, incident), 30, what="the note, saved after all")
        note()
        bot.settle()
        assert len(notes_of(bot, incident)) == 1
        note()
        assert len(notes_of(bot, incident)) == 2


def notes_of(bot: RunningBot, incident: PlayedIncident) -> list[str]:
    with bot.database.read() as conn:
        entries = chains.load(conn, incident.reference)
    return [str(entry.payload) for entry in entries if "it is the queue" in str(entry.payload)]
