"""Several processes on one database: each step once, and any of them answers for all.

Proves: F04, F18, F19.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.engine import ledger
from protocols.clock.events import DuePassed
from store.db import CommitPoint, Database
from store.read import tickets
from tests.kit import history
from tests.kit.bot import RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import SlackProcess, slack_process
from tests.kit.waiting import until
from tests.replicas.handle import Replica
from tests.replicas.replica import replica

pytestmark = [pytest.mark.crash, pytest.mark.slow]
STAGES = 12
SLOW_MS = 600
"""How long a call takes while a process is to be frozen with some under way."""
HELD_UP = "and is tried again: The database is locked by another program, or busy."


@contextmanager
def replicas(slack: SlackProcess, url: str, count: int, folder: Path) -> Iterator[list[Replica]]:
    """Run several bots on one database."""
    with ExitStack() as stack:
        made = [replica(slack.addresses, url, folder / f"replica-{n}.log") for n in range(count)]
        for each in made:
            stack.callback(each.close)
        for each in made:
            each.wait_until_ready()
        yield made


@contextmanager
def frozen(
    slack: SlackProcess, replica: Replica, point: CommitPoint, bot: RunningBot
) -> Iterator[None]:
    """Open more incidents than one can work on, and have one of those who do frozen meanwhile."""
    slack.latency(SLOW_MS)
    for account in ("acme", "elm", "fern", "grove"):
        PlayedIncident(bot, account).open()
    replica.ask(do="freeze", point=point)
    replica.wait_until_frozen()
    slack.latency(40)
    yield
    replica.thaw()


@contextmanager
def onlooker(slack: SlackProcess, url: str) -> Iterator[RunningBot]:
    """Give a bot that decides what it is asked, and carries nothing out."""
    bot = RunningBot(slack.addresses, url)
    bot.program.parts.reader.recall()
    try:
        yield bot
    finally:
        bot.stop()


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


@pytest.fixture
def calm_slack(slack: SlackProcess) -> Iterator[SlackProcess]:
    slack.reset()
    yield slack
    slack.latency(0)


def due_points(database: Database) -> Counter[tuple[str, str]]:
    """Count how often each due point of each ticket was decided."""
    with database.read() as conn:
        return Counter(
            (row.reference, event.key)
            for row in tickets.recent(conn, limit=1_000)
            for event in ledger.history(conn, row.reference)
            if isinstance(event, DuePassed)
        )


def each_step_once(
    slack: SlackProcess, url: str, count: int, folder: Path, *, tickets_in_all: int
) -> None:
    with replicas(slack, url, count, folder) as made, onlooker(slack, url) as bot:
        for number, each in enumerate(made):
            each.ask(do="many", count=tickets_in_all // count, name=str(number))
        for each in made:
            each.answer()
        bot.settle(180)
        bot.put_clock(bot.now() + timedelta(minutes=16))
        until(lambda: _nothing_due(bot), 180, every_s=0.05, what="all due steps")
        assert history.at_rest(bot, slack) == []
        counts = due_points(bot.database)
        activated = {reference for reference, key in counts if key.startswith("open:activation")}
        assert len(activated) == tickets_in_all
        assert set(counts.values()) == {1}


def _nothing_due(bot: RunningBot) -> bool:
    due_at = bot.next_due_at()
    return due_at is None or due_at > bot.now()


def test_two_processes_decide_each_of_many_due_points_once(
    calm_slack: SlackProcess, migrated_postgres_url: str, tmp_path: Path
) -> None:
    each_step_once(calm_slack, migrated_postgres_url, 2, tmp_path, tickets_in_all=40)


@pytest.mark.full
def test_four_processes_decide_each_of_a_hundred_due_points_once(
    calm_slack: SlackProcess, migrated_postgres_url: str, tmp_path: Path
) -> None:
    each_step_once(calm_slack, migrated_postgres_url, 4, tmp_path, tickets_in_all=100)


def test_a_request_that_any_process_handles_counts_for_all(
    calm_slack: SlackProcess, migrated_database_url: str, tmp_path: Path
) -> None:
    url = migrated_database_url
    with replicas(calm_slack, url, 2, tmp_path) as made, onlooker(calm_slack, url) as bot:
        reference = ""
        for number in range(STAGES):
            turn = made[number % 2]
            reference = turn.does(do="stage", stage=number, account="acme", reference=reference)
        bot.settle()
        again = made[1].does(do="stage", stage=0, account="acme", reference="")
        assert again == reference
        assert history.at_rest(bot, calm_slack) == []


def test_a_process_killed_under_load_leaves_its_work_to_the_other(
    calm_slack: SlackProcess, migrated_database_url: str, tmp_path: Path
) -> None:
    url = migrated_database_url
    calm_slack.latency(40)
    with replicas(calm_slack, url, 2, tmp_path) as made, onlooker(calm_slack, url) as bot:
        for account in ("acme", "elm", "fern", "grove"):
            PlayedIncident(bot, account).open()
        until(lambda: len(calm_slack.calls()) > 60, 60, what="work under way")
        made[0].kill()
        assert history.at_rest(bot, calm_slack) == []


def test_a_process_frozen_past_its_lease_sends_nothing_twice(
    calm_slack: SlackProcess, migrated_database_url: str, tmp_path: Path
) -> None:
    url = migrated_database_url
    with replicas(calm_slack, url, 2, tmp_path) as made, onlooker(calm_slack, url) as bot:
        with frozen(calm_slack, made[0], "after", bot):
            bot.settle(180)
        made[0].does(do="stage", stage=0, account="hazel", reference="")
        assert history.at_rest(bot, calm_slack) == []


def test_a_process_frozen_while_it_holds_the_file_holds_the_other_up_for_no_longer(
    calm_slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with (
        replicas(calm_slack, migrated_sqlite_url, 2, tmp_path) as made,
        onlooker(calm_slack, migrated_sqlite_url) as bot,
    ):
        with frozen(calm_slack, made[0], "before", bot):
            until(lambda: HELD_UP in made[1].lines, 90, what="a word about it")
        assert history.at_rest(bot, calm_slack) == []
        assert not set(re.findall("ERROR|Traceback", made[1].lines)), made[1].lines
