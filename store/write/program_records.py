"""What other systems say of accounts is written, whoever gives it one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from protocols.program_records.events import ProgramRecord
from store import codec
from store.db import is_sqlite
from store.program_tables import program_record
from store.tables import counter

TURN = "program_records"
"""The counter that whoever takes records in holds meanwhile."""


def hold(conn: Connection) -> int:
    """Have whoever else would take records in wait until this is made: look after it.

    Returns:
        How many times records were taken in or looked at to be, this one among them.
    """
    made = sqlite_insert(counter) if is_sqlite(conn) else postgres_insert(counter)
    held = made.on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1})
    turn = held.returning(counter.c.value)
    return int(conn.execute(turn, {"name": TURN, "value": 1}).scalar_one())


def put(conn: Connection, records: Iterable[ProgramRecord]) -> None:
    """Write records, each in place of what was known of it."""
    rows = [_row(each) for each in records]
    if not rows:
        return
    made = sqlite_insert(program_record) if is_sqlite(conn) else postgres_insert(program_record)
    fresh = {name: made.excluded[name] for name in ("as_of", "body")}
    keys = ["account_key", "kind", "number"]
    conn.execute(made.on_conflict_do_update(index_elements=keys, set_=fresh), rows)


def _row(record: ProgramRecord) -> dict[str, object]:
    return {
        "account_key": record.account_key,
        "kind": record.kind.value,
        "number": record.number,
        "as_of": record.as_of,
        "body": codec.encode(record),
    }
