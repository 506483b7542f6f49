"""A courier that is killed again and again still delivers each row exactly once.

Proves: F01, F02.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from store.db import Database
from store.read import deliveries
from store.write.enqueue import enqueue
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.forked import Fork
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import post, row

CHANNELS = 8


def _called_or_empty(slack: TinySlack, enough: int, left: Callable[[], int]) -> bool:
    return len(slack.calls) > enough or not left()


@pytest.mark.crash
@pytest.mark.slow
def test_a_courier_killed_at_any_moment_loses_and_doubles_nothing(
    database: Database, migrated_database_url: str, slack: TinySlack
) -> None:
    channels = [slack.add_channel(f"c{number}") for number in range(CHANNELS)]
    rows = [post(f"k{n}", channels[n % CHANNELS], reports=n % 2 == 0) for n in range(120)]
    rows += [row(f"create{n}", "conversations.create", {"name": f"bw-{n}-acme"}) for n in range(10)]
    with database.write() as conn:
        enqueue(conn, rows)
    slack.latency_s = 0.02

    def left() -> int:
        with database.read() as conn:
            return deliveries.pending_count(conn)

    kills = 0
    while left():
        arguments = (migrated_database_url, slack.api_url, f"life-{kills}")
        child = Fork("tests.unit.bot.courier.killable", arguments)
        # Killed after another few calls: with eight workers always in the midst of some.
        enough = len(slack.calls) + 20 + kills
        try:
            until(partial(_called_or_empty, slack, enough, left), 30)
        finally:
            child.kill()
            child.wait(10)
        kills += 1
    assert kills > 2
    assert sorted(slack.keys()) == sorted(each.key for each in rows if each.key.startswith("k"))
    names = [each["name"] for each in slack.channels.values()]
    assert len(names) == len(set(names)) == CHANNELS + 10
    for channel in channels:
        keys = [each["metadata"]["event_payload"]["key"] for each in slack.posts
                if each["channel"] == channel]  # fmt: skip
        assert keys == sorted(keys, key=lambda key: int(key[1:]))
