"""Of the thousands of open tickets that an account may have, few are read to open another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine import related
from bot.files.policy import load_policy
from protocols.policy.escalation import Trigger
from store.db import Database
from store.read import tickets
from tests.contract.store.samples import NOON, open_ticket

POLICY = load_policy()
NOW = NOON + timedelta(days=30)
MANY = 2_000
LONGEST = max(row.within for row in POLICY.escalate.rows if row.when is Trigger.ALIKE)


def test_few_are_read_and_those_that_matter_are_among_them(database: Database) -> None:
    with database.write() as conn:
        for number in range(MANY):
            open_ticket(conn, tier=1 + number % 2, opened_at=NOON + timedelta(minutes=number))
        old = open_ticket(conn, tier=4, opened_at=NOON)
        lately = open_ticket(conn, tier=3, opened_at=NOW - timedelta(minutes=50))
        just_now = open_ticket(conn, tier=1, opened_at=NOW - timedelta(seconds=50))
        open_ticket(conn, account_key="birch", tier=4, opened_at=NOW)
    with database.read() as conn:
        found = related.rows(conn, "acme", POLICY, NOW)
    assert [each.reference for each in found[:2]] == [just_now.reference, lately.reference]
    assert old in found
    assert len(found) <= related.MOST_CRITICAL + 2


@pytest.mark.parametrize("number", [0, 3, related.MOST_ALIKE - 1, related.MOST_ALIKE, 70])
@pytest.mark.parametrize("apart", [timedelta(seconds=20), timedelta(minutes=4)])
def test_what_was_read_of_an_account_already_says_the_same_as_asking_again(
    database: Database, number: int, apart: timedelta
) -> None:
    with database.write() as conn:
        for each in range(number):
            is_open, tier = each % 3 > 0, 1 + each % 4
            open_ticket(conn, tier=tier, open=is_open, opened_at=NOW - each * apart)
    with database.read() as conn:
        known = related.lately(conn, "acme", POLICY, NOW)
        asked = related.rows(conn, "acme", POLICY, NOW)
        assert related.rows(conn, "acme", POLICY, NOW, known) == asked
        counted = tickets.lately_opened(conn, "acme", NOW - LONGEST, limit=related.MOST_ALIKE)
        assert related.alike(known, POLICY, NOW) == counted
