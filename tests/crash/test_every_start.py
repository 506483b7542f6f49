"""Every start starts, whatever Slack says; and who is called ready answers the first command.

Proves: F10, F14.
"""

from __future__ import annotations

import itertools
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from drill.local import LocalSlack
from tests.conftest import Fresh
from tests.kit.bot import RunningBot
from tests.kit.command import APP_TOKEN, Command, ended_after
from tests.kit.incident import PlayedIncident
from tests.kit.ports import free_port
from tests.kit.slack_process import SlackProcess, addresses_of, slack_process
from tests.kit.waiting import pause, until

pytestmark = [pytest.mark.crash, pytest.mark.slow]
MANIFEST = Path(__file__).parents[2] / "app.yaml"
START_LIMIT_S = 60.0
END_LIMIT_S = 11.0
LANES = 2
STARTS = 8
MOST_LINES = 25


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


def first_command(mode: str, url: str, log: Path, *, forked: bool) -> str:
    """Start a bot, type a command as soon as it is ready, and return what the person reads."""
    with LocalSlack(MANIFEST, mode=mode) as slack:
        app_token = APP_TOKEN if mode == "socket" else ""
        made = Command(addresses_of(slack), url, log, forked=forked, SLACK_APP_TOKEN=app_token)
        slack.request_url = f"http://127.0.0.1:{made.port}/slack/events"
        with ended_after(made) as command:
            until(lambda: command.ready()[0] == 200, START_LIMIT_S, every_s=0.002, what="ready")
            csm = slack.person("csm-one")
            csm.command("/ticket", "mine")
            assert csm.notices == []
            assert command.end(signal.SIGTERM, END_LIMIT_S) == 0
            return csm.ephemerals[-1].words


def test_whoever_is_called_ready_answers_the_first_command(
    fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    numbers = itertools.count()

    def one(mode: str) -> str:
        with fresh_sqlite() as url:
            number = next(numbers)
            log = tmp_path / f"start-{number}.log"
            return first_command(mode, url, log, forked=number >= LANES)

    with ThreadPoolExecutor(LANES) as lanes:
        told = list(lanes.map(one, ["socket", "http"] * (STARTS // 2)))
    assert len(told) == STARTS
    assert len(set(told)) == 1, told


def closed_address() -> str:
    """Return where nobody listens."""
    return f"http://127.0.0.1:{free_port()}/api/"


@pytest.mark.parametrize("app_token", [APP_TOKEN, ""], ids=["socket", "http"])
def test_without_slack_it_starts_runs_timers_and_sends_mail(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path, app_token: str
) -> None:
    slack.reset()
    people = RunningBot(slack.addresses, migrated_sqlite_url)
    people.program.parts.reader.read()
    incident = PlayedIncident(people)
    incident.open()
    made = Command(
        slack.addresses,
        migrated_sqlite_url,
        tmp_path / "bot.log",
        SLACK_API_URL=closed_address(),
        SLACK_APP_TOKEN=app_token,
    )
    with ended_after(made) as command:
        command.wait_until_ready()
        until(slack.mails, START_LIMIT_S, every_s=0.1, what="a mail")
        later = incident.ticket.opened_at + timedelta(minutes=61)
        people.put_clock(later)
        until(
            lambda: (due_at := people.next_due_at()) is None or due_at > later,
            START_LIMIT_S,
            every_s=0.1,
            what="the timers",
        )
        status, state = command.ready()
        assert (status == 503, "socket" in state) == (bool(app_token), bool(app_token))
        assert command.end(signal.SIGTERM, END_LIMIT_S) == 0
    people.stop()
    assert "Traceback" not in command.lines


@pytest.mark.parametrize(
    ("wrong", "part"), [("SLACK_APP_TOKEN", "socket"), ("SLACK_BOT_TOKEN", "people")]
)
def test_a_wrong_token_is_one_line_and_the_process_lives(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path, wrong: str, part: str
) -> None:
    slack.reset()
    settings = {"SLACK_APP_TOKEN": APP_TOKEN, wrong: "xoxb-of-another-app"}
    log = tmp_path / "bot.log"
    made = Command(slack.addresses, migrated_sqlite_url, log, under=(), forked=False, **settings)
    with ended_after(made) as command:
        command.wait_until_ready()
        until(lambda: f"{wrong} (invalid_auth)" in command.ready()[1].get(part, ""), 20)
        pause(2.0)
        assert command.lines.count(f"{wrong} (invalid_auth)") == 1
        assert "Traceback" not in command.lines
        assert len(command.lines.splitlines()) < MOST_LINES
        assert command.end(signal.SIGTERM, END_LIMIT_S) == 0


def test_a_port_that_is_taken_is_one_line_and_an_end(
    slack: SlackProcess, migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = str(other.getsockname()[1])
        log = tmp_path / "bot.log"
        made = Command(slack.addresses, migrated_sqlite_url, log, BRIDGEWATCH_PORT=taken)
        with ended_after(made) as command:
            assert command.process.wait(START_LIMIT_S) == 2
    assert "BRIDGEWATCH_PORT chooses a different one" in command.lines
    assert "Traceback" not in command.lines


def test_a_database_that_is_away_is_one_line_and_an_end(
    slack: SlackProcess, tmp_path: Path
) -> None:
    away = f"postgresql://desk:secret-of-the-desk@127.0.0.1:{free_port()}/desk"
    made = Command(slack.addresses, away, tmp_path / "bot.log")
    with ended_after(made) as command:
        assert command.process.wait(START_LIMIT_S) == 2
    last = command.lines.splitlines()[-1]
    assert last == "bridgewatch: The database (DATABASE_URL) cannot be reached."
    assert "Traceback" not in command.lines
    assert "secret-of-the-desk" not in command.lines
