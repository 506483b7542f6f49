"""Two open tickets for what they post."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.contract.posted import invented
from tests.contract.posted.place import Place
from tests.kit.bot import RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import SlackProcess, slack_process


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


@pytest.fixture
def place(slack: SlackProcess, migrated_database_url: str) -> Iterator[Place]:
    slack.reset()
    with RunningBot(slack.addresses, migrated_database_url) as bot:
        bot.wait_until_known()
        opened = [PlayedIncident(bot, account) for account in ("acme", "elm")]
        for each in opened:
            each.open()
        bot.settle()
    one, other = (each.reference for each in opened)
    with invented.in_force(), ExitStack() as stack:
        yield Place(slack, migrated_database_url, one, other, stack)
