"""What is over is forgotten by age, in small batches; nothing that is owed ever is.

Proves: T26.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, insert, select, update

from bot.clock import MachineClock
from bot.forgetting import SEEN_KEPT, Forgetting
from store.db import Database
from store.read import workload
from store.tables import outbox, posted, seen, step, ticket
from store.write import purging, read_marks
from store.write import seen as received
from store.write.enqueue import enqueue
from tests.contract.store.samples import NOON, new_row, open_ticket

KEPT = timedelta(days=400)
LATER = NOON + KEPT + timedelta(days=1)
TABLES = (outbox, step, posted)


class Standing(MachineClock):
    """A clock that stands at an instant."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def forget(database: Database, at: datetime = LATER) -> int:
    clock = Standing(at)
    return Forgetting(database, clock=clock, machine=clock, kept=KEPT, between_s=0.0).forget()


def a_record(conn: Connection, *, is_open: bool = False, changed: datetime = NOON) -> str:
    """Put a record that told, decided and posted three things each, and return its reference."""
    reference = open_ticket(conn).reference
    enqueue(conn, [new_row(f"{reference}/{n}", reference=reference) for n in range(3)])
    conn.execute(
        insert(step),
        [
            {"reference": reference, "key": f"k{n}", "kind": "k", "due_at": NOON, "state": "done",
             "created_at": NOON, "settled_at": NOON}
            for n in range(3)
        ],
    )  # fmt: skip
    conn.execute(
        insert(posted),
        [
            {"key": f"{reference}/{n}", "target": reference, "command": {}, "actor": {},
             "created_at": NOON, "state": "done"}
            for n in range(3)
        ],
    )  # fmt: skip
    conn.execute(update(outbox).where(outbox.c.reference == reference).values(state="done"))
    conn.execute(
        update(ticket)
        .where(ticket.c.reference == reference)
        .values(open=is_open, updated_at=changed)
    )
    return reference


def rows(database: Database, table: Table) -> int:
    with database.read() as conn:
        return int(conn.execute(select(func.count()).select_from(table)).scalar_one())


def test_what_a_record_told_that_was_closed_long_ago_is_forgotten(database: Database) -> None:
    with database.write() as conn:
        a_record(conn)
    assert forget(database) == 9
    assert [rows(database, table) for table in TABLES] == [0, 0, 0]
    assert rows(database, ticket) == 1


@pytest.mark.parametrize(
    "kept", [{"is_open": True}, {"changed": LATER - KEPT}], ids=["open", "changed since"]
)
def test_of_a_record_that_lives_nothing_is_forgotten(
    database: Database, kept: dict[str, Any]
) -> None:
    with database.write() as conn:
        a_record(conn, **kept)
    assert forget(database) == 0


def test_what_is_young_stays(database: Database) -> None:
    with database.write() as conn:
        a_record(conn)
    assert forget(database, NOON + KEPT) == 0


@pytest.mark.parametrize("state", ["pending", "sending", "dead"])
def test_what_is_to_be_sent_stays_with_all_that_it_may_need(database: Database, state: str) -> None:
    with database.write() as conn:
        reference = a_record(conn)
        conn.execute(update(outbox).where(outbox.c.key == f"{reference}/2").values(state=state))
        conn.execute(update(step).where(step.c.key == "k2").values(state="pending"))
        conn.execute(update(posted).where(posted.c.key.endswith("/2")).values(state="pending"))
    forget(database)
    assert [rows(database, table) for table in TABLES] == [3, 1, 1]


def test_a_long_past_goes_in_small_batches(database: Database) -> None:
    count = 2 * purging.BATCH + 7
    with database.write() as conn:
        enqueue(conn, [new_row(f"desk/{n}") for n in range(count)])
        conn.execute(update(outbox).values(state="done"))
        kept = new_row("desk/young", created_at=LATER)
        enqueue(conn, [kept])
    with database.write() as conn:
        first = purging.batch(conn, purging.KINDS[0], 0, LATER)
    assert first.gone == purging.BATCH
    assert forget(database) == count - purging.BATCH
    assert rows(database, outbox) == 1


def test_what_was_received_is_forgotten_after_a_month(database: Database) -> None:
    with database.write() as conn:
        for number in range(purging.BATCH + 3):
            received.claim(conn, f"old/{number}", NOON)
        received.claim(conn, "young", NOON + timedelta(days=2))
    assert forget(database, NOON + SEEN_KEPT + timedelta(days=1)) == purging.BATCH + 3
    assert rows(database, seen) == 1


def test_marks_of_channels_in_which_nothing_was_written_for_long_are_forgotten(
    database: Database,
) -> None:
    stamps = {"C-OLD": NOON.timestamp(), "C-NEW": LATER.timestamp()}
    with database.write() as conn:
        for channel, at in stamps.items():
            read_marks.put(conn, channel, f"{at:.6f}")
    assert forget(database) == 1
    with database.read() as conn:
        assert [read_marks.get(conn, each) for each in stamps] == ["", f"{stamps['C-NEW']:.6f}"]


def test_the_watchers_walk_no_whole_table(database: Database) -> None:
    if database.dialect != "sqlite":
        pytest.skip("its planner walks what is small")
    with database.read() as conn:
        statements: list[str] = []
        raw = conn.connection.dbapi_connection
        assert raw is not None
        raw.set_trace_callback(statements.append)
        workload.work(conn, now=NOON, business_now=NOON)
        raw.set_trace_callback(None)
        plans = [row[3] for sql in statements for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan
            and "CONSTANT ROW" not in plan] == []  # fmt: skip
