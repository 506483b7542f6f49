"""The ticket's row: numbered without a gap, locked first, written only by who read it last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.db import Database
from store.errors import TicketChanged
from store.read import tickets
from store.write import records
from tests.contract.store.samples import later, open_ticket, rolled_back, ticket_row


def test_numbers_begin_at_1001_and_go_up_by_one(database: Database) -> None:
    with database.write() as conn:
        given = [records.next_reference(conn, "BW") for _ in range(3)]
    assert given == [("BW-1001", 1001), ("BW-1002", 1002), ("BW-1003", 1003)]


def test_a_number_whose_transaction_failed_is_given_again(database: Database) -> None:
    with rolled_back(database) as conn:
        records.next_reference(conn, "BW")
    with database.write() as conn:
        assert records.next_reference(conn, "BW")[1] == 1001


def test_prefixes_are_numbered_apart(database: Database) -> None:
    with database.write() as conn:
        records.next_reference(conn, "BW")
        assert records.next_reference(conn, "PX") == ("PX-1001", 1001)


def test_a_ticket_comes_back_as_it_was_put_in(database: Database) -> None:
    row = ticket_row(
        body={"text": "a\x00\ud800", "n": [1, None, 2.5]}, bridge_channel="C1", drill=True
    )
    with database.write() as conn:
        records.insert(conn, row)
    with database.read() as conn:
        assert records.get(conn, "BW-1001") == row


def test_an_unknown_reference_is_no_ticket(database: Database) -> None:
    with database.write() as conn:
        assert records.get(conn, "BW-9") is None
        assert records.lock(conn, "BW-9") is None
        assert records.lock_if_free(conn, "BW-9") is None


def test_a_save_raises_the_version(database: Database) -> None:
    with database.write() as conn:
        row = open_ticket(conn)
        saved = records.save(conn, replace(row, tier=4, updated_at=later(5)))
    with database.read() as conn:
        assert records.get(conn, row.reference) == saved
    assert (saved.version, saved.tier) == (2, 4)


def test_a_save_over_a_version_not_read_is_refused(database: Database) -> None:
    with database.write() as conn:
        row = open_ticket(conn)
        records.save(conn, row)
    with pytest.raises(TicketChanged, match="BW-1001"), database.write() as conn:
        records.save(conn, row)


def test_a_ticket_is_found_by_its_bridge(database: Database) -> None:
    with database.write() as conn:
        row = open_ticket(conn, bridge_channel="C7")
        open_ticket(conn, bridge_channel="C8")
    with database.read() as conn:
        assert tickets.by_bridge_channel(conn, "C7") == row
        assert tickets.by_bridge_channel(conn, "C9") is None


def test_a_customers_thread_finds_its_ticket(database: Database) -> None:
    with database.write() as conn:
        row = open_ticket(conn, customer_channel="C7", customer_thread="1.1", open=False)
        open_ticket(conn, customer_channel="C7", customer_thread="2.2", opened_at=later(9))
    with database.read() as conn:
        assert tickets.by_customer_channel(conn, "C7", "1.1") == row


def test_a_customers_channel_finds_its_newest_open_ticket(database: Database) -> None:
    with database.write() as conn:
        open_ticket(conn, customer_channel="C7", customer_thread="1.1")
        newest = open_ticket(conn, customer_channel="C7", opened_at=later(9))
        open_ticket(conn, customer_channel="C7", opened_at=later(99), open=False)
    with database.read() as conn:
        assert tickets.by_customer_channel(conn, "C7") == newest


def test_an_accounts_open_tickets_come_by_tier_and_then_newest_first(database: Database) -> None:
    with database.write() as conn:
        older = open_ticket(conn, tier=1)
        newer = open_ticket(conn, tier=1, opened_at=later(60))
        critical = open_ticket(conn, tier=4, opened_at=later(30))
        open_ticket(conn, account_key="birch")
        closed = open_ticket(conn, open=False, status="closed")
    with database.read() as conn:
        assert tickets.open_for_account(conn, "acme", limit=9) == (critical, newer, older)
        assert tickets.open_for_account(conn, "acme", limit=1) == (critical,)
        assert tickets.open_for_account(conn, "acme", limit=9, least_tier=3) == (critical,)
        assert tickets.open_for_account(conn, "acme", limit=9, since=later(60)) == (newer,)
        lately = tickets.lately_opened(conn, "acme", later(0), limit=9)
        assert sorted(row.number for row in lately) == sorted(
            row.number for row in (newer, critical, older, closed)
        )
        assert tickets.lately_opened(conn, "acme", later(60), limit=9) == (newer,)


def test_open_tickets_come_by_tier_and_then_by_age(database: Database) -> None:
    with database.write() as conn:
        low = open_ticket(conn, tier=1)
        young = open_ticket(conn, tier=4, opened_at=later(60))
        old = open_ticket(conn, tier=4)
        open_ticket(conn, open=False)
    with database.read() as conn:
        assert tickets.all_open(conn) == (old, young, low)


def test_recent_tickets_are_bounded_by_count_account_status_and_time(database: Database) -> None:
    with database.write() as conn:
        rows = [open_ticket(conn, opened_at=later(n), tier=n) for n in range(1, 4)]
        open_ticket(conn, account_key="birch", status="closed", opened_at=later(9))
    with database.read() as conn:
        assert tickets.recent(conn, limit=2, account_key="acme") == (rows[2], rows[1])
        assert len(tickets.recent(conn, limit=9, status="closed")) == 1
        assert tickets.recent(conn, limit=9, before=later(3), since=later(2)) == (rows[1],)
