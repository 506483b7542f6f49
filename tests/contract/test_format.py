"""`bridgewatch format`: what a running bot lets it see, and when it raises."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from bot.commands import format as command
from bot.settings import Settings
from store import newer
from store.db import Connection
from store.write import meta
from tests.kit.bot import RunningBot, environment, settings_of
from tests.kit.past import NOWHERE, opened
from tests.kit.slack_process import SlackProcess, slack_process
from tests.kit.waiting import until

pytestmark = pytest.mark.slow
NOTHING = argparse.Namespace()


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


@pytest.fixture
def settings(migrated_database_url: str) -> Settings:
    return settings_of(environment(NOWHERE, migrated_database_url))


@pytest.fixture
def running(slack: SlackProcess, migrated_database_url: str) -> Iterator[RunningBot]:
    with RunningBot(slack.addresses, migrated_database_url) as bot:
        until(lambda: at_work(bot) == 1, what="the bot's word that it is there")
        yield bot


def at_work(bot: RunningBot) -> int:
    with bot.database.read() as conn:
        return len(processes(conn))


def processes(conn: Connection) -> list[str]:
    names = conn.exec_driver_sql("SELECT name FROM meta").scalars()
    return [name for name in names if name.startswith("process/")]


def test_a_running_bot_is_seen_with_the_format_it_knows(
    running: RunningBot, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.show(settings, NOTHING) == 0
    told = capsys.readouterr().out
    assert told == (
        f"Records are in format 1. This program knows format {newer.FORMAT}.\n"
        f"One process is at work; known: format {newer.FORMAT}. {command.UNSEEN}\n"
    )


def test_a_bot_that_has_ended_is_not_seen(
    slack: SlackProcess,
    settings: Settings,
    migrated_database_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with RunningBot(slack.addresses, migrated_database_url) as bot:
        until(lambda: at_work(bot) == 1, what="the bot's word that it is there")
    assert command.show(settings, NOTHING) == 0
    assert "No process was seen at work" in capsys.readouterr().out


def test_a_database_on_which_nothing_has_run_yet_is_told_of(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.show(settings, NOTHING) == 0
    assert "No process was seen at work" in capsys.readouterr().out


def test_nothing_is_raised_while_an_older_process_is_left(
    running: RunningBot, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with running.database.write() as conn:
        [known] = processes(conn)
        about = meta.get(conn, known)
        assert isinstance(about, dict)
        meta.put(conn, "process/older", {**about, "knows": newer.FORMAT - 1})
        meta.put(conn, newer.FORMAT_FACT, newer.FORMAT - 1)
    assert command.raise_it(settings, NOTHING) == 1
    assert "knows only format" in capsys.readouterr().err
    with running.database.read() as conn:
        assert meta.get(conn, newer.FORMAT_FACT) == newer.FORMAT - 1


def test_it_is_raised_when_all_who_are_left_know_it(
    running: RunningBot, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with running.database.write() as conn:
        meta.put(conn, newer.FORMAT_FACT, newer.FORMAT - 1)
    assert command.raise_it(settings, NOTHING) == 0
    assert f"Records are in format {newer.FORMAT} from now on" in capsys.readouterr().out
    with running.database.read() as conn:
        assert newer.written(conn) == newer.FORMAT


def test_what_is_raised_already_is_said_so(
    settings: Settings, migrated_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(migrated_database_url) as database, database.write() as conn:
        newer.put_format(conn, newer.FORMAT)
    assert command.raise_it(settings, NOTHING) == 1
    assert "Nothing was raised. Records are in format" in capsys.readouterr().err
