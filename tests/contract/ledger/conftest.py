"""A desk with two open incidents, played once on each engine; what a test does to it is undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store.db import Connection, Database
from tests.contract.ledger.tampering import without_triggers
from tests.contract.store.samples import rolled_back
from tests.kit.bot import RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.postgres import Postgres
from tests.kit.slack_process import SlackProcess, slack_process

FAR = timedelta(minutes=17)
ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def ledger_slack() -> Iterator[SlackProcess]:
    """Give a local Slack."""
    with slack_process() as running:
        yield running


def played(slack: SlackProcess, url: str) -> None:
    """Play two incidents, one of them on its way."""
    slack.reset()
    with RunningBot(slack.addresses, url) as bot:
        bot.wait_until_known()
        first, second = PlayedIncident(bot, "acme"), PlayedIncident(bot, "elm")
        for incident in (first, second):
            incident.open()
        bot.settle()
        first.scope()
        first.roles()
        bot.walk_to(first.ticket.opened_at.replace(microsecond=0) + FAR)
        bot.settle()


@pytest.fixture(scope="session")
def sqlite_desk(
    ledger_slack: SlackProcess, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Give the URL of the desk in a file."""
    path = tmp_path_factory.mktemp("desk") / "bridgewatch.db"
    shutil.copy(sqlite_template, path)
    played(ledger_slack, f"sqlite:///{path}")
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_desk(
    ledger_slack: SlackProcess, postgres: Postgres, postgres_template: str
) -> Iterator[str]:
    """Give the URL of the desk on a server."""
    name = postgres.create(postgres_template)
    played(ledger_slack, postgres.url(name))
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=ENGINES)
def desk_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of the desk, once on each engine."""
    url: str = request.getfixturevalue(f"{str(request.param).removesuffix('ql')}_desk")
    return url


@pytest.fixture
def desk(desk_url: str) -> Iterator[Connection]:
    """Give a writing connection to the desk, on which the journal may be changed."""
    database = Database(desk_url)
    with rolled_back(database) as conn:
        without_triggers(conn)
        yield conn
    database.dispose()
