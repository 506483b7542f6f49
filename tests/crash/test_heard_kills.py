"""SIGKILL at each point at which a report is heard and opened: once, and not lost.

Proves: F01, F02.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.engine import ledger
from protocols.replies.events import CustomerWrote
from store.db import Database
from store.read import tickets
from tests.crash.lanes import Kill, Lanes
from tests.kit.bot import DIRECTORY
from tests.kit.slack_process import SlackProcess

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("lanes")]
STATEMENT = "Our October statement is missing deals."
TEAM = "T0VENDOR01"

WHO, CHANNEL, CHANNEL_ID = "partner-admin-one", "birch-partners", "C0BIRCHPA1"
"""Birch is a partner: what it writes opens by itself. Source: M16."""


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    with ExitStack() as stack:
        yield Lanes(stack)


def report(folder: Path) -> Callable[[SlackProcess], tuple[str, Path]]:
    """Return what has a contact write in the local Slack, and gives the event of it."""
    directory = folder / "directory.yaml"
    shared = "name: Birch\n    shared_channel: birch-partners\n"
    directory.write_text(DIRECTORY.read_text("utf-8").replace("name: Birch\n", shared, 1), "utf-8")

    def writes(slack: SlackProcess) -> tuple[str, Path]:
        said = slack.act(WHO, "message", channel=CHANNEL, text=STATEMENT)
        (place,) = (each for each in said["state"]["channels"] if each["id"] == CHANNEL_ID)
        message = next(each for each in place["messages"] if each["ts"] == said["ts"])
        event = {**message, "channel": CHANNEL_ID, "event_ts": said["ts"]}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{said['ts']}"}
        return json.dumps({**body, "event": event}), directory

    return writes


@pytest.mark.parametrize("point", ["before", pytest.param("after", marks=pytest.mark.full)])
def test_a_report_that_is_killed_at_each_point_opens_once_and_is_said_once(
    lanes: Lanes, database_url: str, tmp_path: Path, point: str
) -> None:
    lane = lanes.take()
    try:
        plan = [Kill(point, is_choosy=True)]
        tally = lane.suffer(database_url, plan, tmp_path / "report.log", report(tmp_path))
        assert tally.violations == [], "\n".join(tally.violations)
        assert tally.kills > 2, tally.where
        calls = [each for each in lane.slack.calls() if each["applied"]]
    finally:
        lanes.give_back(lane)
    assert [words_of(database_url)] == [[STATEMENT]]
    marks = [each for each in calls if each["method"] == "reactions.add"]
    lines = [each for each in calls if each["method"] == "chat.postMessage"
             and each["args"].get("channel") == CHANNEL_ID]  # fmt: skip
    assert (len(marks), len(lines)) == (1, 1)


def words_of(url: str) -> list[str]:
    """Return what the account wrote, of all tickets."""
    database = Database(url)
    with database.read() as conn:
        every = [row.reference for row in tickets.recent(conn, limit=10)]
        found = [
            event.text
            for reference in every
            for event in ledger.history(conn, reference)
            if isinstance(event, CustomerWrote)
        ]
    database.dispose()
    return found
