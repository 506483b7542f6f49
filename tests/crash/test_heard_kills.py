"""SIGKILL at each point at which a report is heard and opened: once, and not lost.

Proves: F01, F02.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.engine import ledger
from protocols.replies.events import CustomerWrote
from store.db import Database
from store.read import tickets
from tests.crash.lanes import Kill, Lanes
from tests.kit.bot import DIRECTORY
from tests.kit.report import Report, Told, says

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("lanes")]
STATEMENT = "Our October statement is missing deals."

WHO, CHANNEL, CHANNEL_ID = "partner-admin-one", "birch-partners", "C0BIRCHPA1"
"""Birch is a partner: what it writes opens by itself. Source: M16."""


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    with ExitStack() as stack:
        yield Lanes(stack)


def report(folder: Path) -> Report:
    """Return what has a contact of Birch write in the local Slack."""
    directory = folder / "directory.yaml"
    shared = "name: Birch\n    shared_channel: birch-partners\n"
    directory.write_text(DIRECTORY.read_text("utf-8").replace("name: Birch\n", shared, 1), "utf-8")
    return lambda slack: Told((says(slack, WHO, CHANNEL, STATEMENT),), directory)


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
    assert words_of(database_url) == [[STATEMENT]]
    marks = [each for each in calls if each["method"] == "reactions.add"]
    lines = [each for each in calls if each["method"] == "chat.postMessage"
             and each["args"].get("channel") == CHANNEL_ID]  # fmt: skip
    assert (len(marks), len(lines)) == (1, 1)


def words_of(url: str) -> list[list[str]]:
    """Return what the account wrote, of each ticket."""
    database = Database(url)
    try:
        with database.read() as conn:
            histories = [
                ledger.history(conn, each.reference) for each in tickets.recent(conn, limit=10)
            ]
    finally:
        database.dispose()
    return [
        [event.text for event in history if isinstance(event, CustomerWrote)]
        for history in histories
    ]
