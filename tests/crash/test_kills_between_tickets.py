"""SIGKILL at each point of a merge and of a problem's answers: on both tickets once, or never.

Proves: F01, F02.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest

from bot.engine import ledger
from protocols.problems.events import AnsweredHeard, ProblemAnswered
from protocols.relations.events import LinkHeard, MergeHeard, TicketMerged
from store.db import Database
from store.read import tickets
from tests.crash.lanes import Kill, Lanes
from tests.crash.test_kills import told

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("lanes")]

OF_TWO = (
    "asks MergeTickets", "asks LinkTickets", "asks ReleaseText", "due answer_said",
    "due answers_report", "hears MergeHeard", "hears LinkHeard",
    "hears ProblemAnswered", "hears AnsweredHeard",
)  # fmt: skip
"""The points at which something of one ticket becomes something of another."""
ONCE = (TicketMerged, MergeHeard, LinkHeard, ProblemAnswered)


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    with ExitStack() as stack:
        yield Lanes(stack)


def happened(url: str) -> Counter[type]:
    """Return how often each kind of event stands in the journals of all tickets."""
    database = Database(url)
    try:
        with database.read() as conn:
            rows = tickets.recent(conn, limit=10)
            histories = [ledger.history(conn, row.reference) for row in rows]
    finally:
        database.dispose()
    return Counter(type(event) for history in histories for event in history)


@pytest.mark.full
@pytest.mark.parametrize("point", ["before", "after"])
def test_a_merge_and_answers_killed_at_each_point_of_a_commit_stand_once_on_both(
    lanes: Lanes, migrated_database_url: str, tmp_path: Path, point: str
) -> None:
    plan = [Kill(point, is_choosy=True, only=OF_TWO)]
    url = migrated_database_url
    tally = lanes.suffer_all([plan], lambda: nullcontext(url), tmp_path, is_of_problem=True)
    assert tally.violations == [], told(tally)
    met = " ".join(tally.where)
    missed = [each for each in OF_TWO if each not in met]
    assert not missed, told(tally)
    found = happened(url)
    assert [found[kind] for kind in ONCE] == [1] * len(ONCE)
    assert found[AnsweredHeard] >= 1
