"""Of the thousands of open tickets that an account may have, few are read to open another."""

from __future__ import annotations

from datetime import timedelta

from bot.engine import related
from bot.files.policy import load_policy
from store.db import Database
from tests.contract.store.samples import NOON, open_ticket

POLICY = load_policy()
NOW = NOON + timedelta(days=30)
MANY = 2_000


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
