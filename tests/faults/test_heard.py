"""A report is heard while Slack goes wrong, and by two processes: one ticket, one mark, one line.

Proves: F06, F07, F08, F09, F18.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from drill.local import LocalSlack
from drill.reading import Seen
from protocols.replies.events import CustomerWrote
from store.read import tickets
from tests.faults.weather import KINDS, MANIFEST, PACE
from tests.kit import history
from tests.kit.bot import DIRECTORY, RunningBot
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.slow]
WHO, CHANNEL, CHANNEL_ID = "partner-admin-one", "birch-partners", "C0BIRCHPA1"
STATEMENT = "Our October statement is missing deals."
MINUTES = timedelta(minutes=3)
SITES = (("reactions.add", ""), ("chat.postMessage", "/heard"))
"""Where a heard report calls Slack for the account, with a piece of the key."""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Return who is who, with a channel in which Birch, a partner, writes."""
    path = tmp_path / "directory.yaml"
    kept = DIRECTORY.read_text(encoding="utf-8")
    shared = f"name: Birch\n    shared_channel: {CHANNEL}\n"
    path.write_text(kept.replace("name: Birch\n", shared, 1), encoding="utf-8")
    return path


@contextmanager
def listening(slack: LocalSlack, url: str, directory: Path) -> Iterator[RunningBot]:
    """Run a bot that hears Birch."""
    named: dict[str, Any] = {"BRIDGEWATCH_DIRECTORY": str(directory)}
    with RunningBot(addresses_of(slack), url, pace=PACE, **named) as bot:
        bot.wait_until_known()
        yield bot


def lines(slack: LocalSlack) -> list[Seen]:
    return [each for each in slack.person(WHO).messages(CHANNEL) if "BW-" in each.words]


def marks(slack: LocalSlack, ts: str) -> list[object]:
    seen = next(each for each in slack.person(WHO).messages(CHANNEL) if each.ts == ts)
    return list(seen.wire.get("reactions", ()))


@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", KINDS)
def test_the_mark_and_the_line_going_wrong_once_come_once(
    kind: str, directory: Path, migrated_sqlite_url: str
) -> None:
    with LocalSlack(MANIFEST) as slack, listening(slack, migrated_sqlite_url, directory) as bot:
        slack.request_url = bot.events_url
        rules = [slack.fault(method, kind, count=1, only_if=piece) for method, piece in SITES]
        said = slack.person(WHO).say(CHANNEL, STATEMENT)
        until(lambda: references(bot) == ["BW-1001"], what="the ticket")
        until(lambda: rules[0].struck and marks(slack, said.ts), what="the mark")
        bot.settle()
        bot.walk_to(bot.ticket("BW-1001").opened_at + MINUTES)
        until(lambda: lines(slack), what="the line")
        bot.settle()
        assert [rule.struck for rule in rules] == [1, 1]
        assert [len(marks(slack, said.ts)), len(lines(slack))] == [1, 1]
        assert history.violations(bot.database, history.Local(slack)) == []


def references(bot: RunningBot) -> list[str]:
    with bot.database.read() as conn:
        return [row.reference for row in tickets.recent(conn, limit=10)]


def hears(bot: RunningBot, message: Seen) -> None:
    """Have a bot hear a message as Slack tells it."""
    body = {"type": "event_callback", "team_id": bot.program.parts.facts.known.identity.team_id,
            "event_id": f"Ev{message.ts}", "event": {**message.wire, "channel": CHANNEL_ID,
                                                     "event_ts": message.ts}}  # fmt: skip
    request = BoltRequest(body=body, mode="socket_mode")
    assert bot.program.missed._app.dispatch(request).status == 200


@pytest.mark.parametrize("texts", [(STATEMENT,), (STATEMENT, "It is about the deals of Cedar.")])
def test_two_processes_that_hear_at_once_open_one_ticket(
    texts: tuple[str, ...], directory: Path, migrated_database_url: str
) -> None:
    url = migrated_database_url
    with (
        LocalSlack(MANIFEST) as slack,
        listening(slack, url, directory) as one,
        listening(slack, url, directory) as two,
    ):
        said = [slack.person(WHO).say(CHANNEL, text) for text in texts]
        gate = threading.Barrier(2)

        def hear(bot: RunningBot, message: Seen) -> None:
            gate.wait(30)
            hears(bot, message)

        pairs = [(one, said[0]), (two, said[-1])]
        threads = [threading.Thread(target=hear, args=pair) for pair in pairs]
        for each in threads:
            each.start()
        for each in threads:
            each.join(60)
        assert references(one) == ["BW-1001"]
        with one.program.parts.desk.gesture() as desk:
            past = desk.history("BW-1001")
        kept = [each.message_ts for each in past if isinstance(each, CustomerWrote)]
        assert sorted(kept) == sorted(each.ts for each in said)
        one.settle()
        one.walk_to(one.ticket("BW-1001").opened_at + MINUTES)
        one.settle()
        assert len(lines(slack)) == 1
        assert sum(len(marks(slack, each.ts)) for each in said) == 1
