"""Two processes hear one report, and people press in both at once: one question, one ticket.

Proves: F04, F18.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.engine import ledger, nudges
from protocols.nudges.events import NudgeAnswered
from protocols.nudges.state import NudgeAsking
from protocols.replies.events import CustomerWrote
from protocols.targets.events import Acknowledged
from store.db import Database
from store.read import tickets
from tests.kit import history
from tests.kit.bot import RunningBot
from tests.kit.report import says, ts_of
from tests.kit.slack_process import SlackProcess, slack_process
from tests.kit.waiting import until
from tests.replicas.handle import Replica
from tests.replicas.test_replicas import onlooker, replicas

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.postgres]
WHO, CHANNEL, CHANNEL_ID = "ap-director-one", "acme-support", "C0ACMESUP1"
WORDS = ["The export of October is missing two rows.", "Both of the 14th."]
REF = "BW-1001"


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


def both(made: list[Replica], *orders: Mapping[str, object]) -> list[str]:
    """Give an order to each at the same moment; return what they say."""
    for each, order in zip(made, orders, strict=True):
        each.ask(**order)
    return [each.answer() for each in made]


def press(what: str, of: str) -> list[dict[str, object]]:
    """Return that two of us press the same button, each in a process of their own."""
    return [{"do": "ask", "press": what, "of": of, "who": who} for who in ("csm-one", "csm-two")]


def found(database: Database, reference: str, kind: type) -> list[object]:
    with database.read() as conn:
        return [each for each in ledger.history(conn, reference) if isinstance(each, kind)]


def questions(bot: RunningBot) -> list[str]:
    """Return what our people were asked; those of which no ticket is on its way, too."""
    with bot.database.read() as conn:
        asked = nudges.asked_since(conn, "acme", bot.now() - timedelta(days=1))
        return [each.reference for each in asked]


def stands(bot: RunningBot) -> bool:
    """Say whether each question knows its ticket."""
    with bot.database.read() as conn:
        asked = nudges.asked_since(conn, "acme", bot.now() - timedelta(days=1))
        return all(each.of(NudgeAsking).ticket for each in asked)


def test_what_two_processes_hear_and_open_and_take_at_once_is_once(
    slack: SlackProcess, migrated_postgres_url: str, tmp_path: Path
) -> None:
    url = migrated_postgres_url
    with replicas(slack, url, 2, tmp_path) as made, onlooker(slack, url) as bot:
        told = [says(slack, WHO, CHANNEL, text) for text in WORDS]
        for event in told:
            assert both(made, *[{"do": "hear", "event": event}] * 2) == ["taken", "taken"]
        (name,) = questions(bot)
        assert name.endswith(ts_of(told[0]))
        assert sorted(both(made, *press("open", name))) == ["already_done", name]
        assert len(found(bot.database, name, NudgeAnswered)) == 1
        until(lambda: stands(bot), what="the ticket")
        for event in told:
            assert both(made, *[{"do": "hear", "event": event}] * 2) == ["taken", "taken"]
        with bot.database.read() as conn:
            assert [row.reference for row in tickets.recent(conn, limit=10)] == [REF]
        said = found(bot.database, REF, CustomerWrote)
        assert [each.text for each in said if isinstance(each, CustomerWrote)] == WORDS
        assert sorted(both(made, *press("take", REF))) == [REF, "already_done"]
        assert len(found(bot.database, REF, Acknowledged)) == 1
        bot.put_clock(bot.now() + timedelta(minutes=3))
        assert history.at_rest(bot, slack) == []
        calls = [each for each in slack.calls() if each["applied"]]
        posts = [each for each in calls if each["method"] == "chat.postMessage"]
        assert len([each for each in posts if "/asked/" in history.key_of(each)]) == 1
        assert len([each for each in posts if history.key_of(each) == f"{REF}/heard"]) <= 1
        assert len([each for each in calls if each["method"] == "reactions.add"]) == 1
