"""The real command, ended by SIGKILL and by SIGTERM while it works.

Proves: F01, F20, F21.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from store.db import Database
from store.read import deliveries
from tests.kit import history
from tests.kit.bot import RunningBot
from tests.kit.command import Command, ended_after
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import SlackProcess, slack_process
from tests.kit.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.slow]
SEED = 20_261_122
READY_LIMIT_S = 90.0
DRAIN_LIMIT_S = 10.0


@contextmanager
def desk(slack: SlackProcess, url: str) -> Iterator[RunningBot]:
    """Give the people's side: requests are decided here, but nothing is carried out."""
    bot = RunningBot(slack.addresses, url)
    try:
        yield bot
    finally:
        bot.stop()


def known_to(bot: RunningBot) -> bool:
    """Say whether the bot that was started has read all: the channels are kept last."""
    bot.program.parts.reader.recall()
    return bool(bot.program.parts.facts.known.channels)


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


def kill_at_random(slack: SlackProcess, url: str, folder: Path, kills: int, seed: int) -> list[str]:
    """Play an incident while its bot is killed again and again; return what does not hold."""
    chance = random.Random(seed)
    slack.reset()
    with ended_after(Command(slack.addresses, url, folder / "first.log")) as first:
        first.wait_until_ready()
        with desk(slack, url) as bot:
            until(lambda: known_to(bot), READY_LIMIT_S, what="knowing who is who")
            incident = PlayedIncident(bot)
            incident.open()
            first.end(signal.SIGKILL, DRAIN_LIMIT_S)
            for number in range(1, kills):
                with ended_after(
                    Command(slack.addresses, url, folder / f"{number}.log", forked=True)
                ) as command:
                    command.wait_until_ready()
                    _happens(bot, incident, number)
                    _wait(chance.uniform(0.0, 0.6))
                    command.end(signal.SIGKILL, DRAIN_LIMIT_S)
            with ended_after(Command(slack.addresses, url, folder / "last.log")) as command:
                command.wait_until_ready()
                bot.put_clock(incident.ticket.opened_at + timedelta(minutes=61))
                found = history.at_rest(bot, slack)
                assert command.end(signal.SIGTERM, DRAIN_LIMIT_S) == 0
            return found


def _happens(bot: RunningBot, incident: PlayedIncident, number: int) -> None:
    """Bring the incident on by one stage, and business time by a few minutes."""
    stages = (incident.scope, incident.roles, incident.call, incident.investigate,
              incident.draft, incident.release)  # fmt: skip
    if number <= len(stages):
        stages[number - 1]()
    bot.put_clock(incident.ticket.opened_at + timedelta(minutes=7 * min(number, 8)))


def _wait(seconds: float) -> None:
    """Let the bot work for a random time: here the moment is chance, not a condition."""
    end = time.monotonic() + seconds
    with pytest.raises(AssertionError):
        until(lambda: time.monotonic() > end + 3600, seconds, what="a random instant")


@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.full)])
def test_the_whole_process_killed_again_and_again_loses_and_doubles_nothing(
    slack: SlackProcess, migrated_database_url: str, tmp_path: Path, kills: int
) -> None:
    found = kill_at_random(slack, migrated_database_url, tmp_path, kills, SEED)
    assert found == [], f"seed {SEED}"


def test_sigterm_under_load_drains_and_leaves_no_lease(
    slack: SlackProcess, migrated_database_url: str, tmp_path: Path
) -> None:
    url = migrated_database_url
    slack.reset()
    with ended_after(Command(slack.addresses, url, tmp_path / "bot.log")) as command:
        command.wait_until_ready()
        with desk(slack, url) as bot:
            until(lambda: known_to(bot), READY_LIMIT_S, what="knowing who is who")
            slack.latency(150)
            for account in ("acme", "elm", "fern", "grove"):
                PlayedIncident(bot, account).open()
            until(lambda: leases(bot.database), 30, what="work under way")
            began = time.monotonic()
            code = command.end(signal.SIGTERM, DRAIN_LIMIT_S + 5)
            took_s = time.monotonic() - began
            slack.latency(0)
            assert code == 0
            assert took_s < DRAIN_LIMIT_S
            assert leases(bot.database) == []
            bot.start()
            assert history.at_rest(bot, slack) == []


def leases(database: Database) -> list[str]:
    """Return the keys of rows that somebody is sending."""
    with database.read() as conn:
        references = [f"BW-{1001 + number}" for number in range(4)]
        rows = [row for reference in references for row in deliveries.of_ticket(conn, reference)]
    return [row.key for row in rows if row.state == "sending"]


def test_sigterm_and_sigkill_a_moment_later_lose_and_double_nothing(
    slack: SlackProcess, sqlite_url: str, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    slack.reset()
    with desk(slack, sqlite_url) as bot:
        for number, account in enumerate(("acme", "elm", "fern")):
            log = tmp_path / f"{number}.log"
            command = Command(slack.addresses, sqlite_url, log, forked=number > 0)
            with ended_after(command):
                command.wait_until_ready()
                until(lambda: known_to(bot), READY_LIMIT_S, what="knowing who is who")
                PlayedIncident(bot, account).open()
                command.process.send_signal(signal.SIGTERM)
                _wait(chance.uniform(0.0, 0.3))
        bot.start()
        assert history.at_rest(bot, slack) == [], f"seed {SEED}"


def strace(number: int) -> tuple[str, ...]:
    """Return what kills a process at the number-th time a thread of it flushes the database."""
    inject = f"inject=fdatasync:signal=KILL:when={number}"
    return ("strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fdatasync", "-e", inject)


@pytest.mark.full
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_process_killed_inside_any_flush_loses_and_doubles_nothing(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    url = migrated_sqlite_url
    slack.reset()
    with desk(slack, url) as bot:
        with ended_after(Command(slack.addresses, url, tmp_path / "first.log")) as first:
            first.wait_until_ready()
            until(lambda: known_to(bot), READY_LIMIT_S, what="knowing who is who")
        incident = PlayedIncident(bot)
        incident.open()
        killed = 0
        for number in range(1, 29):
            log = tmp_path / f"{number}.log"
            with ended_after(
                Command(slack.addresses, url, log, under=strace(1 + number % 6))
            ) as command:
                if number % 3 == 0:
                    _happens(bot, incident, number // 3)
                killed += command.dies_within(2.0)
        assert killed >= 10
        bot.put_clock(incident.ticket.opened_at + timedelta(minutes=61))
        bot.start()
        assert history.at_rest(bot, slack) == []
