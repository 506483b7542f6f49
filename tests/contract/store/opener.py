"""A process that opens tickets, one transaction each, and may be killed at a commit.

Arguments: database URL, how many tickets, "before" or "after" or "never", at which commit.
"""

from __future__ import annotations

import os
import signal
import sys

from store.db import Database
from store.write import due_points, journal, seen
from store.write.enqueue import enqueue
from tests.contract.store.samples import NOON, TEAM, entry, later, new_row, open_ticket


class Killer:
    """Ends this process at one commit point, as the power or the kernel would."""

    def __init__(self, point: str, commit: int) -> None:
        self._point, self._commit, self._seen = point, commit, 0

    def __call__(self, point: str) -> None:
        self._seen += point == self._point
        if point == self._point and self._seen == self._commit:
            os.kill(os.getpid(), signal.SIGKILL)


def open_all(database: Database, count: int) -> None:
    """Carry out commands 1 to count; one that was carried out before is passed over."""
    for number in range(1, count + 1):
        with database.write() as conn:
            if not seen.claim(conn, f"command-{number}", NOON):
                continue
            reference = open_ticket(conn, account_key=f"command-{number}").reference
            facts = [entry(1), entry(2)]
            journal.append(conn, reference, facts, team_id=TEAM, drill=False)
            points = [
                due_points.Point("ack", "kind", later(60)),
                due_points.Point("scope", "kind", later(900)),
            ]
            due_points.begin(conn, reference, points, NOON)
            enqueue(conn, [new_row(f"{reference}/ack", reference=reference)])


def main() -> None:
    """Open them."""
    url, wanted, where, at = sys.argv[1:]
    open_all(Database(url, at_commit=Killer(where, int(at))), int(wanted))
