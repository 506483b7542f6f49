"""A command that cannot do its work says why in one line, and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from drill.local import LocalSlack
from store.db import Database
from store.schema import revision
from tests.kit import forked
from tests.kit.bot import environment
from tests.kit.command import ROOT, inherited
from tests.kit.ports import free_port
from tests.kit.slack_process import SlackAddresses, addresses_of
from tests.kit.waiting import until

pytestmark = pytest.mark.slow
NOWHERE = SlackAddresses("http://127.0.0.1:9/api/", "", "smtp://127.0.0.1:9", "http://127.0.0.1:9")
LIMIT_S = 60.0


def ran(*arguments: str, slack: SlackAddresses = NOWHERE, url: str, **more: str) -> tuple[int, str]:
    """Run a command; return its exit code and all that it wrote."""
    settings = inherited() | environment(slack, url, **more)
    with TemporaryDirectory() as folder:
        log = Path(folder) / "told"
        code, told = forked.ran("bot.__main__", arguments, settings, log, LIMIT_S)
    assert "Traceback" not in told
    return code, told


def test_the_command_line_itself_starts_in_a_process_that_has_loaded_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "verify"],
        cwd=ROOT,
        env=inherited() | environment(NOWHERE, f"postgresql://desk:x@127.0.0.1:{free_port()}/desk"),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "bridgewatch: The database (DATABASE_URL) cannot be reached.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("doctor",),
        ("migrate",),
        ("outbox", "list"),
        ("export", "BW-1001"),
        ("rebuild",),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_database_that_is_away_is_one_line(arguments: tuple[str, ...]) -> None:
    url = f"postgresql://desk:the-password@127.0.0.1:{free_port()}/desk"
    code, told = ran(*arguments, url=url)
    assert code == 2
    assert told.splitlines()[-1] == "bridgewatch: The database (DATABASE_URL) cannot be reached."
    assert "the-password" not in told


def test_a_database_file_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, told = ran("migrate", url=f"sqlite:///{tmp_path / 'file' / 'bridgewatch.db'}")
    assert code == 2
    assert "The database file (DATABASE_URL) cannot be used" in told.splitlines()[-1]


ASKING = [
    ("verify",),
    ("doctor",),
    ("outbox", "list"),
    ("outbox", "retry"),
    ("format",),
    ("format", "raise"),
    ("export", "BW-1001"),
]


@pytest.mark.parametrize("arguments", ASKING, ids=" ".join)
def test_a_mistyped_address_is_named_and_nothing_is_made_there(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    code, told = ran(*arguments, url=f"sqlite:///{tmp_path / 'mistyped' / 'bridgewatch.db'}")
    assert code == 2
    assert "mistyped/bridgewatch.db: check DATABASE_URL. Nothing was made." in told
    assert list(tmp_path.iterdir()) == []


def test_in_an_empty_database_nothing_is_made_by_asking(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).touch()
    code, told = ran("verify", url=database_url)
    assert code == 2
    assert "There is nothing in the database at this address: check DATABASE_URL" in told
    database = Database(database_url)
    with database.read() as conn:
        assert revision(conn) is None
    database.dispose()


def test_an_older_database_is_not_migrated_by_asking(migrated_sqlite_url: str) -> None:
    database = Database(migrated_sqlite_url)
    with database.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    code, told = ran("outbox", "list", url=migrated_sqlite_url)
    assert code == 2
    assert "is at revision 0004; this program needs" in told
    assert "run bridgewatch migrate" in told
    assert "alembic.runtime" not in told
    with database.read() as conn:
        assert revision(conn) == "0004"
    database.dispose()


@pytest.mark.postgres
def test_a_rebuild_says_how_many_tickets_it_looked_at(migrated_sqlite_url: str) -> None:
    code, told = ran("rebuild", url=migrated_sqlite_url)
    assert code == 0
    assert told == "0 tickets were looked at; listed anew: 0.\n"


def test_a_database_that_does_not_exist_is_named_by_its_server(postgres_url: str) -> None:
    code, told = ran("verify", url=f"{postgres_url}_of_another")
    assert code == 2
    assert "cannot be reached. PostgreSQL says: database" in told.splitlines()[-1]


def test_the_doctor_names_what_is_wrong_with_both_tokens(migrated_sqlite_url: str) -> None:
    with LocalSlack(ROOT / "app.yaml") as slack:
        code, told = ran(
            "doctor",
            slack=addresses_of(slack),
            url=migrated_sqlite_url,
            SLACK_BOT_TOKEN="xoxb-wrong",
            SLACK_APP_TOKEN="xoxb-drill",
        )
    assert code == 1
    assert "- Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in told
    assert "- Slack refuses SLACK_APP_TOKEN (not_allowed_token_type)" in told


def test_the_doctor_says_that_slack_is_out_of_reach(migrated_sqlite_url: str) -> None:
    code, told = ran("doctor", url=migrated_sqlite_url)
    assert code == 1
    assert "- Slack cannot be asked: no connection" in told


def test_a_command_that_is_interrupted_ends_without_a_trace(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "out.txt"
    with LocalSlack(ROOT / "app.yaml") as slack, log.open("wb") as out:
        slack.fault("*", "hang", count=0)
        settings = environment(addresses_of(slack), migrated_sqlite_url)
        # A shell that runs the tests in the background has Ctrl-C ignored; a person's has not.
        command = ["env", "--default-signal=INT", sys.executable, "-m", "bot", "doctor"]
        doctor = subprocess.Popen(
            command, cwd=ROOT, env=inherited() | settings, stdout=out, stderr=out
        )
        until(lambda: slack.calls("auth.test"), LIMIT_S, what="the doctor's question")
        os.kill(doctor.pid, signal.SIGINT)
        assert doctor.wait(LIMIT_S) == 130
    assert "Traceback" not in log.read_text()
