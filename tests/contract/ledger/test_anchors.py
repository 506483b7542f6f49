"""Ends of chains are noted outside the database, and what was done behind them shows.

Proves: T25, F36.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.commands.verify import verify
from bot.evidence.anchoring import Anchoring
from bot.evidence.anchors import Anchors
from bot.evidence.noting import changed_words, note, notes
from store.db import Database
from store.journal_rows import DESK, Head
from store.read import chains
from tests.contract.ledger.tampering import without_triggers
from tests.kit.bot import RunningBot, environment, settings_of
from tests.kit.past import NOWHERE
from tests.kit.slack_process import SlackProcess
from tests.kit.waiting import until

pytestmark = pytest.mark.slow
DAY = datetime(2026, 11, 29, 23, 50, tzinfo=UTC)
LONG_AFTER = datetime(2036, 1, 1, tzinfo=UTC)
ENDS = (Head("BW-1001", 7, "a" * 64), Head("desk", 2, "b" * 64))


# ------------------------------------------------------------------ the folder


def test_a_day_has_one_anchor_that_holds_what_has_changed(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    assert anchors.is_due(DAY)
    assert anchors.write(ENDS, DAY) == tmp_path / "anchors" / "000001-2026-11-29.json"
    assert not anchors.is_due(DAY + timedelta(minutes=9))
    assert anchors.is_due(DAY + timedelta(minutes=11))
    anchors.write((Head("BW-1001", 9, "c" * 64), ENDS[1]), DAY + timedelta(days=1))
    found, wrong = anchors.read()
    assert ([sorted(each.heads) for each in found], wrong) == (
        [["BW-1001", "desk"], ["BW-1001"]],
        (),
    )


def test_an_anchor_is_never_written_again(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    path = anchors.write(ENDS, DAY)
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o444
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def edited(path: Path) -> None:
    path.chmod(0o600)
    path.write_text(path.read_text().replace('"BW-1001":[7', '"BW-1001":[6'))


def emptied(path: Path) -> None:
    path.chmod(0o600)
    path.write_text("")


@pytest.mark.parametrize("act", [edited, emptied, Path.unlink], ids=lambda act: act.__name__)
def test_an_anchor_that_was_changed_or_taken_away_shows_at_the_next_one(
    tmp_path: Path, act: Callable[[Path], object]
) -> None:
    anchors = Anchors(tmp_path)
    first = anchors.write(ENDS, DAY)
    anchors.write(ENDS, DAY + timedelta(days=1))
    assert first is not None
    act(first)
    wrong = anchors.read()[1]
    assert wrong[-1].chain == "the anchor 000002-2026-11-30.json"
    assert wrong[-1].reason == "it does not follow the one before it"


def test_with_a_key_only_its_holder_can_write_an_anchor(tmp_path: Path) -> None:
    Anchors(tmp_path, "the-key").write(ENDS, DAY)
    assert Anchors(tmp_path, "the-key").read()[1] == ()
    (wrong,) = Anchors(tmp_path, "another").read()[1]
    assert wrong.reason == "it is not signed with the key that is set"
    assert "the-key" not in (tmp_path / "000001-2026-11-29.json").read_text()


def test_a_key_that_is_set_later_signs_at_once_and_stands_for_all_before(tmp_path: Path) -> None:
    Anchors(tmp_path).write(ENDS, DAY)
    keyed = Anchors(tmp_path, "the-key")
    assert keyed.read()[1] != ()
    assert keyed.is_due(DAY)
    keyed.write(ENDS, DAY)
    assert (keyed.read()[1], keyed.is_due(DAY)) == ((), False)


def test_of_two_that_write_at_once_one_does(tmp_path: Path) -> None:
    (tmp_path / "000001-2026-11-29.json").write_text(
        json.dumps({"at": DAY.isoformat(), "number": 0, "previous": "", "heads": {}, "mac": ""})
    )
    assert Anchors(tmp_path).write(ENDS, DAY) is None


# ------------------------------------------------------------------ the desk's chain


def test_the_desk_notes_every_end_once_and_then_what_has_changed(desk: Connection) -> None:
    assert note(desk, LONG_AFTER, team_id="T0VENDOR01", drill=True) == 2
    assert sorted(notes(desk).heads) == ["BW-1001", "BW-1002"]
    before = chains.head(desk, DESK)
    assert note(desk, LONG_AFTER, team_id="T0VENDOR01", drill=True) == 0
    assert chains.head(desk, DESK) == before


@pytest.mark.parametrize(
    "edit",
    [
        "payload = '{}'",
        "method = 'x'",
        "surface = 'drop_if_stale'",
        "key = key || 'x'",
        "urgent = urgent + 1",
    ],
)
def test_words_that_were_changed_after_they_were_told_show(desk: Connection, edit: str) -> None:
    note(desk, LONG_AFTER, team_id="T0VENDOR01", drill=True)
    assert list(changed_words(desk, notes(desk))) == []
    desk.execute(text(f"UPDATE outbox SET {edit} WHERE id = (SELECT max(id) FROM outbox)"))
    (found,) = changed_words(desk, notes(desk))
    assert found.reason.startswith("the words ")
    assert found.reason.endswith(" are not those that were told")


# ------------------------------------------------------------------ the whole


CUT = (
    "DELETE FROM journal WHERE chain = 'BW-1002'",
    "DELETE FROM chain WHERE name = 'BW-1002'",
    "DELETE FROM ticket WHERE reference = 'BW-1002'",
    "DELETE FROM step WHERE reference = 'BW-1002'",
    "DELETE FROM outbox WHERE reference = 'BW-1002'",
    "UPDATE counter SET value = value - 1",
)


@pytest.fixture
def url(sqlite_desk: str, tmp_path: Path) -> str:
    """Give the URL of a copy of the desk, to be changed."""
    shutil.copy(sqlite_desk.removeprefix("sqlite:///"), tmp_path / "bridgewatch.db")
    return f"sqlite:///{tmp_path / 'bridgewatch.db'}"


def verified(url: str, anchors: Path) -> int:
    settings = environment(NOWHERE, url, BRIDGEWATCH_ANCHORS=str(anchors))
    return verify(settings_of(settings), argparse.Namespace(reference=None))


def changed(url: str, *statements: str) -> None:
    database = Database(url)
    with database.write() as conn:
        without_triggers(conn)
        for statement in statements:
            conn.execute(text(statement))
    database.dispose()


def test_the_newest_ticket_taken_away_with_all_that_names_it_shows_by_the_anchor_alone(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(url)
    with database.read() as conn:
        Anchors(tmp_path / "anchors").write(chains.heads(conn), DAY)
    database.dispose()
    assert verified(url, tmp_path / "anchors") == 0
    assert "They hold what one anchor noted, the last one on 29 November 2026." in (
        capsys.readouterr().out
    )
    changed(url, *CUT)
    assert verified(url, tmp_path / "none") == 0
    assert "No anchor was found to compare with" in capsys.readouterr().out
    assert verified(url, tmp_path / "anchors") == 1
    assert (
        "The record of BW-1002 does not check out from entry 1 on: the whole chain is missing. "
        "Only the anchor 000001-2026-11-29.json shows it.\n" in capsys.readouterr().out
    )


def test_it_shows_by_the_desks_chain_where_that_has_noted_it(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(url)
    with database.write() as conn:
        note(conn, LONG_AFTER, team_id="T0VENDOR01", drill=True)
    database.dispose()
    changed(url, *CUT)
    assert verified(url, tmp_path / "none") == 1
    assert "Only the desk's chain shows it." in capsys.readouterr().out


def test_a_running_bot_writes_the_days_anchor_and_notes_it_in_the_desks_chain(
    ledger_slack: SlackProcess, url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "anchors"
    ledger_slack.reset()
    with RunningBot(ledger_slack.addresses, url, BRIDGEWATCH_ANCHORS=str(folder)) as bot:
        until(lambda: Anchors(folder).read()[0], what="the anchor of the day")
        with bot.database.read() as conn:
            assert {"BW-1001", "BW-1002"} <= notes(conn).heads.keys()
    ((anchor,), wrong) = Anchors(folder).read()
    assert {"BW-1001", "BW-1002", DESK} <= anchor.heads.keys()
    assert wrong == ()


def test_a_look_on_a_day_that_has_its_anchor_does_nothing(url: str, tmp_path: Path) -> None:
    database = Database(url)
    anchoring = Anchoring(
        database, Anchors(tmp_path), now=lambda: DAY, team_id=lambda: "T0VENDOR01", drill=True
    )
    assert [anchoring.look() for _ in range(2)] == [True, False]
    database.dispose()


def test_without_a_folder_the_desks_chain_notes_the_ends_once_a_day(url: str) -> None:
    database = Database(url)
    days = iter((DAY, DAY, DAY + timedelta(days=1)))
    anchoring = Anchoring(
        database, None, now=lambda: next(days), team_id=lambda: "T0VENDOR01", drill=True
    )
    ends = []
    for _ in range(3):
        assert not anchoring.look()
        with database.read() as conn:
            ends.append(chains.head(conn, DESK).seq)
    database.dispose()
    assert ends[0] == ends[1]


def test_the_newest_anchors_taken_away_show_by_the_desks_chain(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = Anchors(tmp_path)
    database = Database(url)
    with database.write() as conn:
        anchors.write(chains.heads(conn), DAY)
        note(conn, LONG_AFTER, team_id="T0VENDOR01", drill=True)
    database.dispose()
    assert verified(url, tmp_path) == 1
    assert "the desk noted the ends last on 01 January 2036" in capsys.readouterr().out
