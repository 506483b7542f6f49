"""Of the thousands of open tickets that an account may have, few are read to open another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine import related
from bot.files.policy import load_policy
from protocols.policy.escalation import Trigger
from store.db import Database
from store.ticket_rows import TicketRow
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


@pytest.mark.parametrize("number", [0, 3, related.MOST_LATELY - 1, related.MOST_LATELY, 90])
@pytest.mark.parametrize("apart", [timedelta(seconds=20), timedelta(minutes=4)])
def test_what_is_read_at_an_opening_is_what_the_policy_asks_for(
    database: Database, number: int, apart: timedelta
) -> None:
    with database.write() as conn:
        made = [
            open_ticket(conn, tier=1 + each % 4, open=each % 3 > 0, opened_at=NOW - each * apart)
            for each in range(number)
        ]
    with database.read() as conn:
        known = related.lately(conn, "acme", POLICY, NOW)
        found = {each.reference for each in related.rows(conn, "acme", POLICY, NOW, known)}
    newest = made[: related.MOST_LATELY]
    assert related.alike(known, POLICY, NOW) == tuple(_since(newest, LONGEST))
    just_now = _since(newest, POLICY.intake.same_words_window)
    assert {each.reference for each in just_now if each.open} <= found
    lately = _since(made, POLICY.intake.second_critical_window)
    critical = [each for each in lately if each.open and each.tier >= related.LEAST_WITH_BRIDGE]
    critical.sort(key=lambda each: each.tier, reverse=True)
    assert {each.reference for each in critical[: related.MOST_CRITICAL]} <= found
    by_tier = sorted((each for each in made if each.open), key=lambda each: -each.tier)
    assert {each.reference for each in by_tier[: related.MOST_CRITICAL]} <= found


def _since(made: list[TicketRow], window: timedelta) -> list[TicketRow]:
    return [each for each in made if each.opened_at >= NOW - window]
