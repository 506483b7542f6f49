"""A record leaves in one file and is checked without Bridgewatch; whatever was done to it shows.

Proves: T25, F36.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.commands.export import export
from bot.evidence.anchors import Anchors
from bot.evidence.check import check
from bot.evidence.exporting import files_of, written
from bot.evidence.noting import note
from store.db import Database
from store.journal_rows import digest
from store.json_text import canonical, from_json
from store.read import chains, tickets
from tests.contract.ledger.exports import Files, lines, tampered, values_of, with_manifest
from tests.contract.ledger.tampering import without_triggers
from tests.kit.bot import environment, settings_of
from tests.kit.past import NOWHERE

pytestmark = pytest.mark.slow
SEED = 20_261_129
LIMIT_S = 30.0


def exported(conn: Connection, folder: Path, reference: str = "BW-1001") -> Files:
    """Return an export's files, with a note in the desk's chain and an anchor."""
    now = max(row.updated_at for row in tickets.recent(conn, limit=10)) + timedelta(hours=1)
    note(conn, now, team_id="T0VENDOR01", drill=True)
    anchors = Anchors(folder)
    anchors.write(chains.heads(conn), now)
    files = files_of(conn, reference, anchors.read()[0], now)
    assert files is not None
    return files


def ran(folder: Path) -> tuple[int, str]:
    """Run the check as somebody elsewhere does: another folder, no product, nothing installed."""
    command = [sys.executable, "-I", "-S", "check.py"]
    done = subprocess.run(
        command, cwd=folder, env={}, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder)
    return folder / path.stem


def test_an_export_is_checked_where_no_bridgewatch_is(desk: Connection, tmp_path: Path) -> None:
    path = written(exported(desk, tmp_path / "anchors"), "BW-1001", tmp_path)
    code, said = ran(unpacked(path, tmp_path / "elsewhere"))
    assert code == 0, said
    assert "entries of BW-1001 that follow each other: " in said
    assert "Checked: notes in the desk's chain that agree with entries and words: 1." in said
    assert "Checked: anchors that agree with the entries: 1." in said
    assert said.endswith("The export checks out.\n")


def test_a_changed_export_ends_with_1_and_says_what(desk: Connection, tmp_path: Path) -> None:
    files = exported(desk, tmp_path / "anchors")
    journal = values_of(files["journal.jsonl"])
    del journal[4]
    files = with_manifest({**files, "journal.jsonl": lines(journal)})
    code, said = ran(unpacked(written(files, "BW-1001", tmp_path), tmp_path / "elsewhere"))
    assert code == 1
    assert "WRONG: entry 5 is missing, or stands elsewhere.\n" in said
    assert said.endswith("The export does not check out.\n")


def unseen(desk: Connection, tmp_path: Path, times: int) -> list[str]:
    """Tamper with an export so often; return what did not show."""
    files = exported(desk, tmp_path)
    assert check(dict(files))[1] == []
    chance = random.Random(SEED)
    done = (tampered(dict(files), chance) for _ in range(times))
    return [what for what, changed in done if not check(changed)[1]]


def test_each_of_fifty_tampers_with_an_export_of_each_engine_shows(
    desk: Connection, tmp_path: Path
) -> None:
    assert unseen(desk, tmp_path, 50) == []


@pytest.mark.full
def test_each_of_five_hundred_tampers_with_an_export_of_each_engine_shows(
    desk: Connection, tmp_path: Path
) -> None:
    assert unseen(desk, tmp_path, 500) == []


def test_a_chain_written_anew_shows_by_the_note_and_by_the_anchor(
    desk: Connection, tmp_path: Path
) -> None:
    files = exported(desk, tmp_path)
    journal = values_of(files["journal.jsonl"])
    previous = "0" * 64
    for number, one in enumerate(journal):
        header, payload = json.loads(one["header"]), json.loads(one["payload"])
        if number == 3:
            payload["by"]["key"] = header["actor"] = "somebody-else"
        one["payload"] = canonical(payload)
        header |= {"previous_hash": previous, "payload_digest": digest(one["payload"])}
        one["header"] = canonical(header)
        previous = one["hash"] = digest(one["header"])
    about = from_json(files["record.json"])
    about["head"][1] = previous
    changed = {"journal.jsonl": lines(journal), "record.json": lines([about])}
    wrong = check(with_manifest({**files, **changed}))[1]
    assert len(wrong) == 2
    assert "that the desk's chain noted" in wrong[0]
    assert "that anchors/000001-" in wrong[1]


@pytest.fixture
def url(sqlite_desk: str, tmp_path: Path) -> str:
    """Give the URL of a copy of the desk, to be changed."""
    shutil.copy(sqlite_desk.removeprefix("sqlite:///"), tmp_path / "bridgewatch.db")
    return f"sqlite:///{tmp_path / 'bridgewatch.db'}"


def run_export(url: str, reference: str, folder: Path) -> int:
    chosen = argparse.Namespace(reference=reference, to=folder)
    return export(settings_of(environment(NOWHERE, url)), chosen)


def test_the_command_writes_the_file_and_says_where(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_export(url, "BW-1002", tmp_path) == 0
    assert f"The record of BW-1002 is in {tmp_path / 'BW-1002.zip'}." in capsys.readouterr().out
    assert ran(unpacked(tmp_path / "BW-1002.zip", tmp_path / "elsewhere"))[0] == 0
    assert [path.name for path in tmp_path.glob("*.zip")] == ["BW-1002.zip"]


def test_an_unknown_record_is_not_exported(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_export(url, "BW-4711", tmp_path) == 2
    assert capsys.readouterr().err == "There is no record BW-4711 here.\n"


def test_a_folder_that_takes_no_file_is_named(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_export(url, "BW-1001", tmp_path / "none") == 2
    assert "takes no file: No such file or directory." in capsys.readouterr().err


def test_what_does_not_check_out_is_exported_and_said(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(url)
    with database.write() as conn:
        without_triggers(conn)
        conn.execute(text("UPDATE journal SET payload = '{}' WHERE chain = 'BW-1001' AND seq = 2"))
    database.dispose()
    assert run_export(url, "BW-1001", tmp_path) == 1
    assert "its payload differs from its digest" in capsys.readouterr().out
    assert ran(unpacked(tmp_path / "BW-1001.zip", tmp_path / "elsewhere"))[0] == 1
