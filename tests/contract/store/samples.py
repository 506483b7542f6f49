"""Sample rows: one ticket, its steps, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from store.db import Database
from store.journal_rows import Entry
from store.outbox_rows import NewRow, OutboxRow
from store.ticket_rows import TicketRow
from store.write import records
from store.write.claim import claim as outbox_claim

TEAM = "T0BRIDGE"
NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


class GivenUp(Exception):
    """Ends a transaction of a test, so that nothing of it is kept."""


@contextmanager
def rolled_back(database: Database) -> Iterator[Connection]:
    """Give a write transaction that fails at its end."""
    try:
        with database.write() as conn:
            yield conn
            raise GivenUp
    except GivenUp:
        pass


def later(seconds: float) -> datetime:
    """Return an instant so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def ticket_row(number: int = 1001, **changes: Any) -> TicketRow:
    """Return a ticket's row as a new ticket has it."""
    row = TicketRow(
        reference=f"BW-{number}",
        team_id=TEAM,
        number=number,
        status="open",
        open=True,
        tier=3,
        account_key="acme",
        body={"summary": "The payment run did not start."},
        version=1,
        policy_version="p1",
        opened_at=NOON,
        updated_at=NOON,
    )
    return replace(row, **changes)


def open_ticket(conn: Connection, **changes: Any) -> TicketRow:
    """Insert the next ticket, numbered as the store numbers."""
    reference, number = records.next_reference(conn, "BW")
    row = replace(ticket_row(number), reference=reference, **changes)
    records.insert(conn, row)
    return row


def entry(number: int = 1, **payload: Any) -> Entry:
    """Return one fact to write."""
    return Entry(f"kind_{number}", later(number), "csm-one", {"number": number, **payload})


def new_row(key: str, **changes: Any) -> NewRow:
    """Return one thing to tell."""
    row = NewRow(
        key=key,
        team_id=TEAM,
        gateway="slack",
        method="chat.postMessage",
        stream=f"stream/{key}",
        payload={"text": key},
        created_at=NOON,
    )
    return replace(row, **changes)


def claim(conn: Connection, **changes: Any) -> list[OutboxRow]:
    """Claim as one courier at noon, or as the changes say."""
    asked: dict[str, Any] = {
        "now": NOON,
        "business_now": NOON,
        "owner": "courier-1",
        "lease_s": 13.0,
        "limit": 100,
    }
    return outbox_claim(conn, **(asked | changes))
