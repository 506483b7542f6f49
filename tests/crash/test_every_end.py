"""Every end ends: however often it is asked, whenever, over HTTP and over sockets. Source: L8.

Proves: F11, F20.
"""

from __future__ import annotations

import itertools
import random
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.ending import CUT_SHORT
from tests.conftest import Fresh
from tests.kit.bot import RunningBot
from tests.kit.command import APP_TOKEN, Command, ended_after
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import SlackProcess, slack_process
from tests.kit.waiting import pause, until

pytestmark = [pytest.mark.crash, pytest.mark.slow]
SEED = 20_261_129
LANES = 2
REAL = 4
END_LIMIT_S = 11.0
HANGS_S = 16.0


@dataclass(frozen=True, slots=True)
class Plan:
    """One end: how the bot hears of Slack, when it is asked to end, how often and by what."""

    number: int
    over_socket: bool
    waits_for_start: bool
    after_s: float
    signs: tuple[signal.Signals, ...]
    between_s: float


def plans(count: int, seed: int) -> list[Plan]:
    """Return as many ends at random instants; one in five comes while the bot still starts."""
    chance = random.Random(seed)
    return [
        Plan(
            number=number,
            over_socket=number % 2 == 1,
            waits_for_start=(starts := chance.random() > 0.2),
            after_s=chance.uniform(0.0, 1.0) if starts else chance.uniform(0.3, 3.0),
            signs=tuple(
                chance.choice((signal.SIGTERM, signal.SIGINT)) if starts else signal.SIGTERM
                for _ in range(1 + number // 2 % 2)
            ),
            between_s=chance.choice((0.0, 0.0005, chance.uniform(0.0, 0.3))),
        )
        for number in range(count)
    ]


def carry_out(plan: Plan, slack: SlackProcess, url: str, log: Path) -> str:
    """Start a bot, end it as planned, and return what was wrong with its end, if anything."""
    app_token = APP_TOKEN if plan.over_socket else ""
    # The first few are the command itself; the others begin where its imports are done.
    forked = plan.waits_for_start and plan.number >= REAL
    made = Command(slack.addresses, url, log, forked=forked, SLACK_APP_TOKEN=app_token)
    with ended_after(made) as command:
        if plan.waits_for_start:
            command.wait_until_ready()
        pause(plan.after_s)
        has_started = command.has_started()
        began_s = time.monotonic()
        for sign in plan.signs:
            command.process.send_signal(sign)
            pause(plan.between_s)
        try:
            code = command.process.wait(HANGS_S)
        except Exception as late:  # noqa: BLE001 - which end it was is what matters
            return f"{plan}: it did not end: {late!r}"
        took_s = time.monotonic() - began_s
        allowed = (0,) if has_started else (0, -signal.SIGTERM, CUT_SHORT)
        if took_s > END_LIMIT_S or code not in allowed or "Traceback" in command.lines:
            return f"{plan}: {took_s:.1f} s, exit code {code}: {command.lines[-2000:]}"
    return ""


def ends(count: int, slack: SlackProcess, fresh: Fresh, folder: Path, seed: int) -> list[str]:
    """Carry out many ends, some side by side; return what was wrong."""
    numbers = itertools.count()

    def one(plan: Plan) -> str:
        with fresh() as url:
            return carry_out(plan, slack, url, folder / f"end-{next(numbers)}.log")

    with ThreadPoolExecutor(LANES) as lanes:
        return [wrong for wrong in lanes.map(one, plans(count, seed)) if wrong]


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


def test_twenty_ends_at_random_instants_all_end(
    slack: SlackProcess, fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    assert ends(20, slack, fresh_sqlite, tmp_path, SEED) == [], f"seed {SEED}"


class Mute:
    """Takes connections and never says a word: a mail server that hangs."""

    def __enter__(self) -> str:
        self._listener = socket.create_server(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._listener.close()


def ended_in_time(command: Command, codes: tuple[int, ...] = (0,)) -> None:
    """Ask a bot to end, and check that it does."""
    began_s = time.monotonic()
    command.process.send_signal(signal.SIGTERM)
    code = command.process.wait(HANGS_S)
    assert time.monotonic() - began_s < END_LIMIT_S
    assert code in codes, command.lines
    assert "Traceback" not in command.lines


def with_an_incident(slack: SlackProcess, url: str) -> None:
    """Leave an incident in the database whose deliveries are still to be made."""
    slack.reset()
    people = RunningBot(slack.addresses, url)
    people.program.parts.reader.read()
    PlayedIncident(people).open()
    people.stop()


@pytest.mark.parametrize(
    "app_token",
    [
        pytest.param(APP_TOKEN, id="socket"),
        pytest.param("", id="http", marks=pytest.mark.full),
    ],
)
def test_it_ends_while_slack_hangs(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path, app_token: str
) -> None:
    with_an_incident(slack, migrated_sqlite_url)
    slack.fault(method="*", kind="hang", count=0)
    made = Command(
        slack.addresses, migrated_sqlite_url, tmp_path / "bot.log", SLACK_APP_TOKEN=app_token
    )
    with ended_after(made) as command:
        command.wait_until_ready()
        until(lambda: len(slack.calls()) > 5, HANGS_S, what="calls that hang")
        ended_in_time(command)
    slack.reset()


@pytest.mark.full
def test_it_ends_while_the_mail_server_hangs(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with_an_incident(slack, migrated_sqlite_url)
    with Mute() as smtp_url:
        made = Command(
            slack.addresses, migrated_sqlite_url, tmp_path / "bot.log", SMTP_URL=smtp_url
        )
        with ended_after(made) as command:
            command.wait_until_ready()
            until(slack.calls, HANGS_S, what="work under way")
            ended_in_time(command)


@pytest.mark.full
def test_it_ends_while_the_database_is_locked(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with_an_incident(slack, migrated_sqlite_url)
    slack.latency(300)
    made = Command(slack.addresses, migrated_sqlite_url, tmp_path / "bot.log")
    with ended_after(made) as command:
        command.wait_until_ready()
        with locked(migrated_sqlite_url):
            until(lambda: command.ready()[0] == 503, HANGS_S, every_s=0.1, what="a locked database")
            ended_in_time(command, (0, CUT_SHORT))
    slack.reset()


def test_it_ends_while_it_starts_on_a_locked_database(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with locked(migrated_sqlite_url):
        made = Command(slack.addresses, migrated_sqlite_url, tmp_path / "bot.log")
        with ended_after(made) as command:
            until(
                lambda: "No status page" in command.lines, HANGS_S, what="the middle of its start"
            )
            ended_in_time(command, (0, CUT_SHORT, 2))


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the database as another program would."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.full
def test_two_hundred_ends_at_random_instants_all_end(
    slack: SlackProcess, fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    assert ends(200, slack, fresh_sqlite, tmp_path, SEED + 1) == [], f"seed {SEED + 1}"
