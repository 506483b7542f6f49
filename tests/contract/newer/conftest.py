"""Fixtures: a whole bot of today on each database, whose records a newer one has touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.newer.hand import NewerHand
from tests.kit.bot import RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import SlackProcess, slack_process


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


@pytest.fixture
def bot(slack: SlackProcess, migrated_database_url: str) -> Iterator[RunningBot]:
    slack.reset()
    with RunningBot(slack.addresses, migrated_database_url) as running:
        running.wait_until_known()
        yield running


@pytest.fixture
def incident(bot: RunningBot) -> PlayedIncident:
    opened = PlayedIncident(bot)
    opened.open()
    bot.settle()
    return opened


@pytest.fixture
def newer(bot: RunningBot, incident: PlayedIncident) -> NewerHand:
    return NewerHand(bot.database, incident.reference)
