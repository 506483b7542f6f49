"""PostgreSQL is restarted, crashes, or is switched over: the bot goes on, and loses nothing.

Proves: F14.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from drill.local import LocalSlack
from handlers.kit.ports import NotSaved
from tests.conftest import migrated
from tests.faults.weather import ACCOUNTS, running
from tests.kit import history
from tests.kit import postgres as pg
from tests.kit.bot import RunningBot
from tests.kit.errors import ErrorLines
from tests.kit.incident import PlayedIncident, Stage
from tests.kit.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.postgres]

BACK_LIMIT_S = 40.0
NOT_SAVED = "Not saved, nothing sent."


@pytest.fixture
def server() -> Iterator[pg.Server]:
    """Give a PostgreSQL of this test alone; skip without one, fail where one is required."""
    try:
        with pg.private() as found:
            yield found
    except pg.PostgresMissing as missing:
        if pg.required():
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture
def name(server: pg.Server) -> str:
    """Give the name of a migrated database on it."""
    made = server.postgres.create()
    migrated(server.postgres.url(made))
    return made


def open_all(slack: LocalSlack, bot: RunningBot) -> list[PlayedIncident]:
    """Open three incidents, and return while their deliveries are under way."""
    slack.latency(40)
    incidents = [PlayedIncident(bot, account) for account in ACCOUNTS[:3]]
    before = len(slack.calls())
    for incident in incidents:
        incident.open()
    until(lambda: len(slack.calls()) > before + 20, 30, what="work under way")
    return incidents


def again(stage: Stage) -> None:
    """Ask as a person does: once more, until it is saved."""

    def is_saved() -> bool:
        try:
            stage()
        except NotSaved:
            return False
        return True

    until(is_saved, BACK_LIMIT_S, every_s=0.1, what="a database that takes it")


def go_on(bot: RunningBot, incidents: list[PlayedIncident]) -> None:
    """Bring the incidents to T+61, with all that people do in between."""
    for minutes in (2, 16, 20, 40, 43, 61):
        for incident in incidents:
            for stage in _of_minute(incident, minutes):
                again(stage)
        bot.walk_to(incidents[-1].ticket.opened_at + timedelta(minutes=minutes))
    bot.settle(BACK_LIMIT_S)


def _of_minute(incident: PlayedIncident, minutes: int) -> tuple[Stage, ...]:
    return {
        16: (incident.scope,),
        20: (incident.roles, incident.call),
        40: (incident.investigate,),
        43: (incident.draft,),
        61: (incident.release,),
    }.get(minutes, ())


def test_a_database_restarted_under_load_loses_and_doubles_nothing(
    server: pg.Server, name: str, error_lines: ErrorLines
) -> None:
    with running(server.postgres.url(name)) as (slack, bot):
        incidents = open_all(slack, bot)
        server.stop()
        assert not bot.is_ready()
        error_lines.expect("was not saved")
        late = PlayedIncident(bot, "juniper")
        with pytest.raises(NotSaved):
            late.open()
        csm = slack.person("csm-one")
        for command, text in (("/ticket", "mine"), ("/bridge", "status")):
            csm.command(command, text)
            assert NOT_SAVED in csm.ephemerals[-1].words, (command, csm.ephemerals[-1].words)
        assert "bridgewatch_tickets_open NaN" in bot.metrics()
        # Whatever was under way has ended by now, and could not be written down.
        courier = bot.program.parts.courier
        until(lambda: not courier._running, BACK_LIMIT_S, what="the end of running calls")
        server.start()
        until(bot.is_ready, BACK_LIMIT_S, what="a bot that is ready again")
        bot.settle(BACK_LIMIT_S)
        again(late.open)
        go_on(bot, [*incidents, late])
        assert history.violations(bot.database, history.Local(slack)) == []


def test_a_backend_killed_under_load_loses_and_doubles_nothing(
    server: pg.Server, name: str, error_lines: ErrorLines
) -> None:
    with running(server.postgres.url(name)) as (slack, bot):
        incidents = open_all(slack, bot)
        error_lines.expect("was not saved")
        for _ in range(2):
            server.kill_backend(name)
            again(incidents[0].scope)
            until(bot.is_ready, BACK_LIMIT_S, what="a bot that is ready again")
        bot.settle(BACK_LIMIT_S)
        go_on(bot, incidents)
        assert history.violations(bot.database, history.Local(slack)) == []


def sessions_only_read(server: pg.Server, name: str, *, is_so: bool) -> None:
    """Let sessions that begin from now on only read, as on a standby, or write again."""
    with psycopg.connect(server.postgres.admin_url, autocommit=True) as admin:
        word = "on" if is_so else "off"
        admin.execute(
            f'ALTER DATABASE "{name}" SET default_transaction_read_only = {word}'.encode()
        )
        if is_so:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )


def test_sessions_on_an_old_primary_are_left_for_the_new_one_by_themselves(
    server: pg.Server, name: str, error_lines: ErrorLines
) -> None:
    with running(server.postgres.url(name)) as (slack, bot):
        incidents = open_all(slack, bot)
        error_lines.expect("was not saved")
        sessions_only_read(server, name, is_so=True)
        until(lambda: not bot.is_ready(), BACK_LIMIT_S, what="a bot that says it takes no writes")
        late = PlayedIncident(bot, "juniper")
        with pytest.raises(NotSaved):
            late.open()
        # From here on only sessions that are begun anew can write.
        sessions_only_read(server, name, is_so=False)
        until(bot.is_ready, BACK_LIMIT_S, what="a bot that is ready again")
        bot.settle(BACK_LIMIT_S)
        again(late.open)
        go_on(bot, [*incidents, late])
        assert history.violations(bot.database, history.Local(slack)) == []
