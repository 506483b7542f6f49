"""Killed around a commit: what was committed stands whole, and a second run doubles nothing.

Proves: F01, F02.
"""

from __future__ import annotations

import signal

import pytest

from store.db import Database
from store.read import deliveries, tickets, upcoming
from store.read.verification import verify
from tests.contract.store.samples import later
from tests.kit.forked import Fork

WANTED = 6
LIMIT_S = 60.0


def run(database: Database, point: str, commit: int) -> int:
    url = database.url.render_as_string(hide_password=False)
    return Fork("tests.contract.store.opener", (url, str(WANTED), point, str(commit))).wait(LIMIT_S)


def count(database: Database) -> tuple[int, int, int, int]:
    """Count tickets, journal entries, waiting steps and waiting rows; the chain must prove."""
    with database.read() as conn:
        report = verify(conn)
        assert report.sound, report
        return (
            len(tickets.all_open(conn)),
            report.entries,
            upcoming.counts(conn, later(0)).pending,
            deliveries.pending_count(conn),
        )


def of(number: int) -> tuple[int, int, int, int]:
    return (number, 2 * number, 2 * number, number)


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.parametrize("commit", [1, 3, 6])
@pytest.mark.parametrize(("point", "kept"), [("before", -1), ("after", 0)])
def test_a_process_killed_at_a_commit_loses_and_doubles_nothing(
    database: Database, point: str, kept: int, commit: int
) -> None:
    assert run(database, point, commit) == -signal.SIGKILL
    assert count(database) == of(commit + kept)
    assert run(database, "never", 0) == 0
    assert count(database) == of(WANTED)
