"""`bridgewatch verify` says all that it finds, and ends with what a script can act on."""

from __future__ import annotations

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.commands.export import export
from bot.commands.verify import verify
from bot.engine.proof import proof, proof_in_slices, references
from bot.evidence.noting import note
from store.db import Database
from tests.contract.ledger.tampering import without_triggers
from tests.contract.ports.houses import Counting
from tests.kit.bot import environment, settings_of
from tests.kit.past import NOWHERE

pytestmark = pytest.mark.slow


@pytest.fixture
def url(sqlite_desk: str, tmp_path: Path) -> str:
    """Give the URL of a copy of the desk, to be changed."""
    shutil.copy(sqlite_desk.removeprefix("sqlite:///"), tmp_path / "bridgewatch.db")
    return f"sqlite:///{tmp_path / 'bridgewatch.db'}"


def verified(url: str, reference: str | None = None) -> int:
    settings = settings_of(environment(NOWHERE, url))
    return verify(settings, argparse.Namespace(reference=reference))


def test_what_nobody_touched_is_intact(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(url) == 0
    assert verified(url, "BW-1001") == 0
    assert verified(url, "desk") == 0
    assert "chains with" in capsys.readouterr().out


def test_an_unknown_ticket_is_an_error(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(url, "BW-4711") == 1
    assert capsys.readouterr() == ("", "There is no record BW-4711 here.\n")


def test_all_that_is_wrong_is_said_in_sentences(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(url)
    with database.write() as conn:
        without_triggers(conn)
        conn.execute(text("DELETE FROM journal WHERE chain = 'BW-1001' AND seq = 2"))
        conn.execute(text("UPDATE journal SET payload = '{' WHERE chain = 'BW-1002' AND seq = 4"))
        conn.execute(text("UPDATE step SET state = 'done' WHERE state = 'pending'"))
    database.dispose()
    assert verified(url) == 1
    told = capsys.readouterr().out
    assert "The record of BW-1001 does not check out from entry 2 on: entry 2 is missing.\n" in told
    assert (
        "The record of BW-1002 does not check out from entry 4 on: "
        "its payload differs from its digest.\n" in told
    )
    assert "is done, and no entry says so.\n" in told
    assert told.endswith(
        "Nothing has been changed by this check. Tell Compliance; do not edit the database.\n"
    )


GARBLED = {
    "a row": "UPDATE ticket SET body = '{' WHERE reference = 'BW-1001'",
    "its time": "UPDATE ticket SET updated_at = 'noon' WHERE reference = 'BW-1001'",
    "a header": "UPDATE journal SET header = 'null' WHERE chain = 'BW-1001' AND seq = 3",
    "a payload": "UPDATE journal SET payload = x'00' WHERE chain = 'BW-1001' AND seq = 3",
    "words": "UPDATE outbox SET payload = '{' WHERE reference = 'BW-1001'",
    "a due point": "UPDATE step SET value = '[' WHERE reference = 'BW-1001'",
    "a policy": "UPDATE policy SET body = '{'",
    "a note": "UPDATE journal SET payload = '[]' WHERE chain = 'desk' AND kind = 'HeadsNoted'",
    "an end": "UPDATE chain SET seq = 'x' WHERE name = 'BW-1001'",
    "the counter": "UPDATE counter SET value = 'x'",
}


@pytest.mark.parametrize("what", GARBLED)
def test_what_nobody_can_read_is_said_and_ends_no_command_in_a_trace(
    url: str, tmp_path: Path, what: str
) -> None:
    database = Database(url)
    with database.write() as conn:
        note(conn, datetime(2036, 1, 1, tzinfo=UTC), team_id="T0VENDOR01", drill=True)
        without_triggers(conn)
        conn.execute(text(GARBLED[what]))
    database.dispose()
    assert verified(url) == 1
    assert verified(url, "BW-1001") in (0, 1)
    settings = settings_of(environment(NOWHERE, url))
    assert export(settings, argparse.Namespace(reference="BW-1001", to=tmp_path)) in (0, 1, 2)


def test_everything_is_compared_some_records_at_a_time(url: str) -> None:
    database = Counting(url)
    with database.read() as conn:
        many, found = len(references(conn)), proof(conn)
    database.begun.clear()
    assert proof_in_slices(database, at_once=1) == found
    assert database.begun == ["read"] * (1 + many)
    database.dispose()
